//! Units of all levels, with the time they exist and what became of them.

use std::collections::HashMap;

use parindex_domain::right::UnitPath;
use parindex_domain::search::fold;
use parindex_domain::sort;
use parindex_domain::unit::LEVELS;
use parindex_entity::{succession, unit};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use serde_json::json;

use crate::like::{begins, holds};
use crate::{Store, StoreError};

mod import;
mod keep;
mod place;
mod succeed;

pub use import::{Import, ImportedUnit, Orphan, ReferenceUnits};
pub use keep::{Added, ChangeUnit, KeepUnit};
pub use succeed::{Succeed, Successor};

/// A unit as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its row.
    pub id: i64,
    /// Its official code.
    pub code: String,
    pub name: String,
    /// `province`, `department`, `district`, `commune`, `other`.
    pub level: String,
    /// What it is: `Phường`, `Sở`.
    pub kind: String,
    /// The unit above.
    pub parent: Option<i64>,
    /// Its first day, when known.
    pub valid_from: Option<String>,
    /// Its last day, when it has ended.
    pub valid_to: Option<String>,
    /// Its place below all units above it.
    pub path: UnitPath,
}

impl From<unit::Model> for Unit {
    fn from(row: unit::Model) -> Self {
        let unit::Model { id, code, name, level, kind, parent, valid_from, valid_to, path, folded: _ } = row;
        Self { id, code, name, level, kind, parent, valid_from, valid_to, path: UnitPath(path) }
    }
}

impl Unit {
    /// What a form shows of it, so that saving the form can tell whether somebody saved in between.
    #[must_use]
    pub fn seen(&self) -> String {
        json!([self.code, self.name, self.level, self.kind, self.parent, self.valid_from, self.valid_to])
            .to_string()
    }
}

/// A unit that another became, or was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The other unit.
    pub unit: Unit,
    /// The day of the change.
    pub on_day: String,
    /// Whether it went whole.
    pub whole: bool,
}

/// How many units are directly below one.
#[derive(FromQueryResult)]
struct Below {
    parent: Option<i64>,
    count: i64,
}

/// Which units are asked for.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// Directly below this one; the topmost when none.
    pub parent: Option<i64>,
    /// Existing on this day.
    pub on_day: String,
}

/// Most units that a search shows.
pub const MAX_FOUND: u64 = 200;

