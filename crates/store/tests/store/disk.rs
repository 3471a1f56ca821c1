//! A disk that is full or may not be written: said in plain words, nothing lost, and work goes on once there is room.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::{Invite, PersonFilter};
use parindex_store::{Refusal, Store, StoreError, Trouble};
use parindex_testkit::{Database, small_disk};

use crate::{NOW, console};

/// How many write at once.
const WRITERS: usize = 30;
/// How many writes fail before there is room again.
const FAILED: usize = 400;
/// How many succeed after that.
const AFTER: usize = 600;

fn invite(login: &str) -> Invite {
    let (login, link) = (login.to_owned(), format!("{login}-link"));
    Invite { link, login, name: "Người ".repeat(15), title: "x".repeat(100), unit: None }
}

async fn people(store: &Store) -> u64 {
    store.count_people(&PersonFilter::everybody()).await.unwrap()
}

/// What the writers have seen together.
#[derive(Default)]
struct Seen {
    written: AtomicUsize,
    failed: AtomicUsize,
    freed: AtomicUsize,
}

impl Seen {
    fn is_over(&self) -> bool {
        self.freed.load(Ordering::SeqCst) > AFTER
    }
}

/// Writes one after the other, refused in between for a reason of its own; the answer is what was acknowledged, and what may be
/// there or not.
async fn writer(store: Store, at: usize, seen: Arc<Seen>) -> (Vec<String>, Vec<String>) {
    let (mut acknowledged, mut unsure) = (Vec::new(), Vec::new());
    let latest = Instant::now() + Duration::from_mins(3);
    for turn in 0.. {
        if seen.is_over() {
            break;
        }
        assert!(Instant::now() < latest, "not enough could be written after there was room again");
        let login = format!("p{at}-{turn}");
        match store.commit(&console(), NOW, invite(&login)).await {
            Ok(_) => {
                seen.written.fetch_add(1, Ordering::SeqCst);
                if seen.failed.load(Ordering::SeqCst) >= FAILED {
                    seen.freed.fetch_add(1, Ordering::SeqCst);
                }
                acknowledged.push(login);
            }
            Err(Refusal::CommitUnknown(_)) => unsure.push(login),
            Err(Refusal::Store(error)) => {
                assert!(error.trouble().is_some(), "{error}");
                seen.failed.fetch_add(1, Ordering::SeqCst);
            }
            Err(other) => assert_eq!(format!("{other:?}"), "", "refused for another reason"),
        }
        // An ordinary refusal between the writes: it rolls its transaction back.
        let refused = store.commit(&console(), NOW, invite("known")).await;
        assert!(matches!(refused, Err(Refusal::Taken(_) | Refusal::Store(_))), "{:?}", refused.err());
        // What no log is kept of goes another way to the database.
        let _counted = store.count_failure(&format!("p{at}"), NOW, NOW).await;
    }
    (acknowledged, unsure)
}

#[tokio::test]
#[ignore = "the process on the small disk"]
async fn child_with_many_writers() {
    let Some(folder) = small_disk::folder() else { return };
    let database = small_disk::database(&folder).await;
    let (store, kind) = (database.store.clone(), database.kind);
    store.commit(&console(), NOW, invite("known")).await.unwrap();
    let (ballast, seen) = (small_disk::fill(&folder), Arc::<Seen>::default());
    let begin = |at| tokio::spawn(writer(store.clone(), at, Arc::clone(&seen)));
    let writers: Vec<_> = (0..WRITERS).map(begin).collect();
    until(&format!("{kind}: the disk is full"), || seen.failed.load(Ordering::SeqCst) >= FAILED).await;
    let outage = store.outage().expect("the server knows that nothing can be written");
    assert_eq!(outage.trouble, Trouble::Full, "{kind}");
    assert!(outage.say(Lang::Vi).contains("đĩa của cơ sở dữ liệu đã đầy"));
    assert!(people(&store).await > 0, "{kind}: whoever only looks is answered");
    std::fs::remove_file(ballast).unwrap();
    let (mut acknowledged, mut unsure) = (HashSet::from(["known".to_owned()]), Vec::new());
    for writer in writers {
        let (written, maybe) = writer.await.unwrap();
        acknowledged.extend(written);
        unsure.extend(maybe);
    }
    assert_eq!(store.outage(), None, "{kind}: a write that succeeds ends it");
    is_all_there(&database, &acknowledged, &unsure).await;
}

