//! Many units at once: the official lists, or a list of one's own.

use std::collections::{BTreeSet, HashMap};

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::UnitRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_domain::search::fold;
use parindex_domain::unit::{Era, Level, Reference};
use parindex_entity::{succession, unit};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::path_below;
use crate::{Change, InUse, Note, Refusal, StoreError, Work};

/// The first day of the two-level administration.
const REFORM: &str = "2025-07-01";
/// The last day before it.
const EVE: &str = "2025-06-30";
/// Rows in one statement: SQLite takes 32,766 values at a time.
const PART: usize = 1_000;

/// The provinces, districts and communes of both eras, and which became which.
pub struct ReferenceUnits;

impl Change for ReferenceUnits {
    type Done = usize;

    async fn apply(self, work: &Work) -> Result<(usize, Note), Refusal> {
        let permit = work.permit(Act::ChangeUnits, &Subject::Everything)?;
        let there = unit::Entity::find().filter(unit::Column::Code.eq("01")).one(&work.tx).await?;
        if there.is_some() {
            return Err(Refusal::Taken(InUse::ReferenceUnits));
        }
        let reference = Reference::new();
        let mut ids = Ids { next: next_id(&work.tx).await?, known: HashMap::new() };
        let rows = rows(&reference, &mut ids);
        let successions = successions(&reference, &ids);
        for part in rows.chunks(PART) {
            unit::Entity::insert_many(part.to_vec()).exec_without_returning(&work.tx).await?;
        }
        for part in successions.chunks(PART) {
            succession::Entity::insert_many(part.to_vec()).exec_without_returning(&work.tx).await?;
        }
        crate::dialect::ids_taken(&work.tx, "unit").await?;
        let count = rows.len();
        let detail = json!({ "units": count, "successions": successions.len() });
        Ok((count, Note::new(permit, AuditAct::UnitImport, "reference".to_owned(), detail)))
    }
}

/// Rows of units by era and code.
struct Ids {
    next: i64,
    known: HashMap<(Era, String), (i64, String)>,
}

async fn next_id(tx: &DatabaseTransaction) -> Result<i64, StoreError> {
    use sea_orm::{QueryOrder, QuerySelect};
    let last = unit::Entity::find().order_by_desc(unit::Column::Id).limit(1).one(tx).await?;
    Ok(last.map_or(1, |row| row.id + 1))
}

/// Units above stand before those below, in both lists.
fn rows(reference: &Reference, ids: &mut Ids) -> Vec<unit::ActiveModel> {
    let mut rows = Vec::new();
    for era in [Era::Before, Era::After] {
        for level in [Level::Province, Level::District, Level::Commune] {
            for each in reference.all(era).filter(|unit| unit.level == level) {
                if let Some(row) = row(reference, each, ids) {
                    rows.push(row);
                }
            }
        }
    }
    rows
}

/// `None` for a unit that went through the reform as it was: its row from before goes on.
fn row(
    reference: &Reference,
    of: &parindex_domain::unit::ReferenceUnit,
    ids: &mut Ids,
) -> Option<unit::ActiveModel> {
    let parent = ids.known.get(&(of.era, of.parent.to_owned())).cloned();
    let goes_on = reference.unchanged(of);
    if of.era == Era::After && goes_on {
        let before = ids.known.get(&(Era::Before, of.code.to_owned()))?.clone();
        ids.known.insert((Era::After, of.code.to_owned()), before);
        return None;
    }
    let id = ids.next;
    ids.next += 1;
    let path = path_below(parent.as_ref().map(|(_, path)| path.as_str()), id);
    ids.known.insert((of.era, of.code.to_owned()), (id, path.clone()));
    let after = of.era == Era::After;
    Some(unit::ActiveModel {
        id: Set(id),
        code: Set(of.code.to_owned()),
        name: Set(of.name.to_owned()),
        folded: Set(fold(of.name)),
        level: Set(of.level.word().to_owned()),
        kind: Set(of.kind.to_owned()),
        parent: Set(parent.map(|(id, _)| id)),
        valid_from: Set(after.then(|| REFORM.to_owned())),
        valid_to: Set((!after && !goes_on).then(|| EVE.to_owned())),
        path: Set(path),
    })
}

