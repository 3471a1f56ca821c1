//! Several servers on one database, and a database that goes away for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parindex_store::person::{Invite, PersonFilter};
use parindex_store::{Refusal, Store, Trouble};
use parindex_testkit::{databases, empty_postgres};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, TransactionTrait};

use crate::{NOW, console};

fn invite(login: String) -> Invite {
    Invite { link: login.clone(), login, name: "Người".to_owned(), title: String::new(), unit: None }
}

/// Two servers that start at the same moment on an empty database both come up.
#[tokio::test]
async fn servers_that_start_together_come_up() {
    for turn in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let mut urls = vec![format!("sqlite:{}", folder.path().join("both.db").display())];
        if let Ok(server) = std::env::var("PARINDEX_TEST_POSTGRES") {
            urls.push(empty_postgres(&server).await);
        }
        for url in urls {
            let start = |url: String| async move {
                let store = Store::connect(&url).await.unwrap();
                store.migrate().await.map(|()| store)
            };
            let (one, two) = tokio::join!(tokio::spawn(start(url.clone())), tokio::spawn(start(url.clone())));
            let (one, two) = (one.unwrap().unwrap(), two.unwrap().unwrap());
            one.commit(&console(), NOW, invite("a".to_owned())).await.unwrap();
            two.commit(&console(), NOW, invite("b".to_owned())).await.unwrap();
            assert_eq!(one.verify_audit().await.unwrap(), Ok(2), "turn {turn}: {url}");
        }
    }
}

/// Two readers wait for each other only if SQLite was built so; `.cargo/config.toml` says how it is built.
#[tokio::test]
async fn readers_of_sqlite_share_no_lock() {
    let db = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
    let asked = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA compile_options");
    let rows = db.query_all_raw(asked).await.unwrap();
    let built: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(built.contains(&"DEFAULT_MEMSTATUS=0".to_owned()), "{built:?}");
    assert!(!built.contains(&"ENABLE_MEMORY_MANAGEMENT".to_owned()), "{built:?}");
}

/// Nobody may wait while SQLite makes a file one of WAL: whoever opens it then comes again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_file_is_opened_by_many_at_once() {
    for turn in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("new.db").display());
        let mut servers = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let url = url.clone();
            servers.spawn(async move { Store::connect(&url).await });
        }
        for store in servers.join_all().await {
            store.unwrap_or_else(|error| panic!("turn {turn}: {error}")).ping().await.unwrap();
        }
    }
}

#[tokio::test]
async fn two_servers_write_one_log() {
    for database in databases().await {
        let mut servers = tokio::task::JoinSet::new();
        for server in 0..2 {
            let store = Store::connect(&database.url).await.unwrap();
            servers.spawn(async move {
                for at in 0..40 {
                    store.commit(&console(), NOW, invite(format!("p{server}-{at}"))).await.unwrap();
                }
            });
        }
        servers.join_all().await;
        assert_eq!(database.store.verify_audit().await.unwrap(), Ok(80), "{}", database.kind);
        let twice = database.store.commit(&console(), NOW, invite("p0-0".to_owned())).await;
        assert!(matches!(twice, Err(Refusal::Taken(_))), "{}", database.kind);
    }
}

/// More writers than lines to the database wait for one that is slow; whoever only looks is answered meanwhile.
#[tokio::test]
async fn writers_who_wait_leave_readers_their_lines() {
    for database in databases().await {
        let other = sea_orm::Database::connect(&database.url).await.unwrap();
        let slow = other.begin().await.unwrap();
        slow.execute_unprepared("UPDATE audit_head SET seq = seq").await.unwrap();
        let mut writers = tokio::task::JoinSet::new();
        for at in 0..40 {
            let store = database.store.clone();
            writers.spawn(async move { store.commit(&console(), NOW, invite(format!("p{at}"))).await });
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let people = database.store.count_people(&PersonFilter::everybody()).await;
        assert_eq!(people.unwrap(), 0, "{}", database.kind);
        slow.rollback().await.unwrap();
        for written in writers.join_all().await {
            written.unwrap();
        }
        assert_eq!(database.store.verify_audit().await.unwrap(), Ok(40), "{}", database.kind);
    }
}

/// Every line is cut and no new one accepted, again and again, as when PostgreSQL restarts: whoever tries again gets through,
/// what was acknowledged is there, and what was tried twice is there once.
#[tokio::test]
async fn a_database_that_restarts_loses_and_doubles_nothing() {
    for database in databases().await.into_iter().filter(|database| database.kind == "PostgreSQL") {
        let (done, troubled) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let writing = tokio::spawn({
            let (store, done, troubled) = (database.store.clone(), Arc::clone(&done), Arc::clone(&troubled));
            async move {
                let mut written = 0_u64;
                while !done.load(Ordering::Relaxed) {
                    match store.commit(&console(), NOW, invite(format!("p{written}"))).await {
                        // The line may break after the write and before its word: then the next try finds it there.
                        Ok(_) | Err(Refusal::Taken(_)) => written += 1,
                        Err(Refusal::Store(error) | Refusal::CommitUnknown(error)) => {
                            assert_eq!(error.trouble(), Some(Trouble::Unreachable), "{error}");
                            troubled.store(true, Ordering::Relaxed);
                            tokio::time::sleep(Duration::from_millis(5)).await;
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                }
                written
            }
        });
        // A busy machine only takes longer.
        for turn in 0..60 {
            tokio::time::sleep(Duration::from_millis(120)).await;
            database.cut(Duration::from_millis(80)).await;
            let people = database.store.count_people(&PersonFilter::everybody()).await.unwrap_or(0);
            if turn >= 5 && people > 20 && troubled.load(Ordering::Relaxed) {
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        done.store(true, Ordering::Relaxed);
        let written = writing.await.unwrap();
        assert!(troubled.load(Ordering::Relaxed), "nothing was cut while it was written");
        assert!(written > 20, "only {written} writes");
        let people = database.store.count_people(&PersonFilter::everybody()).await.unwrap();
        assert_eq!(people, written);
        assert_eq!(
            database.store.verify_audit().await.unwrap().map(|last| u64::try_from(last).unwrap()),
            Ok(written)
        );
    }
}
