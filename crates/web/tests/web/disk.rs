//! The disk of the database is full while many send forms: each that was answered as written is in the database, pages go on with a
//! notice, the watcher is told, and work goes on by itself once there is room.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use parindex_store::Store;
use parindex_testkit::{Browser, Office, small_disk};
use parindex_web::router;

/// How many send forms at once.
const SENDERS: usize = 8;
/// How many forms fail before there is room again.
const FAILED: usize = 60;
/// How many are taken after that.
const AFTER: usize = 100;

/// What all senders have seen together.
#[derive(Default)]
struct Seen {
    failed: AtomicUsize,
    after: AtomicUsize,
}

/// Adds units, with a code that is taken in between; the answer is what was taken: its place and its code.
async fn sender(mut browser: Browser, at: usize, seen: Arc<Seen>) -> Vec<(String, String)> {
    browser.get("/units/new").await;
    let mut taken = Vec::new();
    let latest = Instant::now() + Duration::from_mins(3);
    for turn in 0.. {
        if seen.after.load(Ordering::SeqCst) > AFTER {
            break;
        }
        assert!(Instant::now() < latest, "not enough was taken after there was room again");
        let code = format!("D{at}.{turn}");
        let fields = |code| [("code", code), ("name", "Sở Thử nghiệm của tỉnh"), ("level", "department")];
        let answer = browser.post("/units/new", &fields(code.as_str())).await;
        match (answer.status, answer.location) {
            (303, Some(place)) => {
                if seen.failed.load(Ordering::SeqCst) >= FAILED {
                    seen.after.fetch_add(1, Ordering::SeqCst);
                }
                taken.push((place, code.clone()));
            }
            (503, _) => {
                assert!(answer.text.contains("Đĩa của cơ sở dữ liệu đã đầy"), "{}", answer.text);
                seen.failed.fetch_add(1, Ordering::SeqCst);
            }
            (status, _) => assert!(status == 303, "{status}: {}", answer.text),
        }
        let refused = browser.post("/units/new", &fields("A")).await;
        assert!([422, 503].contains(&refused.status), "{}", refused.text);
    }
    taken
}

#[tokio::test]
#[ignore = "the process on the small disk"]
async fn child_that_sends_forms() {
    let Some(folder) = small_disk::folder() else { return };
    let database = small_disk::database(&folder).await;
    let office = Office::new(&database).await;
    let (mut reader, kind) = (office.signed_in("standing-body").await, database.kind);
    let cookies = reader.cookie_header();
    let (ballast, seen) = (small_disk::fill(&folder), Arc::<Seen>::default());
    let begin = |at| {
        let browser = Browser::with_cookies(router(office.app.clone()), &cookies);
        tokio::spawn(sender(browser, at, Arc::clone(&seen)))
    };
    let senders: Vec<_> = (0..SENDERS).map(begin).collect();
    while seen.failed.load(Ordering::SeqCst) < FAILED {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let page = reader.get("/units").await;
    assert_eq!(page.status, 200, "{kind}: whoever only looks is answered");
    assert!(page.text.contains("chưa lưu được nội dung mới: đĩa của cơ sở dữ liệu đã đầy"), "{}", page.text);
    let ready = reader.get("/readyz").await;
    assert_eq!(
        (ready.status, ready.text.as_str()),
        (503, "the database takes no writes: its disk is full\n")
    );
    std::fs::remove_file(ballast).unwrap();
    let mut taken = Vec::new();
    for sender in senders {
        taken.extend(sender.await.unwrap());
    }
    assert_eq!(reader.get("/readyz").await.status, 200, "{kind}: it goes on by itself");
    assert!(!reader.get("/units").await.text.contains("chưa lưu được nội dung mới"), "{kind}");
    let again = Store::connect(&database.url).await.unwrap();
    assert!(taken.len() > AFTER, "{kind}: only {} forms", taken.len());
    for (place, code) in taken {
        let unit = again.unit(place.trim_start_matches("/units/").parse().unwrap()).await.unwrap();
        assert_eq!(unit.map(|unit| unit.code), Some(code), "{kind}: answered as written, and lost");
    }
    assert!(again.verify_audit().await.unwrap().is_ok());
}

#[test]
fn forms_on_a_full_disk_are_written_or_refused() {
    small_disk::passed(&small_disk::run("disk::child_that_sends_forms", ""));
    match small_disk::run_on_postgres("disk::child_that_sends_forms") {
        Some(output) => small_disk::passed(&output),
        None => eprintln!("not tried on PostgreSQL: it cannot be started as another user here"),
    }
}
