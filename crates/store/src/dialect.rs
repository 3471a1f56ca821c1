//! The only file that names a backend: how to connect, how to begin, what only one of them needs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, SqlxError, TransactionOptions,
    TransactionTrait,
};

use crate::Trouble;
use crate::lasting::Lasting;
use crate::renewal::Renewal;

/// How long a writer waits for the one before him.
pub const WAIT: Duration = Duration::from_secs(20);
/// How long a page waits for a line to the database before it says that there is none.
const ANSWER: Duration = Duration::from_secs(8);
/// How long a line may have been idle before it is tried once more: each is tried when it is given back, and no database is back
/// sooner than this.
const IDLE: Duration = Duration::from_millis(20);

/// A pool of connections, and whether the file could only be opened as one that nobody writes.
pub struct Opened {
    /// The pool.
    pub db: DatabaseConnection,
    /// The file stands on a medium that may only be read.
    pub frozen: bool,
}

/// Opens the database; connections from before `renewal` asked for new ones are not used again.
pub async fn connect(url: &str, renewal: &Arc<Renewal>) -> Result<Opened, DbErr> {
    let frozen = is_sqlite(url) && on_read_only_medium(url);
    let db = match Database::connect(pool(url, writable, renewal)).await {
        Ok(db) => db,
        // On a medium that may only be read SQLite cannot make the files beside the database that many readers share.
        Err(error) if frozen => {
            Database::connect(pool(url, as_it_lies, renewal)).await.map_err(|_also| error)?
        }
        Err(error) => return Err(error),
    };
    Ok(Opened { db, frozen })
}

/// The database of an installation that names none: a SQLite file in the folder in which the program runs.
pub const DEFAULT_URL: &str = "sqlite:parindex.db";

/// The address of a database in a file that is made when it is opened.
#[must_use]
pub fn file_url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// The address of a database that has to be there already: opening it makes no file.
#[must_use]
pub fn existing_url(url: &str) -> String {
    if is_sqlite(url) && !url.contains('?') { format!("{url}?mode=rw") } else { url.to_owned() }
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

fn pool(
    url: &str,
    lite: fn(SqliteConnectOptions) -> SqliteConnectOptions,
    renewal: &Arc<Renewal>,
) -> ConnectOptions {
    let url = if is_sqlite(url) && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() };
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).connect_timeout(ANSWER).acquire_timeout(ANSWER).max_connections(16);
    options.test_before_acquire_if_idle_for(IDLE);
    options.map_sqlx_sqlite_opts(lite);
    let (of_sqlite, of_postgres) = (Arc::clone(renewal), Arc::clone(renewal));
    // SQLite ends a transaction by itself when its disk is full or fails. The driver does not learn of it: it would take the next
    // BEGIN for a savepoint and a COMMIT for the release of one, and nothing would be written. What is given back is pinged by the
    // pool, which waits for what is under way; a connection that then still believes itself in a transaction is closed here.
    options.map_sqlx_sqlite_before_acquire(move |connection, about| {
        let fit = of_sqlite.is_fresh(about.age) && !connection.is_in_transaction();
        Box::pin(async move { Ok(fit) })
    });
    options.map_sqlx_postgres_before_acquire(move |_, about| {
        let fresh = of_postgres.is_fresh(about.age);
        Box::pin(async move { Ok(fresh) })
    });
    options
}

/// One writer at a time, many readers beside him; a commit survives a power cut.
///
/// No ANALYZE, here or at night: on the evening of a deadline a table of four rows grows to thousands, and what was counted
/// before makes SQLite read all of it where an index leads to a few.
fn writable(options: SqliteConnectOptions) -> SqliteConnectOptions {
    // Rows come from a thread of their own; fewer at a time wake both threads more often.
    options
        .row_buffer_size(1_000)
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "FULL")
        .pragma("busy_timeout", WAIT.as_millis().to_string())
        .pragma("foreign_keys", "ON")
        .pragma("temp_store", "MEMORY")
}

/// Reads the file alone, without the files beside it: nobody can write it meanwhile.
fn as_it_lies(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.row_buffer_size(1_000).create_if_missing(false).read_only(true).immutable(true)
}

