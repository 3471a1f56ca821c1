//! Files in a folder, and on an S3 server where the test command has started one.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod uploads;

use std::collections::HashSet;

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use parindex_files::{FileHash, FilePlace, Files, FilesError, StoredFile};
use tempfile::TempDir;

/// A bucket that the test command has made: `s3://test`; the rest stands in the variables `AWS_…`.
const VARIABLE: &str = "PARINDEX_TEST_S3";
const DAY: i64 = 24 * 3_600 * 1_000_000;
const NOBODY_SAID: u64 = u64::MAX;

/// A fresh place of each kind.
fn places() -> (Vec<(&'static str, Files)>, TempDir) {
    let folder = TempDir::new().unwrap();
    let mut all = vec![("folder", Files::open(&FilePlace::Folder(folder.path().to_owned())).unwrap())];
    if let Ok(bucket) = std::env::var(VARIABLE) {
        let own = folder.path().file_name().unwrap().to_string_lossy().replace('.', "");
        all.push(("S3", Files::open(&FilePlace::parse(&format!("{bucket}/{own}")).unwrap()).unwrap()));
    }
    (all, folder)
}

async fn keep(files: &Files, content: &[u8]) -> StoredFile {
    let parts: Vec<Result<Bytes, std::io::Error>> =
        content.chunks(100_000).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
    files.keep(stream::iter(parts), NOBODY_SAID).await.unwrap()
}

/// The clock of the machine that keeps the files; a bucket has one of its own.
fn now() -> i64 {
    let file = tempfile::NamedTempFile::new().unwrap();
    let written = file.as_file().metadata().unwrap().modified().unwrap();
    i64::try_from(written.duration_since(std::time::UNIX_EPOCH).unwrap().as_micros()).unwrap()
}

#[tokio::test]
async fn the_same_content_is_kept_once_under_its_hash() {
    let (places, _folder) = places();
    for (kind, files) in places {
        // Larger than one part on its way to S3.
        let content: Vec<u8> = (0..11_000_000_u32).map(|at| (at % 251) as u8).collect();
        let (first, second) = (keep(&files, &content).await, keep(&files, &content).await);
        assert_eq!(first, second, "{kind}");
        assert_eq!(first.size, 11_000_000);
        assert!(files.read_whole(&first.hash).await.unwrap() == content, "{kind}: byte for byte");
        files.check(&first.hash).await.unwrap();
        let small = keep(&files, b"Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh").await;
        assert_ne!(small.hash, first.hash);
        let empty = keep(&files, b"").await;
        assert!(files.read_whole(&empty.hash).await.unwrap().is_empty(), "{kind}");
    }
}

#[tokio::test]
async fn a_part_of_a_file_is_had_without_the_rest() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let content: Vec<u8> = (0..6_000_000_u32).map(|at| (at % 251) as u8).collect();
        let kept = keep(&files, &content).await;
        for bytes in [0..1, 0..6_000_000, 5_999_990..6_000_000, 1_000_000..5_500_000] {
            let part: Vec<Bytes> =
                files.read_part(&kept.hash, bytes.clone()).await.unwrap().try_collect().await.unwrap();
            let from = usize::try_from(bytes.start).unwrap();
            let to = usize::try_from(bytes.end).unwrap();
            assert!(part.concat() == content[from..to], "{kind}: {bytes:?}");
        }
        let beyond = files.read_part(&kept.hash, 6_000_000..6_000_001).await;
        assert!(matches!(beyond.err(), Some(FilesError::Unavailable(_))), "{kind}");
        // What nothing names any more is still had while it lies aside.
        files.sweep(&HashSet::new(), now() + 2 * DAY).await.unwrap();
        let part: Vec<Bytes> = files.read_part(&kept.hash, 1..4).await.unwrap().try_collect().await.unwrap();
        assert_eq!(part.concat(), [1, 2, 3], "{kind}");
        let unknown = FileHash::parse(&"0".repeat(64)).unwrap();
        assert!(
            matches!(files.read_part(&unknown, 0..1).await.err(), Some(FilesError::NotFound(_))),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn what_breaks_off_or_is_too_large_leaves_nothing() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let broken = [Ok(Bytes::from_static(b"half a PDF")), Err(std::io::Error::other("the line broke"))];
        let refused = files.keep(stream::iter(broken), NOBODY_SAID).await;
        assert!(matches!(refused, Err(FilesError::Broken(_))), "{kind}: {refused:?}");
        let large = (0..3).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[7; 1_000])));
        let refused = files.keep(stream::iter(large), 2_500).await;
        assert!(matches!(refused, Err(FilesError::TooLarge(2_500))), "{kind}: {refused:?}");
        let swept = files.sweep(&HashSet::new(), now() + 2 * DAY).await.unwrap();
        assert_eq!((swept.aside, swept.back), (0, 0), "{kind}: neither has a place");
        let again = files.sweep(&HashSet::new(), now() + 3 * DAY).await.unwrap();
        assert_eq!(again.removed, 0, "{kind}: nothing is left of them");
        let unknown = FileHash::parse(&"0".repeat(64)).unwrap();
        assert!(matches!(files.read(&unknown).await.err(), Some(FilesError::NotFound(_))), "{kind}");
    }
}

