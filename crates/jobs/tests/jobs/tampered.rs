//! Archives that somebody has had in his hands: what is not as it was signed restores nothing.

use std::collections::HashMap;
use std::fmt::Debug;
use std::io::{Read, Write};
use std::path::Path;

use parindex_jobs::archive::{ArchiveError, Identity, Maker, Terms, restore, write};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::PersonFilter;
use parindex_testkit::{Database, Office, databases};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::MONDAY;
use crate::archive::{console, maker, own, upload};

/// An archive of an office with one file.
async fn archive(database: &Database, maker: &Maker, target: &Path) -> String {
    Office::new(database).await;
    let hash = upload(&database.store, &database.files(), "S").await;
    write((&database.store, &database.files()), maker, target, MONDAY).await.unwrap();
    hash
}

/// What is in it, in its order.
fn parts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn packed(path: &Path, parts: &[(String, Vec<u8>)]) {
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    parindex_package::whole::write(path, &out.finish().unwrap().into_inner()).unwrap();
}

/// Tries it in an empty database of each kind; nothing may be there afterwards.
async fn refused<E: Debug>(path: &Path, terms: &Terms, expected: impl Fn(&ArchiveError) -> Result<(), E>) {
    for other in databases().await {
        let into = (&other.store, &other.files());
        let error = restore(into, path, terms, (&console(), MONDAY)).await.unwrap_err();
        assert!(expected(&error).is_ok(), "{}: {error:?}", other.kind);
        assert!(!error.say(Lang::Vi).is_empty() && !error.say(Lang::En).is_empty());
        assert_eq!(other.store.count_people(&PersonFilter::everybody()).await.unwrap(), 0, "{}", other.kind);
        assert_eq!(other.store.audit_count().await.unwrap(), 0, "{}", other.kind);
    }
}

macro_rules! is {
    ($pattern:pat) => {
        |error| if matches!(error, $pattern) { Ok(()) } else { Err(()) }
    };
}

#[tokio::test]
async fn whatever_is_changed_in_a_signed_archive_is_found() {
    let (folder, maker) = (tempfile::tempdir().unwrap(), maker());
    let (good, bad) = (folder.path().join("good.zip"), folder.path().join("bad.zip"));
    let other = folder.path().join("other.zip");
    let mut all = databases().await;
    let hash = archive(&all[0], &maker, &good).await;
    let database = all.swap_remove(0);
    upload(&database.store, &database.files(), "T").await;
    write((&database.store, &database.files()), &maker, &other, MONDAY).await.unwrap();
    let whole = parts(&good);
    let of_other: HashMap<String, Vec<u8>> = parts(&other).into_iter().collect();
    let file = format!("files/{hash}");
    let with = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut parts = whole.clone();
        change(&mut parts.iter_mut().find(|(own, _)| own == name).unwrap().1);
        packed(&bad, &parts);
    };
    let flip = |content: &mut Vec<u8>| {
        let middle = content.len() / 2;
        content[middle] = if content[middle] == b'1' { b'2' } else { b'1' };
    };
    with("manifest.json", &|content| {
        let text = String::from_utf8(content.clone()).unwrap();
        *content = text.replacen("Tỉnh Thử", "Tỉnh Thu", 1).into_bytes();
    });
    refused(&bad, &own(&maker), is!(ArchiveError::Forged)).await;
    with("person.jsonl", &flip);
    refused(&bad, &own(&maker), is!(ArchiveError::Altered(_))).await;
    with(&file, &flip);
    refused(&bad, &own(&maker), is!(ArchiveError::File(_))).await;
    with("signature.json", &|content| content.clone_from(&of_other["signature.json"]));
    refused(&bad, &own(&maker), is!(ArchiveError::Forged)).await;
    with("signature.json", &|content| *content = b"{}".to_vec());
    refused(&bad, &own(&maker), is!(ArchiveError::Forged)).await;
    let without = |name: &str| whole.iter().filter(|(own, _)| own != name).cloned().collect::<Vec<_>>();
    packed(&bad, &without(&file));
    refused(&bad, &own(&maker), is!(ArchiveError::File(_))).await;
    packed(&bad, &without("signature.json"));
    refused(&bad, &own(&maker), is!(ArchiveError::Unsigned(_))).await;
    packed(&bad, &without("person.jsonl"));
    refused(&bad, &own(&maker), is!(ArchiveError::Unreadable(_))).await;
    let extra = whole.iter().cloned().chain([("files/them".to_owned(), b"x".to_vec())]).collect::<Vec<_>>();
    packed(&bad, &extra);
    refused(&bad, &own(&maker), is!(ArchiveError::Extra(_))).await;
    // The bytes of the file themselves, as a disk or a line spoils them.
    let mut raw = std::fs::read(&good).unwrap();
    let content = "tệp gốc của S".as_bytes();
    let at = raw.windows(content.len()).position(|window| window == content).unwrap();
    raw[at] ^= 1;
    parindex_package::whole::write(&bad, &raw).unwrap();
    refused(&bad, &own(&maker), is!(ArchiveError::File(_))).await;
    packed(&bad, &whole);
    let another = databases().await;
    let into = (&another[0].store, &database.files());
    restore(into, &bad, &own(&maker), (&console(), MONDAY)).await.unwrap();
}

