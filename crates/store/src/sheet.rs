//! What stands on the sheets of units, cell by cell.

use std::collections::HashMap;

use parindex_domain::procedure::{EntryKind, Moment};
use parindex_entity::{entry, entry_history};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::{Store, StoreError};

mod compare;
mod expire;
mod keep;
mod reason;
mod seal;
mod submit;

pub use compare::{Compared, Comparing};
pub use expire::Expire;
pub use keep::{KeepCells, TypedCell};
pub(crate) use keep::{Place, open_sheet, subject};
pub use reason::{GiveReason, REASON, Reason};
pub use seal::Sealed;
pub(crate) use seal::{broken_seals, seal_now, sealed};
pub use submit::{Return, Submit};

/// The input under which a note stands: no rule can name one like it.
pub const NOTE: &str = "@note";

/// One thing that stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Whose sheet.
    pub member: i64,
    /// The row of the stage.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The input; empty for points and for what does not apply.
    pub input: String,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// The text, as files write it; empty when it was taken away.
    pub text: String,
    /// Where it comes from, or why.
    pub source: String,
    /// How often it was changed: whoever changes it says which revision was seen.
    pub revision: i64,
    /// When it was changed last.
    pub at: Moment,
    pub by: String,
}

/// What stands on a sheet, as far as points follow from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Whose sheet.
    pub member: i64,
    /// The row of the stage.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The input; empty for points and for what does not apply.
    pub input: String,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// The text, as files write it.
    pub text: String,
    /// Where it comes from, or why.
    pub source: String,
}

/// What a cell was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub input: String,
    /// What stood there.
    pub was: String,
    /// What came in its place.
    pub became: String,
    pub at: Moment,
    pub by: String,
}

/// Steps of the past of one criterion that are shown.
const MAX_PAST: u64 = 50;

impl Store {
    /// All that stands on the sheets of members at any stage, sheet by sheet, with the reasons of figures that do not agree: their
    /// source says for which figures they were given.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn figures(&self, members: &[i64]) -> Result<Vec<Figure>, StoreError> {
        use entry::Column;
        let rows = entry::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Member, Column::Stage, Column::Criterion, Column::Input])
            .columns([Column::Kind, Column::Text, Column::Source])
            .filter(Column::Member.is_in(members.iter().copied()))
            .filter(Column::Kind.ne(EntryKind::Note.word()))
            .filter(Column::Text.ne(""));
        rows.into_model::<FigureRow>().all(&self.db).await?.into_iter().map(Figure::try_from).collect()
    }

    /// What units say about their criteria, by member and code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notes(&self, members: &[i64]) -> Result<HashMap<(i64, String), String>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.is_in(members.iter().copied()))
            .filter(entry::Column::Kind.eq(EntryKind::Note.word()))
            .filter(entry::Column::Text.ne(""));
        let rows = rows.all(&self.db).await?;
        Ok(rows.into_iter().map(|row| ((row.member, row.criterion), row.text)).collect())
    }

    /// The cells of criteria with their revisions, those that were taken away included.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cells(
        &self,
        member: i64,
        stage: i64,
        criteria: &[String],
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::Member.eq(member))
            .filter(entry::Column::Stage.eq(stage))
            .filter(entry::Column::Criterion.is_in(criteria));
        rows.all(&self.db).await?.into_iter().map(StoredEntry::try_from).collect()
    }

    /// The past of a criterion, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn past(&self, member: i64, stage: i64, criterion: &str) -> Result<Vec<Past>, StoreError> {
        let rows = entry_history::Entity::find()
            .filter(entry_history::Column::Member.eq(member))
            .filter(entry_history::Column::Stage.eq(stage))
            .filter(entry_history::Column::Criterion.eq(criterion))
            .order_by_desc(entry_history::Column::Id)
            .limit(MAX_PAST);
        let past = |row: entry_history::Model| Past {
            input: row.input,
            was: row.was,
            became: row.became,
            at: row.at,
            by: row.by,
        };
        Ok(rows.all(&self.db).await?.into_iter().map(past).collect())
    }
}

/// A [`Figure`] as the database has it.
#[derive(FromQueryResult)]
struct FigureRow {
    id: i64,
    member: i64,
    stage: i64,
    criterion: String,
    input: String,
    kind: String,
    text: String,
    source: String,
}

impl TryFrom<FigureRow> for Figure {
    type Error = StoreError;

    fn try_from(row: FigureRow) -> Result<Self, StoreError> {
        let kind = kind_of(row.id, &row.kind)?;
        let FigureRow { member, stage, criterion, input, text, source, .. } = row;
        Ok(Self { member, stage, criterion, input, kind, text, source })
    }
}

impl TryFrom<entry::Model> for StoredEntry {
    type Error = StoreError;

    fn try_from(row: entry::Model) -> Result<Self, StoreError> {
        let kind = kind_of(row.id, &row.kind)?;
        let entry::Model { member, stage, criterion, input, text, source, revision, at, by, .. } = row;
        Ok(Self { member, stage, criterion, input, kind, text, source, revision, at, by })
    }
}

fn kind_of(row: i64, word: &str) -> Result<EntryKind, StoreError> {
    EntryKind::from_word(word).ok_or_else(|| StoreError::inconsistent("entry", row, word))
}