#[tokio::test]
async fn what_nothing_names_lies_aside_for_a_day_and_comes_back_when_it_is_named() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let (named, lost) = (keep(&files, b"named").await, keep(&files, b"lost").await);
        let only =
            |kept: &[&StoredFile]| kept.iter().map(|kept| kept.hash.to_string()).collect::<HashSet<_>>();
        let young = files.sweep(&only(&[&named]), now()).await.unwrap();
        assert_eq!(young.aside, 0, "{kind}: somebody may be about to name it");
        let first = files.sweep(&only(&[&named]), now() + 2 * DAY).await.unwrap();
        assert_eq!((first.aside, first.removed), (1, 0), "{kind}");
        assert_eq!(files.read_whole(&lost.hash).await.unwrap(), b"lost", "{kind}: still there to read");
        let back = files.sweep(&only(&[&named, &lost]), now()).await.unwrap();
        assert_eq!((back.back, back.removed), (1, 0), "{kind}");
        files.sweep(&only(&[&named]), now() + 2 * DAY).await.unwrap();
        let end = files.sweep(&only(&[&named]), now() + 4 * DAY).await.unwrap();
        assert_eq!(end.removed, 1, "{kind}");
        assert!(matches!(files.read(&lost.hash).await.err(), Some(FilesError::NotFound(_))), "{kind}");
        files.check(&named.hash).await.unwrap();
    }
}

#[tokio::test]
async fn a_content_that_was_altered_is_found() {
    let folder = TempDir::new().unwrap();
    let files = Files::open(&FilePlace::Folder(folder.path().to_owned())).unwrap();
    let kept = keep(&files, b"998 of 1271").await;
    let hash = kept.hash.to_string();
    let (first, rest) = hash.split_at(2);
    let path = folder.path().join("files").join(first).join(rest);
    assert_eq!(std::fs::read(&path).unwrap(), b"998 of 1271");
    std::io::Write::write_all(&mut std::fs::OpenOptions::new().write(true).open(&path).unwrap(), b"999")
        .unwrap();
    assert!(matches!(files.check(&kept.hash).await, Err(FilesError::Altered(_))));
}

/// Neither a path nor anything else that is no hash names a file.
#[test]
fn only_a_hash_names_a_file() {
    for text in ["", "..", "../../etc/passwd", "ABCDEF", &"g".repeat(64), &"A".repeat(64), &"0".repeat(63)] {
        assert!(FileHash::parse(text).is_none(), "{text}");
    }
}

/// Where the child finds its disk.
const DISK: &str = "PARINDEX_TEST_DISK";

/// Keeps content once there is room: parts that were on their way hold the file that was refused open a moment longer.
async fn kept_soon(files: &Files, content: &[u8]) -> StoredFile {
    let content = Bytes::copy_from_slice(content);
    let once = || files.keep(stream::iter([Ok::<_, std::io::Error>(content.clone())]), NOBODY_SAID);
    for _ in 0..100 {
        if let Ok(kept) = once().await {
            return kept;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    once().await.unwrap()
}

#[tokio::test]
#[ignore = "the process on the small disk"]
async fn child_on_a_full_disk() {
    let Ok(folder) = std::env::var(DISK) else { return };
    let files = Files::open(&FilePlace::Folder(folder.clone().into())).unwrap();
    let small = keep(&files, b"before").await;
    let large = (0..80).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![7; 100_000])));
    let refused = files.keep(stream::iter(large), NOBODY_SAID).await;
    assert!(matches!(refused, Err(FilesError::Unavailable(_))), "{refused:?}");
    files.check(&small.hash).await.unwrap();
    let after = kept_soon(&files, &vec![9; 1_000_000]).await;
    files.check(&after.hash).await.unwrap();
    uploads::goes_on_once_there_is_room(&files, folder.as_ref()).await;
}

/// What does not fit leaves nothing that takes the room of what does.
#[test]
fn a_full_disk_refuses_what_does_not_fit_and_takes_what_does() {
    let folder = TempDir::new().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=4m tmpfs \"${DISK}\" && exec \"$0\" --exact child_on_a_full_disk --ignored --nocapture"
    );
    let output = std::process::Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(DISK, folder.path())
        .output()
        .unwrap();
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_removed_after_a_day() {
    let folder = TempDir::new().unwrap();
    let files = Files::open(&FilePlace::Folder(folder.path().to_owned())).unwrap();
    let kept = keep(&files, b"whole").await;
    let half = folder.path().join("incoming").join("0123456789abcdef#1");
    std::fs::create_dir_all(half.parent().unwrap()).unwrap();
    parindex_package::whole::write(&half, b"half").unwrap();
    let named: HashSet<String> = [kept.hash.to_string()].into();
    assert_eq!(files.sweep(&named, now()).await.unwrap().removed, 0);
    assert_eq!(files.sweep(&named, now() + 2 * DAY).await.unwrap().removed, 1);
    assert!(!half.exists());
    files.check(&kept.hash).await.unwrap();
}

#[tokio::test]
async fn a_place_belongs_to_whoever_came_first_until_it_is_claimed() {
    let (places, _folder) = places();
    for (kind, files) in places {
        assert!(files.belongs_to("one").await.unwrap(), "{kind}");
        assert!(!files.belongs_to("two").await.unwrap(), "{kind}");
        files.claim("two").await.unwrap();
        assert!(files.belongs_to("two").await.unwrap() && !files.belongs_to("one").await.unwrap(), "{kind}");
        files.ready().await.unwrap();
    }
}
