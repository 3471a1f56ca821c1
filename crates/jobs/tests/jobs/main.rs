//! Jobs on both databases: done once, whatever happens to whoever does them.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod approved;
mod archive;
mod faulty;
mod tampered;

use std::sync::Arc;

use parindex_jobs::{Backups, Plan, Worker};
use parindex_store::audit::Filter;
use parindex_store::job::{ByJob, State};
use parindex_store::upkeep::Verified;
use parindex_store::{Actor, Clock, FixedClock, Refusal};
use parindex_testkit::{Database, Office, databases};

/// Monday 2 March 2026, 8:00 in Hà Nội.
const MONDAY: i64 = 1_772_413_200_000_000;
const MINUTE: i64 = 60 * 1_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn worker(database: &Database, clock: &Arc<FixedClock>, plan: Plan) -> Worker {
    let clock: Arc<dyn Clock> = Arc::<FixedClock>::clone(clock);
    Worker { store: database.store.clone(), files: database.files(), clock, plan }
}

async fn work(worker: &Worker) -> usize {
    let mut done = 0;
    while worker.turn().await.unwrap() {
        done += 1;
    }
    done
}

#[tokio::test]
async fn every_night_has_its_work_once_however_often_and_late_servers_look() {
    for database in databases().await {
        let clock = Arc::new(FixedClock::at(MONDAY));
        let (one, two) =
            (worker(&database, &clock, Plan::default()), worker(&database, &clock, Plan::default()));
        assert_eq!(
            work(&one).await + work(&two).await,
            3,
            "{}: the log, the files and the sweep",
            database.kind
        );
        assert_eq!(work(&one).await, 0, "nothing more this night");
        clock.pass(-3 * 60 * MINUTE);
        assert_eq!(work(&two).await, 0, "{}: a clock set back brings the night not back", database.kind);
        clock.pass(3 * 60 * MINUTE + 7 * DAY);
        assert_eq!(work(&two).await, 3, "a week without a server is one night’s work");
        let log = database.store.audit(&Filter::default(), 10).await.unwrap();
        let acts: Vec<&str> = log.iter().map(|row| row.entry.act.as_str()).collect();
        assert_eq!(
            acts,
            [
                "files.verify",
                "upkeep.forget",
                "audit.verify",
                "files.verify",
                "upkeep.forget",
                "audit.verify"
            ],
            "{}",
            database.kind
        );
    }
}

#[tokio::test]
async fn of_many_servers_one_gets_a_job() {
    for database in databases().await {
        database.store.put_job("check-log", "one", MONDAY).await.unwrap();
        assert!(
            !database.store.put_job("check-log", "one", MONDAY).await.unwrap(),
            "the same key is there once"
        );
        let mut servers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let store = database.store.clone();
            servers.spawn(async move { store.take_job(MONDAY, MONDAY + MINUTE).await.unwrap() });
        }
        let taken: Vec<_> = servers.join_all().await.into_iter().flatten().collect();
        assert_eq!(taken.len(), 1, "{}", database.kind);
    }
}

