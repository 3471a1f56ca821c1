//! How far everybody is: counted by the database, so that a board costs the same for many units as for few.

use std::collections::{BTreeSet, HashMap};

use parindex_domain::procedure::{EntryKind, RulingKind, Side};
use parindex_entity::{entry, remark, verdict};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use crate::{Store, StoreError};

/// Counts by member and row of the stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Criteria for which something stands on the sheet.
    pub entered: HashMap<(i64, i64), i64>,
    /// Criteria that were decided.
    pub decided: HashMap<(i64, i64), i64>,
    /// Criteria whose points were changed.
    pub adjusted: HashMap<(i64, i64), i64>,
    /// Criteria that the unit explained.
    pub explained: HashMap<(i64, i64), i64>,
    /// The codes of what does not apply: a whole domain may be among them, and only its set knows what stands below.
    pub not_applicable: Codes,
}

/// Codes of criteria, by sheet and stage.
pub type Codes = HashMap<(i64, i64), BTreeSet<String>>;

impl Progress {
    /// A count; none is zero.
    #[must_use]
    pub fn of(counts: &HashMap<(i64, i64), i64>, member: i64, stage: i64) -> i64 {
        counts.get(&(member, stage)).copied().unwrap_or(0)
    }
}

#[derive(FromQueryResult)]
struct Counted {
    member: i64,
    stage: i64,
    count: i64,
}

fn by_place(rows: Vec<Counted>) -> HashMap<(i64, i64), i64> {
    rows.into_iter().map(|row| ((row.member, row.stage), row.count)).collect()
}

impl Store {
    /// How far members are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn progress(&self, members: &[i64]) -> Result<Progress, StoreError> {
        if members.is_empty() {
            return Ok(Progress::default());
        }
        let these = || members.iter().copied();
        let different =
            |column: &str| Expr::cust(format!("count(distinct {column})")).cast_as(Alias::new("bigint"));
        let entered = entry::Entity::find()
            .select_only()
            .columns([entry::Column::Member, entry::Column::Stage])
            .column_as(different("criterion"), "count")
            .filter(entry::Column::Member.is_in(these()))
            .filter(entry::Column::Text.ne(""))
            .filter(entry::Column::Kind.is_not_in(EntryKind::TEXTS.map(EntryKind::word)))
            .group_by(entry::Column::Member)
            .group_by(entry::Column::Stage);
        let decided = || {
            verdict::Entity::find()
                .select_only()
                .columns([verdict::Column::Member, verdict::Column::Stage])
                .column_as(verdict::Column::Id.count(), "count")
                .filter(verdict::Column::Member.is_in(these()))
                .group_by(verdict::Column::Member)
                .group_by(verdict::Column::Stage)
        };
        let adjusted = decided().filter(verdict::Column::Kind.eq(RulingKind::Adjust.word()));
        let explained = remark::Entity::find()
            .select_only()
            .columns([remark::Column::Member, remark::Column::Stage])
            .column_as(different("criterion"), "count")
            .filter(remark::Column::Member.is_in(these()))
            .filter(remark::Column::Side.eq(Side::Unit.word()))
            .group_by(remark::Column::Member)
            .group_by(remark::Column::Stage);
        Ok(Progress {
            entered: by_place(entered.into_model().all(&self.db).await?),
            decided: by_place(decided().into_model().all(&self.db).await?),
            adjusted: by_place(adjusted.into_model().all(&self.db).await?),
            explained: by_place(explained.into_model().all(&self.db).await?),
            not_applicable: self.codes(members, Some(EntryKind::NotApplicable)).await?,
        })
    }

    /// For which criteria anything stands on sheets.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn codes_entered(&self, members: &[i64]) -> Result<Codes, StoreError> {
        self.codes(members, None).await
    }

    async fn codes(&self, members: &[i64], of: Option<EntryKind>) -> Result<Codes, StoreError> {
        use entry::Column;
        let mut rows = entry::Entity::find()
            .select_only()
            .columns([Column::Member, Column::Stage, Column::Criterion])
            .distinct()
            .filter(Column::Member.is_in(members.iter().copied()))
            .filter(Column::Text.ne(""))
            .filter(Column::Kind.is_not_in(EntryKind::TEXTS.map(EntryKind::word)));
        if let Some(of) = of {
            rows = rows.filter(Column::Kind.eq(of.word()));
        }
        let mut codes = Codes::new();
        for (member, stage, criterion) in rows.into_tuple::<(i64, i64, String)>().all(&self.db).await? {
            codes.entry((member, stage)).or_default().insert(criterion);
        }
        Ok(codes)
    }
}