impl Store {
    /// A unit by its row, with all its dates.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unit(&self, id: i64) -> Result<Option<Unit>, StoreError> {
        Ok(unit::Entity::find_by_id(id).one(&self.db).await?.map(Unit::from))
    }

    /// Several units, by their rows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_by_id(&self, ids: &[i64]) -> Result<HashMap<i64, Unit>, StoreError> {
        let rows =
            unit::Entity::find().filter(unit::Column::Id.is_in(ids.iter().copied())).all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (row.id, Unit::from(row))).collect())
    }

    /// The unit that has a code on a day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unit_of_code(&self, code: &str, on_day: &str) -> Result<Option<Unit>, StoreError> {
        let found =
            unit::Entity::find().filter(unit::Column::Code.eq(code)).filter(exists_on(on_day)).one(&self.db);
        Ok(found.await?.map(Unit::from))
    }

    /// The units that have these codes on a day, by their codes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_of_codes(
        &self,
        codes: &[String],
        on_day: &str,
    ) -> Result<HashMap<String, Unit>, StoreError> {
        let rows = unit::Entity::find().filter(unit::Column::Code.is_in(codes)).filter(exists_on(on_day));
        Ok(rows.all(&self.db).await?.into_iter().map(|row| (row.code.clone(), Unit::from(row))).collect())
    }

    /// The units directly below one, on a day, in Vietnamese order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_below(&self, filter: &UnitFilter) -> Result<Vec<Unit>, StoreError> {
        let above = match filter.parent {
            Some(parent) => unit::Column::Parent.eq(parent),
            None => unit::Column::Parent.is_null(),
        };
        let rows = unit::Entity::find().filter(above).filter(exists_on(&filter.on_day)).all(&self.db).await?;
        Ok(sorted(rows))
    }

    /// All units of a day, in Vietnamese order within a level.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_on(&self, day: &str) -> Result<Vec<Unit>, StoreError> {
        Ok(sorted(unit::Entity::find().filter(exists_on(day)).all(&self.db).await?))
    }

    /// Units whose name or code holds a text, without accents, on a day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search_units(&self, text: &str, on_day: &str) -> Result<Vec<Unit>, StoreError> {
        let folded = fold(text.trim());
        let named = unit::Column::Folded.like(holds(&folded));
        let rows = unit::Entity::find()
            .filter(Condition::any().add(named).add(unit::Column::Code.eq(text.trim())))
            .filter(exists_on(on_day))
            // In the order of the index, so that no planner prefers to look through all that ever were.
            .order_by_desc(ends())
            .limit(MAX_FOUND)
            .all(&self.db)
            .await?;
        Ok(sorted(rows))
    }

    /// How many units stand directly below each of these.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts_below(&self, ids: &[i64], on_day: &str) -> Result<HashMap<i64, i64>, StoreError> {
        let counts = unit::Entity::find()
            .select_only()
            .column(unit::Column::Parent)
            .column_as(unit::Column::Id.count(), "count")
            .filter(unit::Column::Parent.is_in(ids.iter().copied()))
            .filter(exists_on(on_day))
            .group_by(unit::Column::Parent)
            .into_model::<Below>()
            .all(&self.db)
            .await?;
        Ok(counts.into_iter().filter_map(|each| Some((each.parent?, each.count))).collect())
    }

    /// All units at or below a path on a day: a whole tree in one question.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tree(&self, path: &UnitPath, on_day: &str) -> Result<Vec<Unit>, StoreError> {
        let rows = unit::Entity::find()
            .filter(unit::Column::Path.like(begins(&path.0)))
            .filter(exists_on(on_day))
            .all(&self.db)
            .await?;
        Ok(sorted(rows))
    }

    /// The units above one, topmost first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_above(&self, of: &Unit) -> Result<Vec<Unit>, StoreError> {
        let ids: Vec<i64> =
            of.path.0.split('/').filter_map(|id| id.parse().ok()).filter(|id| *id != of.id).collect();
        let mut found = self.units_by_id(&ids).await?;
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// What a unit became, and what it was made of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn relations(&self, id: i64) -> Result<(Vec<Related>, Vec<Related>), StoreError> {
        let either = Condition::any().add(succession::Column::Old.eq(id)).add(succession::Column::New.eq(id));
        let rows = succession::Entity::find().filter(either).all(&self.db).await?;
        let others: Vec<i64> = rows.iter().map(|row| if row.old == id { row.new } else { row.old }).collect();
        let units = self.units_by_id(&others).await?;
        let related = |row: &succession::Model, other: i64| {
            Some(Related { unit: units.get(&other)?.clone(), on_day: row.on_day.clone(), whole: row.whole })
        };
        let became =
            rows.iter().filter(|row| row.old == id).filter_map(|row| related(row, row.new)).collect();
        let made_of =
            rows.iter().filter(|row| row.new == id).filter_map(|row| related(row, row.old)).collect();
        Ok((became, made_of))
    }

    /// How many units there are, of all times.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_units(&self) -> Result<u64, StoreError> {
        Ok(unit::Entity::find().count(&self.db).await?)
    }
}

pub(crate) fn exists_on(day: &str) -> Condition {
    let begun = Condition::any().add(unit::Column::ValidFrom.is_null()).add(unit::Column::ValidFrom.lte(day));
    Condition::all().add(begun).add(ends().gte(day))
}

/// In these words stands the index.
fn ends() -> Expr {
    Expr::cust("coalesce(valid_to, '9999-12-31')")
}

/// Provinces, departments, districts, communes; by name within a level. The database knows no Vietnamese order.
fn sorted(rows: Vec<unit::Model>) -> Vec<Unit> {
    let rank = |level: &str| LEVELS.iter().position(|each| each.0 == level).unwrap_or(LEVELS.len());
    let mut units: Vec<Unit> = rows.into_iter().map(Unit::from).collect();
    units.sort_by_cached_key(|unit| (rank(&unit.level), sort::key(bare(&unit.name, &unit.kind))));
    units
}

/// The name without its kind, by which people look for it.
fn bare<'n>(name: &'n str, kind: &str) -> &'n str {
    name.strip_prefix(kind).map_or(name, str::trim_start)
}

/// Where a search path begins for a unit below `parent`.
fn path_below(parent: Option<&str>, id: i64) -> String {
    format!("{}{id}/", parent.unwrap_or("/"))
}
