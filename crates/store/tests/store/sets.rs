//! The library of criteria sets.

use parindex_domain::refusal::{CriteriaSetRefusal, NotNow};
use parindex_store::Refusal;
use parindex_store::criteria_set::{Edit, Settle, UploadSet};
use parindex_testkit::databases;
use serde_json::Value;

use crate::{NOW, console};

fn upload(text: &str) -> UploadSet {
    let (code, title) = ("S".to_owned(), "Bộ tiêu chí".to_owned());
    UploadSet { code, title, text: text.to_owned(), note: String::new(), file: None }
}

fn edit(from: &str, to: &str) -> Edit {
    Edit { set: 1, number: 1, from: from.to_owned(), to: to.to_owned(), what: Value::Null }
}

#[tokio::test]
async fn versions_are_kept_and_a_settled_one_stays_as_it_is() {
    for database in databases().await {
        let store = &database.store;
        let first = store.commit(&console(), NOW, upload("one")).await.unwrap();
        let second = store.commit(&console(), NOW, upload("two")).await.unwrap();
        assert_eq!((first.set, first.number, second.number), (second.set, 1, 2), "{}", database.kind);
        store.commit(&console(), NOW, edit("one", "one, mended")).await.unwrap();
        let outdated = store.commit(&console(), NOW, edit("one", "other")).await;
        assert!(matches!(outdated, Err(Refusal::Stale)), "the second to save is told");
        store.commit(&console(), NOW, Settle { set: first.set, number: 1 }).await.unwrap();
        let settled = store.commit(&console(), NOW, edit("one, mended", "no")).await;
        assert!(matches!(settled, Err(Refusal::NotNow(NotNow::CriteriaSet(CriteriaSetRefusal::NotDraft)))));
        assert_eq!(store.version_text(first.set, 1).await.unwrap().as_deref(), Some("one, mended"));
        assert_eq!(store.version_text(first.set, 2).await.unwrap().as_deref(), Some("two"));
    }
}
