//! The only file that names a backend: how to connect, how to begin, what only one of them needs.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// How long a writer waits for the one before him.
const WAIT: Duration = Duration::from_secs(20);

pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let sqlite = url.starts_with("sqlite:");
    let url = if sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() };
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).connect_timeout(WAIT).acquire_timeout(WAIT).max_connections(16);
    if sqlite {
        // One writer at a time, many readers beside him; a commit survives a power cut.
        options.map_sqlx_sqlite_opts(|each| {
            each.pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("busy_timeout", WAIT.as_millis().to_string())
                .pragma("foreign_keys", "ON")
                .pragma("temp_store", "MEMORY")
        });
    }
    Database::connect(options).await
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
