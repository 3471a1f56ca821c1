//! The log: every change is in it, and nothing in it can be altered unnoticed.

use parindex_domain::audit::{Broken, LogEntry, LogRow};
use parindex_domain::right::{Act, Denied};
use parindex_store::audit::Filter;
use parindex_store::person::{Close, Invite, PersonFilter};
use parindex_store::{Actor, Refusal};
use parindex_testkit::{Database, databases};

use crate::{NOW, console};

fn invite(login: &str) -> Invite {
    let (name, link) = (format!("Người {login}"), format!("link of {login}"));
    Invite { login: login.to_owned(), name, title: String::new(), unit: None, link }
}

async fn some(database: &Database, count: usize) {
    for at in 0..count {
        database.store.commit(&console(), NOW, invite(&format!("person{at}"))).await.unwrap();
    }
}

#[tokio::test]
async fn every_change_has_its_entry_and_a_refused_one_has_none() {
    for database in databases().await {
        some(&database, 1).await;
        let twice = database.store.commit(&console(), NOW, invite("person0")).await;
        assert!(matches!(twice, Err(Refusal::Taken(_))), "{}", database.kind);
        let stranger = Actor::person(99, "Ai đó".to_owned(), Vec::new());
        let denied = database.store.commit(&stranger, NOW, invite("other")).await;
        assert!(
            matches!(denied, Err(Refusal::Denied(Denied { act: Act::ChangePeople, elsewhere: false }))),
            "{}: {denied:?}",
            database.kind
        );
        let rows = database.store.audit(&Filter::default(), 10).await.unwrap();
        assert_eq!(rows.len(), 1, "{}", database.kind);
        assert_eq!(rows[0].entry.act, "person.invite");
        assert_eq!(database.store.count_people(&PersonFilter::everybody()).await.unwrap(), 1);
        assert!(database.store.credentials("other").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_remove_a_row() {
    for database in databases().await {
        some(&database, 2).await;
        for statement in ["UPDATE audit SET who = 'x' WHERE seq = 1", "DELETE FROM audit WHERE seq = 2"] {
            let refused = database.behind_its_back(statement).await.unwrap_err();
            assert!(refused.contains("the audit log only grows"), "{}: {refused}", database.kind);
        }
    }
}

/// Whoever owns the server can remove the guard; the chain then says where the log was touched.
#[tokio::test]
async fn what_the_owner_of_the_server_alters_is_found() {
    let cases = [
        ("UPDATE audit SET who = 'x' WHERE seq = 3", Broken::Altered(3)),
        ("DELETE FROM audit WHERE seq = 3", Broken::Missing(2, 4)),
        ("DELETE FROM audit WHERE seq = 5", Broken::End(4, 5)),
    ];
    for (statement, expected) in cases {
        for database in databases().await {
            some(&database, 5).await;
            assert_eq!(database.store.verify_audit().await.unwrap(), Ok(5), "{}", database.kind);
            let guards: &[&str] = if database.kind == "SQLite" {
                &["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
            } else {
                &["DROP TRIGGER audit_no_change ON audit"]
            };
            for guard in guards {
                database.behind_its_back(guard).await.unwrap();
            }
            database.behind_its_back(statement).await.unwrap();
            assert_eq!(
                database.store.verify_audit().await.unwrap(),
                Err(expected.clone()),
                "{}",
                database.kind
            );
        }
    }
}

#[tokio::test]
async fn many_writers_at_once_make_one_chain() {
    for database in databases().await {
        let mut writers = tokio::task::JoinSet::new();
        for at in 0..8 {
            let store = database.store.clone();
            writers.spawn(async move {
                for turn in 0..10 {
                    store.commit(&console(), NOW, invite(&format!("p{at}-{turn}"))).await.unwrap();
                }
            });
        }
        while let Some(done) = writers.join_next().await {
            done.unwrap();
        }
        assert_eq!(database.store.verify_audit().await.unwrap(), Ok(80), "{}", database.kind);
    }
}

#[tokio::test]
async fn a_change_that_fails_half_way_leaves_nothing() {
    for database in databases().await {
        some(&database, 1).await;
        // The second link of the same hash is refused by the database after the person was written.
        let clash = Invite { link: "link of person0".to_owned(), ..invite("half") };
        assert!(database.store.commit(&console(), NOW, clash).await.is_err());
        assert!(database.store.credentials("half").await.unwrap().is_none(), "{}", database.kind);
        assert_eq!(database.store.verify_audit().await.unwrap(), Ok(1));
        assert!(database.store.commit(&console(), NOW, Close { person: 4_711 }).await.is_err());
    }
}

/// Whoever alters a row and hashes all that follow anew is betrayed by the head.
#[tokio::test]
async fn a_log_that_was_hashed_anew_is_found() {
    for database in databases().await {
        some(&database, 3).await;
        let rows = database.store.audit(&Filter::default(), 10).await.unwrap();
        let (second, last) = (rows.get(1).unwrap(), rows.first().unwrap());
        let entry = LogEntry { who: "x".to_owned(), ..last.entry.clone() };
        let forged = LogRow::after(second.seq, &second.hash, entry);
        let guard = if database.kind == "SQLite" {
            "DROP TRIGGER audit_no_update"
        } else {
            "DROP TRIGGER audit_no_change ON audit"
        };
        database.behind_its_back(guard).await.unwrap();
        let statement = format!("UPDATE audit SET who = 'x', hash = '{}' WHERE seq = 3", forged.hash);
        database.behind_its_back(&statement).await.unwrap();
        assert_eq!(database.store.verify_audit().await.unwrap(), Err(Broken::Head(3)), "{}", database.kind);
    }
}