fn successions(reference: &Reference, ids: &Ids) -> Vec<succession::ActiveModel> {
    let id = |era: Era, code: &str| ids.known.get(&(era, code.to_owned())).map(|(id, _)| *id);
    let row = |each: &parindex_domain::unit::Succession| {
        let (old, new) = (id(Era::Before, each.old)?, id(Era::After, each.new)?);
        let (on_day, whole) = (Set(REFORM.to_owned()), Set(each.whole));
        (old != new).then(|| succession::ActiveModel {
            old: Set(old),
            new: Set(new),
            on_day,
            whole,
            ..Default::default()
        })
    };
    reference.successions().iter().filter_map(row).collect()
}

/// One row of a list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedUnit {
    /// The row of the list.
    pub row: u32,
    pub code: String,
    pub name: String,
    pub level: String,
    pub kind: String,
    /// The code of the unit above, in the list or there already.
    pub parent: Option<String>,
    /// Its first day, where the list says it.
    pub valid_from: Option<String>,
    /// Its last day, where the list says it.
    pub valid_to: Option<String>,
}

/// A list of one's own: what is there already under its code is renamed, the rest is added.
pub struct Import {
    /// The rows; units above stand before those below.
    pub units: Vec<ImportedUnit>,
}

impl Change for Import {
    /// How many were added, how many renamed; or what hangs below nothing, and nothing was written.
    type Done = Result<(usize, usize), Vec<Orphan>>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let permit = work.permit(Act::ChangeUnits, &Subject::Everything)?;
        let mut known = current(&work.tx, &self.units).await?;
        let orphans = orphans(&self.units, &known);
        if !orphans.is_empty() {
            return Ok((Err(orphans), Note::unchanged(permit)));
        }
        let mut next = next_id(&work.tx).await?;
        let (mut rows, mut added, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
        for each in &self.units {
            match known.get(&each.code) {
                Some(there) if there.stays(each) => {}
                Some(there) => {
                    there.in_order(each)?;
                    change(&work.tx, there.id, each).await?;
                    renamed.push(json!({
                        "unit": there.id, "from": there.name, "to": each.name, "days": [each.valid_from, each.valid_to],
                    }));
                }
                None => {
                    let (row, there) = new_row(each, next, &known)?;
                    known.insert(each.code.clone(), there);
                    rows.push(row);
                    added.push(each.code.clone());
                    next += 1;
                }
            }
        }
        for part in rows.chunks(PART) {
            unit::Entity::insert_many(part.to_vec()).exec_without_returning(&work.tx).await?;
        }
        crate::dialect::ids_taken(&work.tx, "unit").await?;
        let detail = json!({ "added": added, "renamed": renamed });
        let done = Ok((added.len(), renamed.len()));
        Ok((done, Note::new(permit, AuditAct::UnitImport, "list".to_owned(), detail)))
    }
}

/// A unit of a list whose unit above is neither there nor before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Its row in the list.
    pub row: u32,
    pub code: String,
    /// The code that nothing has.
    pub parent: String,
}

fn orphans(units: &[ImportedUnit], known: &HashMap<String, There>) -> Vec<Orphan> {
    let mut there: std::collections::HashSet<&str> = known.keys().map(String::as_str).collect();
    let mut orphans = Vec::new();
    for unit in units {
        if let Some(parent) = unit.parent.as_deref().filter(|parent| !there.contains(parent)) {
            orphans.push(Orphan { row: unit.row, code: unit.code.clone(), parent: parent.to_owned() });
        }
        there.insert(&unit.code);
    }
    orphans
}

/// A unit that is there, or is about to be.
struct There {
    id: i64,
    name: String,
    path: String,
    days: (Option<String>, Option<String>),
}