/// A server that was thought dead comes back while another one has done its job: its change is refused.
#[tokio::test]
async fn a_job_that_is_begun_twice_is_written_once() {
    for database in databases().await {
        let store = &database.store;
        store.put_job("check-log", "one", MONDAY).await.unwrap();
        let first = store.take_job(MONDAY, MONDAY + MINUTE).await.unwrap().unwrap();
        assert!(store.take_job(MONDAY + 1, MONDAY + MINUTE).await.unwrap().is_none(), "it is held");
        let second = store.take_job(MONDAY + MINUTE, MONDAY + 2 * MINUTE).await.unwrap().unwrap();
        assert!(!store.hold_job(&first, MONDAY + 9 * MINUTE).await.unwrap(), "the first has lost it");
        let done = |job, last| ByJob { job, said: String::new(), change: Verified { last } };
        let console = Actor::console("test");
        store.commit(&console, MONDAY + MINUTE, done(second, 2)).await.unwrap();
        let late = store.commit(&console, MONDAY + 2 * MINUTE, done(first, 1)).await;
        assert!(matches!(late, Err(Refusal::Stale)), "{}: {late:?}", database.kind);
        let log = store.audit(&Filter::default(), 10).await.unwrap();
        assert_eq!(log.len(), 1, "{}", database.kind);
        assert_eq!(log[0].entry.detail, "{\"last\":2}");
    }
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_and_then_given_up() {
    for database in databases().await {
        let clock = Arc::new(FixedClock::at(MONDAY));
        let occupied = database.files_folder().join("occupied");
        std::fs::create_dir_all(database.files_folder()).unwrap();
        parindex_package::whole::write(&occupied, b"a file where the folder should be").unwrap();
        let plan = Plan { backup: Some(Backups { folder: occupied, keep: 2, maker: archive::maker() }) };
        Office::new(&database).await;
        let worker = worker(&database, &clock, plan);
        let mut attempts = 0;
        for _ in 0..6 {
            work(&worker).await;
            let jobs = database.store.jobs(clock.now(), 10).await.unwrap();
            let backup = jobs.iter().find(|listed| listed.job.kind == "backup").unwrap();
            assert!(backup.job.attempt <= attempts + 1, "not tried again before its time");
            attempts = backup.job.attempt;
            clock.pass(40 * MINUTE);
        }
        let jobs = database.store.jobs(clock.now(), 10).await.unwrap();
        let backup = jobs.iter().find(|listed| listed.job.kind == "backup").unwrap();
        assert_eq!(
            (backup.state, backup.job.attempt),
            (State::Failed, 5),
            "{}: {}",
            database.kind,
            backup.said
        );
        assert_eq!(database.store.count_jobs().await.unwrap().failed, 1);
    }
}

#[tokio::test]
async fn a_backup_of_every_night_keeps_the_last_ones() {
    for database in databases().await {
        let clock = Arc::new(FixedClock::at(MONDAY));
        let folder = database.files_folder().join("backups");
        let plan =
            Plan { backup: Some(Backups { folder: folder.clone(), keep: 2, maker: archive::maker() }) };
        std::fs::create_dir_all(&folder).unwrap();
        parindex_package::whole::write(&folder.join("tay.zip"), b"made by hand").unwrap();
        let office = Office::new(&database).await;
        let worker = worker(&database, &clock, plan);
        for _ in 0..4 {
            work(&worker).await;
            clock.pass(DAY);
        }
        let names = std::fs::read_dir(&folder).unwrap();
        assert_eq!(office.people.len(), 18, "there is something to keep");
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(
            names,
            ["parindex-2026-03-04-080000.zip", "parindex-2026-03-05-080000.zip", "tay.zip"],
            "{}",
            database.kind
        );
    }
}

/// The disk of the database is not there, and a new one was made in its place: neither files nor good backups go.
#[tokio::test]
async fn an_empty_or_foreign_database_removes_nothing() {
    for database in databases().await {
        let clock = Arc::new(FixedClock::at(MONDAY));
        let folder = database.files_folder().join("backups");
        let plan =
            Plan { backup: Some(Backups { folder: folder.clone(), keep: 1, maker: archive::maker() }) };
        let worker = worker(&database, &clock, plan);
        database.files().claim("somebody else").await.unwrap();
        work(&worker).await;
        let failed = |kind: &'static str, jobs: &[parindex_store::job::ListedJob]| {
            jobs.iter()
                .find(|listed| listed.job.kind == kind)
                .map(|listed| (listed.state, listed.said.clone()))
        };
        let jobs = database.store.jobs(MONDAY, 10).await.unwrap();
        for kind in ["backup", "sweep"] {
            let (state, said) = failed(kind, &jobs).unwrap();
            assert_eq!(state, State::Failed, "{}: {kind}: {said}", database.kind);
        }
        assert!(!folder.exists(), "{}: no archive of nothing", database.kind);
    }
}

/// What stops the process that does it is not begun for ever.
#[tokio::test]
async fn a_job_that_never_comes_to_its_end_is_given_up() {
    for database in databases().await {
        let clock = Arc::new(FixedClock::at(MONDAY));
        let worker = worker(&database, &clock, Plan::default());
        database.store.put_job("check-log", "deadly", MONDAY - DAY).await.unwrap();
        for turn in 0..5 {
            let taken =
                database.store.take_job(MONDAY + turn * MINUTE, MONDAY + turn * MINUTE + 1).await.unwrap();
            assert_eq!(taken.map(|job| job.attempt), Some(turn + 1), "killed in the middle");
        }
        clock.pass(10 * MINUTE);
        work(&worker).await;
        let jobs = database.store.jobs(clock.now(), 10).await.unwrap();
        let deadly = jobs.iter().find(|listed| listed.job.key == "deadly").unwrap();
        assert_eq!(deadly.state, State::Failed, "{}: {}", database.kind, deadly.said);
        assert!(deadly.done_at.is_some());
    }
}