#[tokio::test]
async fn the_archive_of_somebody_else_or_of_nobody_is_taken_only_when_that_is_said() {
    let (folder, theirs, ours) = (tempfile::tempdir().unwrap(), maker(), maker());
    for database in databases().await {
        let path = folder.path().join(format!("{}.zip", database.kind));
        archive(&database, &theirs, &path).await;
        let key = theirs.key.fingerprint().unwrap();
        let says = |error: &ArchiveError| {
            let said = error.say(Lang::Vi);
            let parts =
                ["«Tỉnh Thử» (https://par.test)", "08:00 ngày", "parindex 0", &format!("--accept-key {key}")];
            let told =
                matches!(error, ArchiveError::Foreign(_)) && parts.iter().all(|part| said.contains(part));
            if told { Ok(()) } else { Err(said) }
        };
        refused(&path, &own(&ours), says).await;
        let wrong = Terms { accept: ours.key.fingerprint(), unsigned: true, ..own(&ours) };
        refused(&path, &wrong, is!(ArchiveError::Foreign(_))).await;
        let unsigned = folder.path().join(format!("{}-unsigned.zip", database.kind));
        let parts: Vec<_> = parts(&path).into_iter().filter(|(name, _)| name != "signature.json").collect();
        packed(&unsigned, &parts);
        refused(
            &unsigned,
            &Terms { accept: Some(key.clone()), ..own(&theirs) },
            is!(ArchiveError::Unsigned(_)),
        )
        .await;
        for (path, terms) in [
            (&path, Terms { accept: Some(key.clone()), ..own(&ours) }),
            (&unsigned, Terms { unsigned: true, ..own(&ours) }),
        ] {
            for other in databases().await {
                let into = (&other.store, &other.files());
                let restored = restore(into, path, &terms, (&console(), MONDAY)).await.unwrap();
                assert_eq!(restored.whose.fingerprint.is_none(), terms.unsigned, "{}", other.kind);
            }
        }
    }
}

#[tokio::test]
async fn an_encrypted_archive_is_read_by_the_holder_of_the_key_alone() {
    let (folder, identity) = (tempfile::tempdir().unwrap(), Identity::generate());
    let maker = Maker { recipient: Some(identity.to_public()), ..maker() };
    for database in databases().await {
        let path = folder.path().join(format!("{}.zip.age", database.kind));
        archive(&database, &maker, &path).await;
        let raw = std::fs::read(&path).unwrap();
        for plain in ["tệp gốc của S", "manifest.json", "officer"] {
            assert!(!raw.windows(plain.len()).any(|window| window == plain.as_bytes()), "{plain}");
        }
        refused(&path, &own(&maker), is!(ArchiveError::Encrypted)).await;
        let other = Terms { identities: vec![Identity::generate()], ..own(&maker) };
        refused(&path, &other, is!(ArchiveError::OtherKey)).await;
        let terms = || Terms { identities: vec![identity.clone()], ..own(&maker) };
        let cut = folder.path().join("cut.zip.age");
        parindex_package::whole::write(&cut, raw.get(..raw.len() - 100).unwrap()).unwrap();
        refused(&cut, &terms(), is!(ArchiveError::Unreadable(_))).await;
        // Whoever encrypts for the same key is not whoever signs.
        let foreign = Terms { identities: vec![identity.clone()], ..Terms::default() };
        refused(&path, &foreign, is!(ArchiveError::Foreign(_))).await;
        for other in databases().await {
            let into = (&other.store, &other.files());
            let restored = restore(into, &path, &terms(), (&console(), MONDAY)).await.unwrap();
            assert_eq!(restored.files, 1, "{}", other.kind);
            assert_eq!(other.store.verify_audit().await.unwrap(), Ok(restored.last + 1));
        }
    }
}
