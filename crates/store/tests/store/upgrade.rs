//! Databases as earlier versions left them come up to this one, with everything in them.
//!
//! A dump is made once, by the version that wrote it, and never changed: `.dump` of SQLite, `pg_dump --inserts` of PostgreSQL.

use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::earlier;

use crate::{NOW, console};

/// The step that was the last one, both dumps, and how many people and rows of the log are in them.
const VERSIONS: [(&str, &str, &str, u64, i64); 1] = [(
    "m0001",
    include_str!("../fixtures/m0001.sqlite.sql"),
    include_str!("../fixtures/m0001.postgres.sql"),
    15,
    53,
)];

#[tokio::test]
async fn every_earlier_version_comes_up_to_this_one() {
    for (version, sqlite, postgres, people, rows) in VERSIONS {
        for database in earlier(sqlite, postgres).await {
            let (store, kind) = (&database.store, database.kind);
            assert_eq!(store.verify_audit().await.unwrap(), Ok(rows), "{version} {kind}");
            assert_eq!(
                store.count_people(&PersonFilter::everybody()).await.unwrap(),
                people,
                "{version} {kind}"
            );
            let officer = store.credentials("officer").await.unwrap().unwrap();
            assert!(officer.password.is_some());
            let held = store.held(&[officer.person.id]).await.unwrap();
            let unit = held.first().and_then(|held| held.unit_name.as_deref());
            assert_eq!(unit, Some("Sở Nội vụ"), "{version} {kind}");
            let text = store.version_text(1, 1).await.unwrap().unwrap();
            assert!(text.contains('@'), "{version} {kind}: the set is there");
            assert_eq!(store.version_file(1, 1).await.unwrap(), None);
            let (name, link) = ("Người Mới".to_owned(), "link".to_owned());
            let invite = Invite { login: "moi".to_owned(), name, title: String::new(), unit: None, link };
            store.commit(&console(), NOW, invite).await.unwrap();
            assert_eq!(store.verify_audit().await.unwrap(), Ok(rows + 1), "{version} {kind}");
        }
    }
}
