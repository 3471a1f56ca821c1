//! Databases as earlier versions left them come up to this one, with everything in them.
//!
//! A dump is made once, by the version that wrote it, and never changed: `.dump` of SQLite, `pg_dump --inserts` of PostgreSQL.

use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::earlier;

use crate::{NOW, console};

/// The step that was the last one, both dumps, and whether the file of its set is kept.
const VERSIONS: [(&str, &str, &str, bool); 2] = [
    (
        "m0001",
        include_str!("../fixtures/m0001.sqlite.sql"),
        include_str!("../fixtures/m0001.postgres.sql"),
        false,
    ),
    (
        "m0002",
        include_str!("../fixtures/m0002.sqlite.sql"),
        include_str!("../fixtures/m0002.postgres.sql"),
        true,
    ),
];
/// People in each.
const PEOPLE: u64 = 15;
/// Rows of the log in each.
const ROWS: i64 = 53;

#[tokio::test]
async fn every_earlier_version_comes_up_to_this_one() {
    for (version, sqlite, postgres, with_file) in VERSIONS {
        for database in earlier(sqlite, postgres).await {
            let (store, kind) = (&database.store, database.kind);
            assert_eq!(store.verify_audit().await.unwrap(), Ok(ROWS), "{version} {kind}");
            assert_eq!(
                store.count_people(&PersonFilter::everybody()).await.unwrap(),
                PEOPLE,
                "{version} {kind}"
            );
            let officer = store.credentials("officer").await.unwrap().unwrap();
            assert!(officer.password.is_some());
            let held = store.held(&[officer.person.id]).await.unwrap();
            let unit = held.first().and_then(|held| held.unit_name.as_deref());
            assert_eq!(unit, Some("Sở Nội vụ"), "{version} {kind}");
            let text = store.version_text(1, 1).await.unwrap().unwrap();
            assert!(text.contains('@'), "{version} {kind}: the set is there");
            assert_eq!(store.version_file(1, 1).await.unwrap().is_some(), with_file, "{version} {kind}");
            let (name, link) = ("Người Mới".to_owned(), "link".to_owned());
            let invite = Invite { login: "moi".to_owned(), name, title: String::new(), unit: None, link };
            store.commit(&console(), NOW, invite).await.unwrap();
            assert_eq!(store.verify_audit().await.unwrap(), Ok(ROWS + 1), "{version} {kind}");
        }
    }
}
