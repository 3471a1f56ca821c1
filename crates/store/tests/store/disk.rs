//! A disk that is full or may not be written: said in plain words, nothing lost, and work goes on once there is room.
//!
//! The test runs itself again in a name space where it may mount a small disk.

use std::path::Path;
use std::process::{Command, Output};

use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::{Invite, PersonFilter};
use parindex_store::{Refusal, Store, Trouble};

use crate::{NOW, console};

/// Where the child finds its disk.
const VARIABLE: &str = "PARINDEX_TEST_DISK";

/// Runs a test of this file on a disk of its own; `between` are commands of the shell that come before it.
fn on_a_small_disk(test: &str, between: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=4m tmpfs \"${VARIABLE}\" && {between} exec \"$0\" --exact disk::{test} --ignored --nocapture"
    );
    Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(VARIABLE, folder.path())
        .output()
        .unwrap()
}

fn succeeded(output: &Output) {
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

fn invite(at: u64) -> Invite {
    let login = format!("p{at}");
    Invite { link: login.clone(), login, name: "Người ".repeat(15), title: "x".repeat(100), unit: None }
}

async fn open(folder: &Path) -> Store {
    let store = Store::connect(&format!("sqlite:{}", folder.join("disk.db").display())).await.unwrap();
    store.migrate().await.unwrap();
    store
}

async fn people(store: &Store) -> u64 {
    store.count_people(&PersonFilter::everybody()).await.unwrap()
}

#[tokio::test]
#[ignore = "the process on the small disk"]
async fn child_on_a_full_disk() {
    let Ok(folder) = std::env::var(VARIABLE) else { return };
    let folder = Path::new(&folder);
    let store = open(folder).await;
    let ballast = folder.join("ballast");
    parindex_package::whole::write(&ballast, &vec![7; 2_500_000]).unwrap();
    let mut written = 0;
    let refusal = loop {
        match store.commit(&console(), NOW, invite(written)).await {
            Ok(_) => written += 1,
            Err(refusal) => break refusal,
        }
        assert!(written < 20_000, "the disk never fills");
    };
    let Refusal::Store(error) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(error.trouble(), Some(Trouble::Full), "{error}");
    assert!(refusal.say(Lang::Vi).contains("Đĩa của cơ sở dữ liệu đã đầy"));
    assert!(written > 10, "only {written} writes before the disk was full");
    assert_eq!(people(&store).await, written, "what was acknowledged can be read");
    assert!(store.commit(&console(), NOW, invite(written)).await.is_err(), "still full");
    std::fs::remove_file(ballast).unwrap();
    store.commit(&console(), NOW, invite(written)).await.unwrap();
    assert_eq!(people(&store).await, written + 1, "nothing doubled");
    assert_eq!(store.verify_audit().await.unwrap().map(|last| u64::try_from(last).unwrap()), Ok(written + 1));
}

#[test]
fn a_full_disk_loses_nothing_and_goes_on_once_there_is_room() {
    succeeded(&on_a_small_disk("child_on_a_full_disk", ""));
}

#[tokio::test]
#[ignore = "the process that fills the disk before it may only be read"]
async fn child_that_prepares() {
    let Ok(folder) = std::env::var(VARIABLE) else { return };
    open(Path::new(&folder)).await.commit(&console(), NOW, invite(0)).await.unwrap();
}

#[tokio::test]
#[ignore = "the process on the disk that may only be read"]
async fn child_on_a_disk_to_read() {
    let Ok(folder) = std::env::var(VARIABLE) else { return };
    let url = format!("sqlite:{}", Path::new(&folder).join("disk.db").display());
    let error = match Store::connect(&url).await {
        Err(error) => error,
        Ok(store) => match store.commit(&console(), NOW, invite(1)).await {
            Err(Refusal::Store(error)) => error,
            other => panic!("{:?}", other.map(|_| ())),
        },
    };
    let said = error.say(Lang::Vi);
    assert!(said.contains("chỉ cho đọc") || said.contains("thư mục và đĩa"), "{said} ({error})");
}

#[test]
fn a_disk_that_may_only_be_read_is_named_as_what_it_is() {
    let prepare = "\"$0\" --exact disk::child_that_prepares --ignored --nocapture && mount -o remount,ro \"$PARINDEX_TEST_DISK\" &&";
    succeeded(&on_a_small_disk("child_on_a_disk_to_read", prepare));
}