impl There {
    /// Whether its last day is not before its first one, with what a list says.
    fn in_order(&self, of: &ImportedUnit) -> Result<(), Refusal> {
        let from = of.valid_from.as_ref().or(self.days.0.as_ref());
        let to = of.valid_to.as_ref().or(self.days.1.as_ref());
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(UnitRefusal::DaysTurned.into());
        }
        Ok(())
    }

    /// Whether a list says nothing new of it; days that it does not say stay.
    fn stays(&self, of: &ImportedUnit) -> bool {
        let same = |said: &Option<String>, day: &Option<String>| said.is_none() || said == day;
        self.name == of.name && same(&of.valid_from, &self.days.0) && same(&of.valid_to, &self.days.1)
    }
}

/// The units in force that a list names or hangs something below, by their codes; and those that have ended on the day that the
/// list says, so that it can be taken in again.
async fn current(
    tx: &DatabaseTransaction,
    units: &[ImportedUnit],
) -> Result<HashMap<String, There>, StoreError> {
    let codes: BTreeSet<&str> =
        units.iter().flat_map(|unit| [Some(unit.code.as_str()), unit.parent.as_deref()]).flatten().collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut known = HashMap::new();
    for part in codes.chunks(PART) {
        let rows = unit::Entity::find()
            .filter(unit::Column::Code.is_in(part.iter().copied()))
            .filter(unit::Column::ValidTo.is_null());
        let ends: Vec<&str> = units.iter().filter_map(|unit| unit.valid_to.as_deref()).collect();
        let ended = unit::Entity::find()
            .filter(unit::Column::Code.is_in(part.iter().copied()))
            .filter(unit::Column::ValidTo.is_in(ends));
        let said = |row: &unit::Model| {
            units.iter().any(|unit| unit.code == row.code && unit.valid_to == row.valid_to)
        };
        let there = |row: unit::Model| {
            let days = (row.valid_from, row.valid_to);
            (row.code, There { id: row.id, name: row.name, path: row.path, days })
        };
        known.extend(ended.all(tx).await?.into_iter().filter(said).map(there));
        known.extend(rows.all(tx).await?.into_iter().map(there));
    }
    Ok(known)
}

async fn change(tx: &DatabaseTransaction, id: i64, to: &ImportedUnit) -> Result<(), StoreError> {
    let mut update = unit::Entity::update_many()
        .col_expr(unit::Column::Name, Expr::value(to.name.as_str()))
        .col_expr(unit::Column::Folded, Expr::value(fold(&to.name)))
        .filter(unit::Column::Id.eq(id));
    for (column, day) in [(unit::Column::ValidFrom, &to.valid_from), (unit::Column::ValidTo, &to.valid_to)] {
        if let Some(day) = day {
            update = update.col_expr(column, Expr::value(day.as_str()));
        }
    }
    update.exec(tx).await?;
    Ok(())
}

fn new_row(
    of: &ImportedUnit,
    id: i64,
    known: &HashMap<String, There>,
) -> Result<(unit::ActiveModel, There), Refusal> {
    let parent =
        of.parent.as_ref().map(|code| known.get(code.as_str()).ok_or(Refusal::NotFound)).transpose()?;
    let path = path_below(parent.map(|parent| parent.path.as_str()), id);
    let row = unit::ActiveModel {
        id: Set(id),
        code: Set(of.code.clone()),
        name: Set(of.name.clone()),
        folded: Set(fold(&of.name)),
        level: Set(of.level.clone()),
        kind: Set(of.kind.clone()),
        parent: Set(parent.map(|parent| parent.id)),
        valid_from: Set(of.valid_from.clone()),
        valid_to: Set(of.valid_to.clone()),
        path: Set(path.clone()),
    };
    let days = (of.valid_from.clone(), of.valid_to.clone());
    Ok((row, There { id, name: of.name.clone(), path, days }))
}
