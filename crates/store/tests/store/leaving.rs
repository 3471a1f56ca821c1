//! Whoever leaves while something is written stops it nowhere in the middle, and takes nothing from those who come after him.

use std::time::Duration;

use parindex_store::Store;
use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::databases;

use crate::{NOW, console};

/// How many leave.
const LEAVING: u64 = 200;

fn invite(login: &str) -> Invite {
    let (login, link) = (login.to_owned(), format!("{login}-link"));
    Invite { login, link, name: "X".to_owned(), title: String::new(), unit: None }
}

#[tokio::test]
async fn a_change_comes_to_its_end_when_whoever_asked_for_it_has_left() {
    for database in databases().await {
        let (store, kind, console) = (&database.store, database.kind, console());
        for turn in 0..LEAVING {
            let change = store.commit(&console, NOW, invite(&format!("p{turn}")));
            // From before the transaction begins to after it was kept, never twice the same.
            let patience = Duration::from_micros(turn * 37 % 4_000);
            let _left = tokio::time::timeout(patience, change).await;
            let counted = store.count_failure("key", NOW, 0);
            let _left = tokio::time::timeout(patience, counted).await;
        }
        store.commit(&console, NOW, invite("last")).await.unwrap();
        let others = Store::connect(&database.url).await.unwrap();
        let people = others.count_people(&PersonFilter::everybody()).await.unwrap();
        assert_eq!(people, LEAVING + 1, "{kind}: each change that was begun is there, once");
        assert_eq!(others.verify_audit().await.unwrap().map(i64::cast_unsigned), Ok(LEAVING + 1), "{kind}");
        for turn in 0..20 {
            store.count_failure(&format!("after{turn}"), NOW, 0).await.unwrap();
            let seen = others.failures(&format!("after{turn}"), 0).await.unwrap();
            assert_eq!(seen, 1, "{kind}: what is written outside of a transaction can be seen by everybody");
        }
    }
}
