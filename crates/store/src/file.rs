//! Files that are kept elsewhere, by the hash of their content.

mod named;

use std::collections::HashSet;

use parindex_entity::file;
use sea_orm::{ActiveModelTrait, EntityTrait, QuerySelect, Set};

use crate::{Refusal, Store, StoreError, Work};

pub use named::Named;

/// A file as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The hash of its content.
    pub hash: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is: `application/pdf`.
    pub kind: String,
    /// What it was called.
    pub name: String,
}

impl Store {
    /// The hashes of all files that something names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn named_files(&self) -> Result<HashSet<String>, StoreError> {
        let rows = file::Entity::find().select_only().column(file::Column::Hash).into_tuple::<String>();
        Ok(rows.all(&self.db).await?.into_iter().collect())
    }

    /// The same, each with its size.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn file_sizes(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let rows = file::Entity::find().select_only().columns([file::Column::Hash, file::Column::Size]);
        let rows: Vec<(String, i64)> = rows.into_tuple().all(&self.db).await?;
        Ok(rows.into_iter().map(|(hash, size)| (hash, u64::try_from(size).unwrap_or(0))).collect())
    }
}

/// Writes down that a file is there; the same content is there once.
pub(crate) async fn filed(work: &Work, new: &Filed) -> Result<(), Refusal> {
    if file::Entity::find_by_id(new.hash.clone()).one(&work.tx).await?.is_some() {
        return Ok(());
    }
    let row = file::ActiveModel {
        hash: Set(new.hash.clone()),
        size: Set(i64::try_from(new.size).unwrap_or(i64::MAX)),
        kind: Set(new.kind.clone()),
        created_at: Set(work.now),
    };
    row.insert(&work.tx).await?;
    Ok(())
}
