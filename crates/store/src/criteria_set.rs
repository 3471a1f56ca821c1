//! The library of criteria sets: every version is kept as the table it was.

use std::collections::HashMap;

use parindex_domain::refusal::CriteriaSetRefusal;
use parindex_domain::sort;
use parindex_entity::{criteria_set, criteria_version, file, person};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::file::Filed;
use crate::{Refusal, Store, StoreError, Work};

mod edit;
mod settle;
mod upload;

pub use edit::Edit;
pub use settle::{Settle, TakeSettled};
pub use upload::{UploadSet, Uploaded};

/// A set in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibrarySet {
    /// The row.
    pub id: i64,
    /// A short code.
    pub code: String,
    pub title: String,
}

/// A version of a set, without its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The row.
    pub id: i64,
    pub set: i64,
    /// 1 is the first.
    pub number: i64,
    /// Whether it can still be edited.
    pub draft: bool,
    /// Why it was made.
    pub note: String,
    pub author: String,
    pub created_at: i64,
    /// What the file was called from which it was read.
    pub file_name: Option<String>,
}

impl Store {
    /// All sets with their newest versions, in Vietnamese order of their titles.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn criteria_sets(&self) -> Result<Vec<(LibrarySet, Vec<Version>)>, StoreError> {
        let mut sets: Vec<LibrarySet> =
            criteria_set::Entity::find().all(&self.db).await?.into_iter().map(LibrarySet::from).collect();
        sets.sort_by_cached_key(|set| sort::key(&set.title));
        let ids: Vec<i64> = sets.iter().map(|set| set.id).collect();
        let versions = self.versions(&ids).await?;
        let of =
            |set: &LibrarySet| versions.iter().filter(|version| version.set == set.id).cloned().collect();
        Ok(sets
            .into_iter()
            .map(|set| {
                let versions = of(&set);
                (set, versions)
            })
            .collect())
    }

    /// A criteria set of the library by its row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn criteria_set(&self, id: i64) -> Result<Option<LibrarySet>, StoreError> {
        Ok(criteria_set::Entity::find_by_id(id).one(&self.db).await?.map(LibrarySet::from))
    }

    /// The versions of sets, newest first; tables are not read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn versions(&self, sets: &[i64]) -> Result<Vec<Version>, StoreError> {
        use criteria_version::Column;
        let rows = criteria_version::Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::Set,
                Column::Number,
                Column::State,
                Column::Note,
                Column::Author,
                Column::CreatedAt,
                Column::FileName,
            ])
            .filter(Column::Set.is_in(sets.iter().copied()))
            .order_by_desc(Column::Number)
            .into_model::<WithoutText>()
            .all(&self.db)
            .await?;
        let authors: Vec<i64> = rows.iter().map(|row| row.author).collect();
        let people = person::Entity::find().filter(person::Column::Id.is_in(authors)).all(&self.db).await?;
        let names: HashMap<i64, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
        Ok(rows.into_iter().map(|row| row.version(&names)).collect())
    }

    /// The file from which a version was read, when it came as one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn version_file(&self, set: i64, number: i64) -> Result<Option<Filed>, StoreError> {
        let Some(row) = self.version_row(set, number).await? else { return Ok(None) };
        let Some(hash) = row.file else { return Ok(None) };
        let file = file::Entity::find_by_id(hash).one(&self.db).await?;
        let size = |file: &file::Model| u64::try_from(file.size).unwrap_or(0);
        let name = row.file_name.unwrap_or_default();
        Ok(file.map(|file| Filed { size: size(&file), hash: file.hash, kind: file.kind, name }))
    }

    /// The table of a version, as text.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn version_text(&self, set: i64, number: i64) -> Result<Option<String>, StoreError> {
        Ok(self.version_row(set, number).await?.map(|row| row.text))
    }

    async fn version_row(
        &self,
        set: i64,
        number: i64,
    ) -> Result<Option<criteria_version::Model>, StoreError> {
        let row = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(set))
            .filter(criteria_version::Column::Number.eq(number))
            .one(&self.db);
        Ok(row.await?)
    }
}

/// A row without its table, which may be long.
#[derive(FromQueryResult)]
struct WithoutText {
    id: i64,
    set: i64,
    number: i64,
    state: String,
    note: String,
    author: i64,
    created_at: i64,
    file_name: Option<String>,
}

impl WithoutText {
    fn version(self, names: &HashMap<i64, String>) -> Version {
        Version {
            id: self.id,
            set: self.set,
            number: self.number,
            draft: self.state == DRAFT,
            note: self.note,
            author: names.get(&self.author).cloned().unwrap_or_default(),
            created_at: self.created_at,
            file_name: self.file_name,
        }
    }
}

/// The word for a version that can be edited.
pub(super) const DRAFT: &str = "draft";
/// The word for one that stays as it is.
pub(super) const SETTLED: &str = "settled";

/// A version that can still be changed.
async fn draft(work: &Work, set: i64, number: i64) -> Result<criteria_version::Model, Refusal> {
    let row = criteria_version::Entity::find()
        .filter(criteria_version::Column::Set.eq(set))
        .filter(criteria_version::Column::Number.eq(number))
        .one(&work.tx)
        .await?
        .ok_or(Refusal::NotFound)?;
    if row.state == DRAFT { Ok(row) } else { Err(CriteriaSetRefusal::NotDraft.into()) }
}

impl From<criteria_set::Model> for LibrarySet {
    fn from(row: criteria_set::Model) -> Self {
        Self { id: row.id, code: row.code, title: row.title }
    }
}