/// A write that changes nothing, through a connection of its own: what it tells does not depend on connections from before.
pub async fn try_to_write(url: &str) -> Result<(), DbErr> {
    let mut options = pool(url, writable, &Arc::default());
    options.max_connections(1);
    let db = Database::connect(options).await?;
    let written = db.execute_unprepared("UPDATE audit_head SET seq = seq").await;
    db.close().await?;
    written.map(|_| ())
}

/// Closes the connections to a file that nobody uses at this moment, and opens none.
pub async fn close_idle(url: &str, db: &DatabaseConnection) {
    while is_sqlite(url)
        && let Some(connection) = db.get_sqlite_connection_pool().try_acquire()
    {
        if let Err(error) = connection.close().await {
            tracing::debug!(event = "database.close_failed", %error, "a connection did not close in order");
        }
    }
}

/// From now on the pool opens files to be written again, where it could only read them.
pub fn write_again(url: &str, db: &DatabaseConnection) {
    if is_sqlite(url)
        && let Ok(options) = url.parse::<SqliteConnectOptions>()
    {
        db.get_sqlite_connection_pool().set_connect_options(writable(options).create_if_missing(false));
    }
}

/// Whether nobody at all can write the file: only then may it be read as it lies there.
fn on_read_only_medium(url: &str) -> bool {
    let Ok(options) = url.parse::<SqliteConnectOptions>() else { return false };
    let opened = std::fs::OpenOptions::new().append(true).open(options.get_filename());
    opened.is_err_and(|error| error.kind() == std::io::ErrorKind::ReadOnlyFilesystem)
}

/// The file that an address names, where it names one.
pub fn file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return None;
    }
    let options: SqliteConnectOptions = url.parse().ok()?;
    Some(options.get_filename().to_owned())
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
    begun(db, TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() }).await
}

/// The beginning comes to its end also when nobody waits for it any more: a BEGIN that is given up on its way to PostgreSQL leaves a
/// connection in a transaction of which the driver knows nothing, and what is written there later is lost.
async fn begun(db: &DatabaseConnection, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
    let db = db.clone();
    Lasting::new(async move { db.begin_with_options(options).await }).await
}

/// Begins to read one moment, that of the first question, whatever others write meanwhile.
pub async fn begin_snapshot(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    // SQLite reads one moment in any case.
    let isolation_level = match db.get_database_backend() {
        DatabaseBackend::Postgres => Some(IsolationLevel::RepeatableRead),
        _ => None,
    };
    begun(db, TransactionOptions { isolation_level, ..TransactionOptions::default() }).await
}

/// Begins to read this moment, whatever others write meanwhile.
pub async fn begin_reading(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let tx = begin_snapshot(db).await?;
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

#[cfg(test)]
mod tests {
    use sea_orm::Statement;

    use super::*;

    /// SQLite, and PostgreSQL where the test command has started one.
    fn addresses(folder: &tempfile::TempDir) -> Vec<String> {
        let lite = format!("sqlite:{}", folder.path().join("test.db").display());
        let server = std::env::var("PARINDEX_TEST_POSTGRES").ok().map(|server| format!("{server}/postgres"));
        [lite].into_iter().chain(server).collect()
    }

    #[tokio::test]
    async fn a_begin_that_nobody_waits_for_any_more_loses_nothing_of_what_follows() {
        let folder = tempfile::tempdir().unwrap();
        for url in addresses(&folder) {
            let db = connect(&url, &Arc::default()).await.unwrap().db;
            let table = format!("leaving_{}", std::process::id());
            db.execute_unprepared(&format!("CREATE TABLE {table} (x INTEGER)")).await.unwrap();
            for turn in 0..300 {
                drop(tokio::time::timeout(Duration::from_micros(turn * 13 % 1_500), begin(&db)).await);
                db.execute_unprepared(&format!("INSERT INTO {table} VALUES (1)")).await.unwrap();
            }
            let others = connect(&url, &Arc::default()).await.unwrap().db;
            let count = Statement::from_string(
                others.get_database_backend(),
                format!("SELECT count(*) AS n FROM {table}"),
            );
            let seen: i64 = others.query_one_raw(count).await.unwrap().unwrap().try_get("", "n").unwrap();
            db.execute_unprepared(&format!("DROP TABLE {table}")).await.unwrap();
            assert_eq!(seen, 300, "{url}");
        }
    }
}
