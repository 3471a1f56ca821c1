//! What answers the questions of a [`Store`].

use std::sync::Arc;

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, ExecResult,
    QueryResult, Statement,
};

use crate::{Store, StoreError, dialect};

/// Any connection of the pool for each question, or one connection for several.
///
/// The pool tries a connection each time it is given back. Where a page asks twenty questions, that is twenty more ways to the
/// database and back, on SQLite each through another thread.
#[derive(Clone, Debug)]
pub(crate) enum Reader {
    Pool(DatabaseConnection),
    Snapshot(Arc<DatabaseTransaction>),
}

impl Store {
    /// The same installation, asked through one connection at one moment: what it tells belongs together.
    ///
    /// It holds a connection as long as a copy of it lives. No change is made through it, for whoever waits to write must not keep
    /// others from reading.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn snapshot(&self) -> Result<Self, StoreError> {
        let tx = dialect::begin_snapshot(&self.pool).await?;
        Ok(Self { db: Reader::Snapshot(Arc::new(tx)), ..self.clone() })
    }

    /// One moment to read: that of the snapshot, where this is one.
    pub(crate) async fn one_moment(&self) -> Result<Arc<DatabaseTransaction>, StoreError> {
        Ok(match &self.db {
            Reader::Snapshot(tx) => Arc::clone(tx),
            Reader::Pool(pool) => Arc::new(dialect::begin_reading(pool).await?),
        })
    }

    /// Whether a copy of the store may be held while a change is made.
    pub(crate) fn may_change(&self) -> bool {
        matches!(self.db, Reader::Pool(_))
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DatabaseBackend {
        match self {
            Self::Pool(pool) => pool.get_database_backend(),
            Self::Snapshot(tx) => tx.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_raw(statement).await,
            Self::Snapshot(tx) => tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_unprepared(sql).await,
            Self::Snapshot(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await,
            Self::Snapshot(tx) => tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::Snapshot(tx) => tx.query_all_raw(statement).await,
        }
    }
}
