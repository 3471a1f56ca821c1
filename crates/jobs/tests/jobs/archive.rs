//! Backups with evidence: taken while others write, restored into every other kind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use parindex_files::Files;
use parindex_jobs::archive::{ArchiveError, restore, write};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::criteria_set::Upload;
use parindex_store::file::Filed;
use parindex_store::person::PersonFilter;
use parindex_store::{Actor, Store};
use parindex_testkit::{Office, databases};

use crate::MONDAY;

fn console() -> Actor {
    Actor::console("test")
}

/// Puts a criteria set with its file there.
async fn upload(store: &Store, files: &Files, code: &str) {
    let content = format!("tệp gốc của {code}");
    let parts = [Ok::<_, std::io::Error>(Bytes::from(content))];
    let kept = files.keep(futures_util::stream::iter(parts), u64::MAX).await.unwrap();
    let name = format!("{code}.csv");
    let file = Filed { hash: kept.hash.to_string(), size: kept.size, kind: "text/csv".to_owned(), name };
    let upload = Upload {
        code: code.to_owned(),
        title: code.to_owned(),
        text: code.to_owned(),
        note: String::new(),
        file: Some(file),
    };
    store.commit(&console(), MONDAY, upload).await.unwrap();
}

#[tokio::test]
async fn a_backup_under_load_is_one_moment_and_restores_into_every_other_kind() {
    let folder = tempfile::tempdir().unwrap();
    for database in databases().await {
        let office = Office::new(&database).await;
        let (files, stop) = (database.files(), Arc::new(AtomicBool::new(false)));
        let writing = tokio::spawn({
            let (store, files, stop) = (office.store.clone(), files.clone(), Arc::clone(&stop));
            async move {
                let mut at = 0;
                while !stop.load(Ordering::Relaxed) {
                    upload(&store, &files, &format!("S{at}")).await;
                    at += 1;
                }
                at
            }
        });
        let mut archives = Vec::new();
        for turn in 0..5 {
            let path = folder.path().join(format!("{}{turn}.zip", database.kind));
            let manifest = write(&office.store, &files, &path, MONDAY).await.unwrap();
            archives.push((path, manifest));
        }
        stop.store(true, Ordering::Relaxed);
        let written = writing.await.unwrap();
        assert!(written > 5, "{}: only {written} uploads beside five backups", database.kind);
        let (path, manifest) = archives.pop().unwrap();
        assert!(manifest.files > 0);
        for other in databases().await {
            let place = other.files();
            let restored = restore(&other.store, &place, &path, (&console(), MONDAY)).await.unwrap();
            assert_eq!(restored.files, manifest.files, "{} to {}", database.kind, other.kind);
            assert_eq!(other.store.verify_audit().await.unwrap(), Ok(restored.last + 1));
            let named = other.store.named_files().await.unwrap();
            assert_eq!(u64::try_from(named.len()).unwrap(), manifest.files);
            for hash in named {
                place.check(&parindex_files::FileHash::parse(&hash).unwrap()).await.unwrap();
            }
            let people = other.store.count_people(&PersonFilter::everybody()).await.unwrap();
            assert_eq!(people, office.people.len() as u64, "{}", other.kind);
        }
    }
}

#[tokio::test]
async fn a_backup_that_would_lack_a_file_is_not_made() {
    for database in databases().await {
        let files = database.files();
        upload(&database.store, &files, "S").await;
        std::fs::remove_dir_all(database.files_folder().join("files")).unwrap();
        let target = database.files_folder().join("backup.zip");
        let failed = write(&database.store, &files, &target, MONDAY).await.unwrap_err();
        assert!(matches!(failed, ArchiveError::Files(_)), "{}", failed.say(Lang::Vi));
        assert!(!target.exists());
    }
}
