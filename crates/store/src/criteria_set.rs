//! The library of criteria sets: every version is kept as the table it was.

use parindex_domain::sort;
use parindex_entity::{criteria_set, criteria_version, person};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{NotNow, Refusal, Store, StoreError, Work};

mod edit;
mod settle;
mod upload;

pub use edit::Edit;
pub use settle::Settle;
pub use upload::{Upload, Uploaded};

/// A set in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriteriaSet {
    /// The row.
    pub id: i64,
    /// A short code.
    pub code: String,
    /// The title.
    pub title: String,
}

/// A version of a set, without its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The row.
    pub id: i64,
    /// Of which set.
    pub set: i64,
    /// 1 is the first.
    pub number: i64,
    /// Whether it can still be edited.
    pub draft: bool,
    /// Why it was made.
    pub note: String,
    /// By whom.
    pub author: String,
    /// When.
    pub created_at: i64,
}

impl Store {
    /// All sets with their newest versions, in Vietnamese order of their titles.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn criteria_sets(&self) -> Result<Vec<(CriteriaSet, Vec<Version>)>, StoreError> {
        let mut sets: Vec<CriteriaSet> =
            criteria_set::Entity::find().all(&self.db).await?.into_iter().map(CriteriaSet::from).collect();
        sets.sort_by_cached_key(|set| sort::key(&set.title));
        let ids: Vec<i64> = sets.iter().map(|set| set.id).collect();
        let versions = self.versions(&ids).await?;
        let of =
            |set: &CriteriaSet| versions.iter().filter(|version| version.set == set.id).cloned().collect();
        Ok(sets
            .into_iter()
            .map(|set| {
                let versions = of(&set);
                (set, versions)
            })
            .collect())
    }

    /// One set.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn criteria_set(&self, id: i64) -> Result<Option<CriteriaSet>, StoreError> {
        Ok(criteria_set::Entity::find_by_id(id).one(&self.db).await?.map(CriteriaSet::from))
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
            ])
            .filter(Column::Set.is_in(sets.iter().copied()))
            .order_by_desc(Column::Number)
            .into_tuple::<(i64, i64, i64, String, String, i64, i64)>()
            .all(&self.db)
            .await?;
        let authors: Vec<i64> = rows.iter().map(|row| row.5).collect();
        let names = person::Entity::find().filter(person::Column::Id.is_in(authors)).all(&self.db).await?;
        let name = |id: i64| {
            names.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default()
        };
        let version = |(id, set, number, state, note, author, created_at): (
            i64,
            i64,
            i64,
            String,
            String,
            i64,
            i64,
        )| Version {
            id,
            set,
            number,
            draft: state == DRAFT,
            note,
            author: name(author),
            created_at,
        };
        Ok(rows.into_iter().map(version).collect())
    }

    /// The table of a version, as text.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn version_text(&self, set: i64, number: i64) -> Result<Option<String>, StoreError> {
        let row = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(set))
            .filter(criteria_version::Column::Number.eq(number))
            .one(&self.db)
            .await?;
        Ok(row.map(|row| row.text))
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
        .ok_or(Refusal::Gone)?;
    if row.state == DRAFT { Ok(row) } else { Err(Refusal::NotNow(NotNow::NotDraft)) }
}

impl From<criteria_set::Model> for CriteriaSet {
    fn from(row: criteria_set::Model) -> Self {
        Self { id: row.id, code: row.code, title: row.title }
    }
}
