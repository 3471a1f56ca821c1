//! Files that are not there, or not as they were: told by name, and no reason to have no backup.

use std::path::PathBuf;

use parindex_jobs::archive::{restore, write};
use parindex_jobs::check_files::{Fault, FileReading, look, told};
use parindex_jobs::{Backups, Plan};
use parindex_rulebook::lang::Lang;
use parindex_store::job::{ListedJob, State};
use parindex_store::{Clock, FixedClock};
use parindex_testkit::{Database, Office, databases};

use crate::archive::{console, maker, own, upload};
use crate::{DAY, MONDAY, work, worker};

/// Where a file lies.
fn place(database: &Database, hash: &str) -> PathBuf {
    let (folder, rest) = hash.split_at(2);
    database.files_folder().join("files").join(folder).join(rest)
}

fn newest(jobs: &[ListedJob], kind: &str) -> ListedJob {
    jobs.iter().find(|listed| listed.job.kind == kind).unwrap().clone()
}

/// One of three files is gone and one has another byte.
async fn spoiled(database: &Database) -> (String, String) {
    let files = database.files();
    let gone = upload(&database.store, &files, "MAT").await;
    let altered = upload(&database.store, &files, "SUA").await;
    upload(&database.store, &files, "CON").await;
    std::fs::remove_file(place(database, &gone)).unwrap();
    let mut content = std::fs::read(place(database, &altered)).unwrap();
    *content.first_mut().unwrap() ^= 1;
    parindex_package::whole::write(&place(database, &altered), &content).unwrap();
    (gone, altered)
}

#[tokio::test]
async fn a_backup_without_a_file_says_which_and_restores_with_the_rest() {
    let (folder, maker) = (tempfile::tempdir().unwrap(), maker());
    for database in databases().await {
        let (gone, altered) = spoiled(&database).await;
        let target = folder.path().join(format!("{}.zip", database.kind));
        let from = (&database.store, &database.files());
        let manifest = write(from, &maker, &target, MONDAY).await.unwrap();
        let mut faults: Vec<_> =
            manifest.missing.iter().map(|faulty| (faulty.hash.clone(), faulty.fault)).collect();
        faults.sort_by_key(|(_, fault)| *fault == Fault::Altered);
        assert_eq!(faults, [(gone.clone(), Fault::Missing), (altered.clone(), Fault::Altered)]);
        assert_eq!(manifest.files, 1, "{}", database.kind);
        let said = told(&manifest.missing, Lang::Vi).unwrap();
        for part in [
            format!("thiếu: «MAT.csv», tệp gốc của bộ tiêu chí MAT (tệp {gone})"),
            format!("(tệp {altered})"),
        ] {
            assert!(said.contains(&part), "{}: {said}", database.kind);
        }
        for other in databases().await {
            let into = (&other.store, &other.files());
            let restored = restore(into, &target, &own(&maker), (&console(), MONDAY)).await.unwrap();
            assert_eq!((restored.files, &restored.missing), (1, &manifest.missing), "{}", other.kind);
            assert_eq!(other.store.named_files().await.unwrap().len(), 3, "the rows are all there");
            let looked = look(&other.store, &other.files(), FileReading::All).await.unwrap();
            let missing: Vec<_> = looked.faulty.iter().map(|faulty| faulty.fault).collect();
            assert_eq!(missing, [Fault::Missing, Fault::Missing], "what was altered is not passed on");
        }
    }
}

#[tokio::test]
async fn sizes_show_what_is_gone_and_reading_what_is_altered() {
    for database in databases().await {
        let (gone, altered) = spoiled(&database).await;
        let files = database.files();
        let hashes = |looked: parindex_jobs::check_files::FileCheck| {
            looked.faulty.into_iter().map(|faulty| faulty.hash).collect::<Vec<_>>()
        };
        let quick = look(&database.store, &files, FileReading::None).await.unwrap();
        assert_eq!((quick.files, quick.read), (3, 0), "{}", database.kind);
        assert_eq!(hashes(quick), std::slice::from_ref(&gone));
        let mut both = [gone.clone(), altered.clone()];
        both.sort();
        assert_eq!(hashes(look(&database.store, &files, FileReading::All).await.unwrap()), both);
        // Somewhere in four weeks is the night of the one that was altered.
        let mut nights = 0;
        for night in 0..28 {
            let looked =
                look(&database.store, &files, FileReading::Share(MONDAY + night * DAY)).await.unwrap();
            nights += usize::from(looked.faulty.iter().any(|faulty| faulty.hash == altered));
        }
        assert_eq!(nights, 1, "{}", database.kind);
        // A file that is shorter needs no reading.
        parindex_package::whole::write(&place(&database, &altered), b"x").unwrap();
        assert_eq!(hashes(look(&database.store, &files, FileReading::None).await.unwrap()), both);
    }
}

#[tokio::test]
async fn the_night_says_what_is_missing_and_keeps_the_last_whole_backup() {
    for database in databases().await {
        let clock = std::sync::Arc::new(FixedClock::at(MONDAY));
        let folder = database.files_folder().join("backups");
        let plan = Plan { backup: Some(Backups { folder: folder.clone(), keep: 2, maker: maker() }) };
        Office::new(&database).await;
        let worker = worker(&database, &clock, plan);
        let hash = upload(&database.store, &database.files(), "MAT").await;
        work(&worker).await;
        let jobs = database.store.jobs(clock.now(), 50).await.unwrap();
        assert_eq!(newest(&jobs, "check-files").state, State::Done, "{}", database.kind);
        std::fs::remove_file(place(&database, &hash)).unwrap();
        for _ in 0..4 {
            clock.pass(DAY);
            work(&worker).await;
        }
        let jobs = database.store.jobs(clock.now(), 50).await.unwrap();
        let (check, backup) = (newest(&jobs, "check-files"), newest(&jobs, "backup"));
        assert_eq!((check.state, backup.state), (State::Failed, State::Done), "{}", database.kind);
        for said in [&check.said, &backup.said] {
            assert!(said.contains("«MAT.csv»") && said.contains(&hash), "{}: {said}", database.kind);
        }
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "parindex-2026-03-02-080000.zip",
                "parindex-2026-03-05-080000-incomplete.zip",
                "parindex-2026-03-06-080000-incomplete.zip"
            ],
            "{}",
            database.kind
        );
    }
}
