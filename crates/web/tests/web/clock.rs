//! The clock of a server is set back: what a deadline has locked stays locked, on this server and on every other.

use std::sync::Arc;

use parindex_store::audit::{AcceptClock, Filter};
use parindex_store::{Actor, Clock, FixedClock, Store};
use parindex_testkit::{Office, PASSWORD, app_over, databases};

use crate::campaign::{Prepared, ratio};

/// One minute in microseconds.
const MINUTE: i64 = 60_000_000;

/// The status of an attempt to enter something at 1.1.2.
async fn attempt(played: &Prepared, office: &Office) -> u16 {
    let mut officer = office.browser();
    assert_eq!(officer.sign_in("officer", PASSWORD).await.status, 303);
    ratio(&mut officer, &played.at("1.1.2"), ("9", "10")).await.status
}

/// The same office on another server, whose clock shows another time.
async fn elsewhere(database: &parindex_testkit::Database, now: i64) -> Office {
    let (store, clock) = (Store::connect(&database.url).await.unwrap(), Arc::new(FixedClock::at(now)));
    let app = app_over(store.clone(), database.files(), Arc::clone(&clock), |_settings| {});
    Office {
        app,
        store,
        clock,
        units: std::collections::HashMap::new(),
        people: std::collections::HashMap::new(),
    }
}

#[tokio::test]
async fn what_a_deadline_has_locked_stays_locked_when_the_clock_goes_back() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        assert_eq!(attempt(&played, &played.office).await, 303, "open until 8:10");
        played.minutes(11);
        let mut officer = played.office.signed_in("officer").await;
        let late = ratio(&mut officer, &played.at("1.1.2"), ("8", "10")).await;
        assert_eq!(late.status, 409, "{}", database.kind);
        for back in [MINUTE, 30 * MINUTE, 3 * 24 * 60 * MINUTE, 400 * 24 * 60 * MINUTE] {
            played.office.clock.pass(-back);
            assert_eq!(attempt(&played, &played.office).await, 409, "{}: {back}", database.kind);
            let wrong = elsewhere(&database, played.office.clock.now()).await;
            assert_eq!(attempt(&played, &wrong).await, 409, "{}: another server, {back}", database.kind);
            played.office.clock.pass(back);
        }
        let log = played.office.store.audit(&Filter::default(), 200).await.unwrap();
        assert!(log.is_sorted_by(|newer, older| newer.entry.at >= older.entry.at), "{}", database.kind);
    }
}

/// Nobody wrote anything after the deadline, and the server was started anew with the wrong clock.
#[tokio::test]
async fn the_time_is_kept_without_a_change_and_a_server_that_starts_learns_it() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        played.minutes(11);
        assert!(played.office.app.keep_time().await.unwrap().is_none());
        let wrong = elsewhere(&database, played.office.clock.now() - 5 * MINUTE).await;
        let behind = wrong.app.keep_time().await.unwrap().unwrap();
        assert_eq!(behind.newest - behind.host, 5 * MINUTE, "{}", database.kind);
        assert_eq!(wrong.app.now(), played.office.clock.now());
        assert_eq!(attempt(&played, &wrong).await, 409, "{}", database.kind);
        let mut administrator = wrong.signed_in("administrator").await;
        let page = administrator.get("/jobs").await;
        assert!(page.text.contains("chậm hơn nhật ký 5 phút"), "{}", page.text);
        let ready = administrator.get("/readyz").await;
        assert!(ready.status == 200 && ready.text.contains("behind the log"), "{}", ready.text);
    }
}

/// The clock of a machine showed next year for a moment, and somebody wrote something in it.
#[tokio::test]
async fn a_time_that_was_a_mistake_blocks_nobody_for_ever() {
    for database in databases().await {
        let played = Prepared::opened(&database).await;
        let right = played.office.clock.now();
        let other = elsewhere(&database, right).await;
        played.office.clock.pass(365 * 24 * 60 * MINUTE);
        played.office.signed_in("officer").await;
        played.office.clock.pass(-365 * 24 * 60 * MINUTE);
        for office in [&played.office, &other] {
            assert_eq!(attempt(&played, office).await, 409, "{}", database.kind);
        }
        let behind = other.app.keep_time().await.unwrap().unwrap();
        let accept = AcceptClock { newest: behind.newest, reason: "pin bo mạch".to_owned() };
        other.store.commit(&Actor::console("test"), right, accept).await.unwrap();
        for office in [&played.office, &other] {
            assert!(office.app.keep_time().await.unwrap().is_none(), "{}", database.kind);
            assert_eq!(office.app.now(), right, "{}", database.kind);
            assert_eq!(attempt(&played, office).await, 303, "{}", database.kind);
        }
        let followed = played.office.store.follow_audit().await.unwrap();
        assert!(followed.verdict.is_ok(), "{}", database.kind);
        let back: Vec<i64> = followed.back.iter().map(|back| back.before - back.at).collect();
        assert_eq!(back, [365 * 24 * 60 * MINUTE], "{}: the note of whoever said so", database.kind);
    }
}
