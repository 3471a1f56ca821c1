//! The database: the only crate that names SeaORM, and `dialect` the only file that names a backend.
//!
//! Reading is a method of [`Store`]. Every change is a [`change::Change`] and goes through [`Store::commit`], which checks the
//! right, writes and appends the audit entry in one transaction.

pub mod attempt;
pub mod audit;
pub mod backup;
pub mod change;
pub mod criteria_set;
mod dialect;
mod error;
mod like;
mod migration;
pub mod person;
pub mod session;
pub mod unit;

pub use change::{Actor, Change, Note, Permit, Work};
pub use error::{NotNow, Refusal, StoreError};

use sea_orm::DatabaseConnection;

/// The database of an installation.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`; a SQLite file is made where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Ok(Self { db: dialect::connect(url).await? })
    }

    /// Brings the tables up to this version of the program.
    ///
    /// # Errors
    /// [`StoreError::Database`]; what was done stays done, each step whole.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        use sea_orm_migration::MigratorTrait;
        Ok(migration::Migrator::up(&self.db, None).await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }
}
