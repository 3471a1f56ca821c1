//! All rows of one moment, table by table, as lines of JSON: the same for both databases, so that either restores the other.

use parindex_domain::audit::AuditAct;
use parindex_domain::audit::Broken;
use parindex_domain::refusal::RestoreRefusal;
use parindex_entity::{audit_head, invitation, job, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

use crate::audit::verify;
use crate::person::PersonFilter;
use crate::table::{Sink, TABLES, named};
use crate::{Change, Note, Refusal, Store, StoreError, Work, dialect};

/// One moment of the database, held while it is read.
pub struct ArchiveMoment {
    tx: DatabaseTransaction,
}

impl Store {
    /// Holds the present moment. Others go on writing meanwhile; what they write is not seen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn moment(&self) -> Result<ArchiveMoment, StoreError> {
        Ok(ArchiveMoment { tx: dialect::begin_reading(&self.pool).await? })
    }

    /// Fills an empty database, table by table; nothing is there until [`Filling::finish`].
    ///
    /// # Errors
    /// [`RestoreRefusal::NotEmpty`] when something is in it already.
    pub async fn fill(&self) -> Result<Filling, Refusal> {
        if self.count_people(&PersonFilter::everybody()).await? > 0
            || self.count_units().await? > 0
            || self.audit_count().await? > 0
        {
            return Err(RestoreRefusal::NotEmpty.into());
        }
        let tx = dialect::begin(&self.pool).await?;
        audit_head::Entity::delete_many().exec(&tx).await?;
        Ok(Filling { tx })
    }
}

impl ArchiveMoment {
    /// All rows of a table in the order of their keys, one line each.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(&self, table: &str, sink: &mut Sink<'_>) -> Result<u64, StoreError> {
        (named(table)?.read)(&self.tx, sink).await
    }
}

/// A database that is being filled.
pub struct Filling {
    tx: DatabaseTransaction,
}

impl Filling {
    /// Puts rows into a table.
    ///
    /// # Errors
    /// [`StoreError`] when a line is no row of it.
    pub async fn put(&self, table: &str, lines: &[String]) -> Result<(), StoreError> {
        (named(table)?.put)(&self.tx, lines).await
    }

    /// Makes it all there, when the log follows from its first row to its last. Sessions and links of that time are
    /// spent: what ended since then must not live again.
    ///
    /// # Errors
    /// [`StoreError`]; a broken log is handed back and nothing is there.
    pub async fn finish(self, now: i64) -> Result<Result<i64, Broken>, StoreError> {
        let last = match verify(&self.tx).await? {
            Ok(last) => last,
            Err(broken) => return Ok(Err(broken)),
        };
        session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now))
            .filter(session::Column::EndedAt.is_null())
            .exec(&self.tx)
            .await?;
        invitation::Entity::update_many()
            .col_expr(invitation::Column::UsedAt, Expr::value(now))
            .filter(invitation::Column::UsedAt.is_null())
            .exec(&self.tx)
            .await?;
        // Work of that time is not done again: the night it belonged to is over.
        job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(crate::job::DONE))
            .col_expr(job::Column::DoneAt, Expr::value(now))
            .filter(job::Column::DoneAt.is_null())
            .exec(&self.tx)
            .await?;
        crate::audit::keep_time_of_last_row(&self.tx).await?;
        for table in TABLES.iter().filter(|table| (table.is_numbered)()) {
            dialect::ids_taken(&self.tx, table.name).await?;
        }
        self.tx.commit().await?;
        Ok(Ok(last))
    }
}

/// The log says that a backup was made, or that the database came from one.
pub enum Recorded {
    /// Made.
    Backup {
        /// The hash of its manifest.
        manifest: String,
    },
    Restore {
        /// The hash of the manifest.
        manifest: String,
    },
}

impl Change for Recorded {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (act, manifest) = match self {
            Self::Backup { manifest } => (AuditAct::Backup, manifest),
            Self::Restore { manifest } => (AuditAct::Restore, manifest),
        };
        let permit = work.console()?;
        Ok(((), Note::new(permit, act, "database".to_owned(), json!({ "manifest": manifest }))))
    }
}
