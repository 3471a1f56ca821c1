//! The only file that names a backend: how to connect, how to begin, what only one of them needs.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, SqlxError, TransactionOptions,
    TransactionTrait,
};

use crate::Trouble;

/// How long a writer waits for the one before him.
pub const WAIT: Duration = Duration::from_secs(20);
/// How long a page waits for a line to the database before it says that there is none.
const ANSWER: Duration = Duration::from_secs(8);
/// How long a line may have been idle before it is tried once more: each is tried when it is given back, and no database is back
/// sooner than this.
const IDLE: Duration = Duration::from_millis(20);

pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let sqlite = url.starts_with("sqlite:");
    let url = if sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() };
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).connect_timeout(ANSWER).acquire_timeout(ANSWER).max_connections(16);
    options.test_before_acquire_if_idle_for(IDLE);
    if sqlite {
        // No ANALYZE, here or at night: on the evening of a deadline a table of four rows grows to thousands, and what was counted
        // before makes SQLite read all of it where an index leads to a few.
        // One writer at a time, many readers beside him; a commit survives a power cut.
        options.map_sqlx_sqlite_opts(|each| {
            // Rows come from a thread of their own; fewer at a time wake both threads more often.
            each.row_buffer_size(1_000)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("busy_timeout", WAIT.as_millis().to_string())
                .pragma("foreign_keys", "ON")
                .pragma("temp_store", "MEMORY")
        });
    }
    Database::connect(options).await
}

/// Whether SQLite could not open a file because another connection held all of it: it makes the file one of WAL, which SQLite
/// lets nobody wait for.
pub fn is_busy(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else { return false };
    matches!(error.as_ref(), SqlxError::Database(error) if error.code().and_then(|code| trouble_of(&code)) == Some(Trouble::Busy))
}

/// Begins a change: on SQLite the write lock is taken at once, so that reading first cannot end in a deadlock.
pub async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    db.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() })
        .await
}

/// Begins to read one moment, whatever others write meanwhile.
pub async fn begin_reading(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    // SQLite reads the moment of its first statement in any case.
    let isolation_level = match db.get_database_backend() {
        DatabaseBackend::Postgres => Some(IsolationLevel::RepeatableRead),
        _ => None,
    };
    let tx = db
        .begin_with_options(TransactionOptions { isolation_level, ..TransactionOptions::default() })
        .await?;
    tx.execute_unprepared("SELECT count(*) FROM audit_head").await?;
    Ok(tx)
}

/// The log only grows: the database itself refuses to change or remove a row.
pub async fn protect_audit(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let statements: &[&str] = match db.get_database_backend() {
        DatabaseBackend::Sqlite => &[
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END",
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END",
        ],
        _ => &[
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$",
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_only_grows()",
        ],
    };
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// After rows with identifiers of our own: the next one that the database gives comes after them.
pub async fn ids_taken(db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
    // SQLite looks at the largest one by itself.
    if db.get_database_backend() == DatabaseBackend::Postgres {
        let next =
            format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
        db.execute_unprepared(&next).await?;
    }
    Ok(())
}

/// What is wrong with the database itself, when that is what an error says.
pub fn trouble(error: &DbErr) -> Option<Trouble> {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Some(Trouble::Unreachable),
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => match error
            .as_ref()
        {
            SqlxError::Database(error) => error.code().and_then(|code| trouble_of(&code)),
            SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed => {
                Some(Trouble::Unreachable)
            }
            _ => None,
        },
        _ => None,
    }
}

/// PostgreSQL has codes of five signs, SQLite numbers whose last byte is the kind.
fn trouble_of(code: &str) -> Option<Trouble> {
    const FULL: u32 = 13;
    const READ_ONLY: u32 = 8;
    const CANNOT_OPEN: u32 = 14;
    const DISK: u32 = 10;
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    match code {
        "53100" => return Some(Trouble::Full),
        "25006" => return Some(Trouble::ReadOnly),
        // Shut down, starting, no more connections, connections forbidden.
        "57P01" | "57P02" | "57P03" | "53300" | "55000" => return Some(Trouble::Unreachable),
        _ if code.len() == 5 && code.starts_with("08") => return Some(Trouble::Unreachable),
        _ if code.len() == 5 => return None,
        _ => {}
    }
    match code.parse::<u32>().ok()? & 0xff {
        FULL => Some(Trouble::Full),
        READ_ONLY => Some(Trouble::ReadOnly),
        CANNOT_OPEN | DISK => Some(Trouble::Unreachable),
        BUSY | LOCKED => Some(Trouble::Busy),
        _ => None,
    }
}
