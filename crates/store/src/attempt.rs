//! Failed sign-ins, counted for an account, and for an account from one place.

use parindex_entity::attempt;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::dialect::WAIT;
use crate::like::begins;
use crate::{Store, StoreError};

impl Store {
    /// How many failures a key has had since `since`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn failures(&self, key: &str, since: i64) -> Result<i64, StoreError> {
        let found = attempt::Entity::find_by_id(key.to_owned()).one(&self.db).await?;
        Ok(found.filter(|attempt| attempt.first_at > since).map_or(0, |attempt| attempt.count))
    }

    /// How many keys that begin alike have failures since `since`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn failing(&self, begin: &str, since: i64) -> Result<u64, StoreError> {
        let alike = attempt::Entity::find()
            .filter(attempt::Column::Key.like(begins(begin)))
            .filter(attempt::Column::FirstAt.gt(since));
        Ok(alike.count(&self.db).await?)
    }

    /// Counts one more failure; what is older than `since` is forgotten.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_failure(&self, key: &str, now: i64, since: i64) -> Result<(), StoreError> {
        // Those of all keys: a guesser who never comes back leaves nothing behind.
        let old = attempt::Entity::delete_many().filter(attempt::Column::FirstAt.lte(since));
        self.exclusive(WAIT, old.exec(&self.pool)).await?;
        let first = attempt::Model { key: key.to_owned(), count: 1, first_at: now };
        let again = OnConflict::column(attempt::Column::Key)
            .value(attempt::Column::Count, Expr::col((attempt::Entity, attempt::Column::Count)).add(1))
            .to_owned();
        let counted = attempt::Entity::insert(attempt::ActiveModel::from(first)).on_conflict(again);
        self.exclusive(WAIT, counted.exec_without_returning(&self.pool)).await?;
        Ok(())
    }

    /// Takes one failure back that was counted before its outcome was known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_failure_back(&self, key: &str) -> Result<(), StoreError> {
        let back = attempt::Entity::update_many()
            .col_expr(attempt::Column::Count, Expr::col(attempt::Column::Count).sub(1))
            .filter(attempt::Column::Key.eq(key))
            .filter(attempt::Column::Count.gt(0));
        self.exclusive(WAIT, back.exec(&self.pool)).await?;
        Ok(())
    }

    /// Forgets the failures of a key after a success.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_failures(&self, key: &str) -> Result<(), StoreError> {
        self.exclusive(WAIT, attempt::Entity::delete_by_id(key.to_owned()).exec(&self.pool)).await?;
        Ok(())
    }
}
