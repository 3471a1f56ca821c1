//! Several questions through one connection.

use futures_util::future::join_all;
use parindex_store::Store;
use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::databases;

use crate::{NOW, console};

#[tokio::test]
async fn a_snapshot_tells_of_one_moment_whatever_others_change_meanwhile() {
    for database in databases().await {
        let count =
            |store: Store| async move { store.count_people(&PersonFilter::everybody()).await.unwrap() };
        let invite = Invite {
            login: "moi".to_owned(),
            name: "Người mới".to_owned(),
            title: String::new(),
            unit: None,
            link: "link".to_owned(),
        };
        let snapshot = database.store.snapshot().await.unwrap();
        assert_eq!(count(snapshot.clone()).await, 0, "{}", database.kind);
        database.store.commit(&console(), NOW, invite).await.unwrap();
        assert_eq!(count(snapshot.clone()).await, 0, "{}: its moment is before the change", database.kind);
        assert_eq!(count(database.store.clone()).await, 1, "{}", database.kind);
        drop(snapshot);
        let later = database.store.snapshot().await.unwrap();
        assert_eq!(count(later).await, 1, "{}: the next one is after it", database.kind);
    }
}

#[tokio::test]
async fn more_snapshots_than_connections_wait_for_each_other_and_all_are_answered() {
    for database in databases().await {
        let ask = |_| {
            let store = database.store.clone();
            async move {
                let snapshot = store.snapshot().await.unwrap();
                snapshot.count_people(&PersonFilter::everybody()).await.unwrap()
            }
        };
        let asked = join_all((0..100).map(ask)).await;
        assert!(asked.iter().all(|count| *count == 0) && asked.len() == 100, "{}", database.kind);
    }
}