/// Looks into the database as a new server finds it.
async fn is_all_there(database: &Database, acknowledged: &HashSet<String>, unsure: &[String]) {
    let store = Store::connect(&database.url).await.unwrap();
    for login in acknowledged {
        assert!(store.credentials(login).await.unwrap().is_some(), "{login} was acknowledged and is lost");
    }
    let mut there = acknowledged.len();
    for login in unsure {
        there += usize::from(store.credentials(login).await.unwrap().is_some());
    }
    assert_eq!(people(&store).await, there as u64, "nothing doubled, nothing that was refused");
    let rows = store.verify_audit().await.unwrap().unwrap();
    assert_eq!(usize::try_from(rows).unwrap(), there, "each change has its entry and each entry its change");
    assert!(acknowledged.len() > AFTER, "only {} writes", acknowledged.len());
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let latest = Instant::now() + Duration::from_mins(2);
    while !is_so() {
        assert!(Instant::now() < latest, "not within two minutes: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn a_full_disk_under_many_writers_loses_nothing_that_was_acknowledged() {
    small_disk::passed(&small_disk::run("disk::child_with_many_writers", ""));
    match small_disk::run_on_postgres("disk::child_with_many_writers") {
        Some(output) => small_disk::passed(&output),
        None => eprintln!("not tried on PostgreSQL: it cannot be started as another user here"),
    }
}

#[tokio::test]
#[ignore = "the process on the small disk"]
async fn child_that_waits_for_room() {
    let Some(folder) = small_disk::folder() else { return };
    let store = small_disk::database(&folder).await.store;
    let ballast = small_disk::fill(&folder);
    let mut written = 0;
    let refusal = loop {
        match store.commit(&console(), NOW, invite(&format!("p{written}"))).await {
            Ok(_) => written += 1,
            Err(refusal) => break refusal,
        }
        assert!(written < 20_000, "the disk never fills");
    };
    let Refusal::Store(error) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(error.trouble(), Some(Trouble::Full), "{error}");
    assert!(refusal.say(Lang::Vi).contains("Đĩa của cơ sở dữ liệu đã đầy"));
    assert_eq!(people(&store).await, written, "what was acknowledged can be read");
    std::fs::remove_file(ballast).unwrap();
    until("the server finds out by itself that there is room", || store.outage().is_none()).await;
    store.commit(&console(), NOW, invite("after")).await.unwrap();
    assert_eq!(people(&store).await, written + 1, "nothing doubled");
    assert_eq!(store.verify_audit().await.unwrap().map(|last| u64::try_from(last).unwrap()), Ok(written + 1));
}

#[test]
fn a_full_disk_is_named_and_left_behind_without_anybody_writing() {
    small_disk::passed(&small_disk::run("disk::child_that_waits_for_room", ""));
}

#[tokio::test]
#[ignore = "the process that fills the disk before it may only be read"]
async fn child_that_prepares() {
    let Some(folder) = small_disk::folder() else { return };
    small_disk::database(&folder).await.store.commit(&console(), NOW, invite("before")).await.unwrap();
}

#[tokio::test]
#[ignore = "the process that is killed before the disk may only be read"]
async fn child_that_is_cut_off() {
    let Some(folder) = small_disk::folder() else { return };
    small_disk::database(&folder).await.store.commit(&console(), NOW, invite("before")).await.unwrap();
    std::process::abort();
}

#[tokio::test]
#[ignore = "the process on the disk that may only be read"]
async fn child_on_a_disk_to_read() {
    let Some(folder) = small_disk::folder() else { return };
    let store = small_disk::database(&folder).await.store;
    assert_eq!(store.outage().map(|outage| outage.trouble), Some(Trouble::ReadOnly));
    assert_eq!(people(&store).await, 1, "a server that starts on it answers whoever looks");
    let refusal = store.commit(&console(), NOW, invite("refused")).await.err().unwrap();
    let Refusal::Store(error @ StoreError::Database(_)) = refusal else { panic!("{refusal:?}") };
    assert!(error.say(Lang::Vi).contains("chỉ cho đọc"), "{error}");
    let mounted = std::process::Command::new("mount").args(["-o", "remount,rw"]).arg(&folder).status();
    assert!(mounted.unwrap().success());
    until("the server finds out by itself that it can write", || store.outage().is_none()).await;
    store.commit(&console(), NOW, invite("after")).await.unwrap();
    assert_eq!(people(&store).await, 2);
    let again = Store::connect(&format!("sqlite:{}", folder.join("disk.db").display())).await.unwrap();
    assert!(again.credentials("after").await.unwrap().is_some(), "what was acknowledged is in the file");
}

#[test]
fn a_server_that_starts_on_a_disk_to_read_goes_on_once_it_can_write() {
    // With the files beside the database that a server leaves which was killed, and without.
    for before in ["child_that_prepares", "child_that_is_cut_off"] {
        let prepare = format!(
            "{{ \"$0\" --exact disk::{before} --ignored --nocapture >&2; mount -o remount,ro \"$PARINDEX_TEST_DISK\"; }} &&"
        );
        small_disk::passed(&small_disk::run("disk::child_on_a_disk_to_read", &prepare));
    }
}
