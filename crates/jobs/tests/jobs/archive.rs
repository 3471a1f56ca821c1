//! Backups with evidence: taken while others write, restored into every other kind.

use bytes::Bytes;
use parindex_files::Files;
use parindex_jobs::archive::{Maker, SigningKey, Terms, restore, write};
use parindex_store::criteria_set::UploadSet;
use parindex_store::file::Filed;
use parindex_store::person::PersonFilter;
use parindex_store::{Actor, Store};
use parindex_testkit::{Office, databases};

use crate::MONDAY;

/// Sets that come in while backups are made.
const UPLOADS: u64 = 30;

/// An installation with a key of its own.
pub fn maker() -> Maker {
    Maker {
        title: "Tỉnh Thử".to_owned(),
        base_url: "https://par.test".to_owned(),
        key: SigningKey::new().unwrap(),
        recipient: None,
    }
}

/// What an installation takes without being asked: its own archives.
pub fn own(maker: &Maker) -> Terms {
    Terms { keys: vec![maker.key.public().unwrap()], ..Terms::default() }
}

pub fn console() -> Actor {
    Actor::console("test")
}

/// Puts a criteria set with its file there.
pub async fn upload(store: &Store, files: &Files, code: &str) -> String {
    let content = format!("tệp gốc của {code}");
    let parts = [Ok::<_, std::io::Error>(Bytes::from(content))];
    let kept = files.keep(futures_util::stream::iter(parts), u64::MAX).await.unwrap();
    let name = format!("{code}.csv");
    let file = Filed { hash: kept.hash.to_string(), size: kept.size, kind: "text/csv".to_owned(), name };
    let upload = UploadSet {
        code: code.to_owned(),
        title: code.to_owned(),
        text: code.to_owned(),
        note: String::new(),
        file: Some(file),
    };
    store.commit(&console(), MONDAY, upload).await.unwrap();
    kept.hash.to_string()
}

#[tokio::test]
async fn a_backup_under_load_is_one_moment_and_restores_into_every_other_kind() {
    let (folder, maker) = (tempfile::tempdir().unwrap(), maker());
    for database in databases().await {
        let office = Office::new(&database).await;
        let files = database.files();
        let writing = tokio::spawn({
            let (store, files) = (office.store.clone(), files.clone());
            async move {
                for at in 0..UPLOADS {
                    upload(&store, &files, &format!("S{at}")).await;
                }
            }
        });
        let mut archives = Vec::new();
        while !writing.is_finished() {
            let path = folder.path().join(format!("{}{}.zip", database.kind, archives.len()));
            let manifest = write((&office.store, &files), &maker, &path, MONDAY).await.unwrap();
            archives.push((path, manifest));
        }
        writing.await.unwrap();
        let (path, manifest) = archives.into_iter().find(|(_, manifest)| manifest.files > 0).unwrap();
        assert!(manifest.files <= UPLOADS, "{}", database.kind);
        for other in databases().await {
            let place = other.files();
            let into = (&other.store, &place);
            let restored = restore(into, &path, &own(&maker), (&console(), MONDAY)).await.unwrap();
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
