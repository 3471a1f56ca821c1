//! Large files come in part by part, over lines that break.

use std::path::Path;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use parindex_files::{Files, FilesError, Upload, UploadId};

use super::{DAY, now, places};

const OWNER: i64 = 7;

fn about(size: u64) -> Upload {
    Upload { name: "Báo cáo.pdf".to_owned(), size }
}

/// Sends the parts of a content, the last of them cut off.
async fn send(files: &Files, id: &UploadId, at: u64, parts: &[&[u8]], cut: bool) -> Result<u64, FilesError> {
    let mut content: Vec<Result<Bytes, std::io::Error>> =
        parts.iter().map(|part| Ok(Bytes::copy_from_slice(part))).collect();
    if cut {
        content.push(Err(std::io::Error::other("the line broke")));
    }
    files.receive(OWNER, id, at, stream::iter(content)).await
}

#[tokio::test]
async fn after_a_broken_line_the_rest_is_sent_and_not_the_whole() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let id = files.begin(OWNER, &about(12), 3).await.unwrap();
        assert_eq!(send(&files, &id, 0, &[b"Qu", b"y"], true).await.unwrap(), 3, "{kind}");
        assert_eq!(files.upload(OWNER, &id).await.unwrap(), Some((about(12), 3)), "{kind}");
        assert_eq!(send(&files, &id, 3, &[], true).await.unwrap(), 3, "{kind}: nothing came");
        let before = send(&files, &id, 1, &[b"xx"], false).await;
        assert!(matches!(before, Err(FilesError::OffsetMismatch(3))), "{kind}: {before:?}");
        assert!(
            matches!(files.uploaded(OWNER, &id).await.err(), Some(FilesError::OffsetMismatch(3))),
            "{kind}"
        );
        let more = send(&files, &id, 3, &[b"1234567890"], false).await;
        assert!(matches!(more, Err(FilesError::TooLarge(12))), "{kind}: {more:?}");
        assert_eq!(send(&files, &id, 3, &[b" 1234"], false).await.unwrap(), 8, "{kind}");
        assert_eq!(send(&files, &id, 8, &[b"5678"], false).await.unwrap(), 12, "{kind}");
        let (told, content) = files.uploaded(OWNER, &id).await.unwrap();
        let kept = files.keep(content.boxed(), told.size).await.unwrap();
        assert_eq!(files.read_whole(&kept.hash).await.unwrap(), b"Quy 12345678", "{kind}");
        files.discard(OWNER, &id).await.unwrap();
        assert_eq!(files.upload(OWNER, &id).await.unwrap(), None, "{kind}");
    }
}

/// A line that was given up says its last words late, when the rest has long been sent over another one.
#[tokio::test]
async fn a_part_that_was_given_up_takes_nothing_back() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let id = files.begin(OWNER, &about(8), 3).await.unwrap();
        let (begun, begins) = tokio::sync::oneshot::channel();
        let given_up = async {
            // Sends three bytes, then nothing, until another part takes its turn.
            let first = stream::once(async move {
                begun.send(()).unwrap();
                Ok::<_, std::io::Error>(Bytes::from_static(b"abc"))
            });
            files.receive(OWNER, &id, 0, first.chain(stream::pending())).await
        };
        let next = async {
            begins.await.unwrap();
            send(&files, &id, 0, &[b"abcd"], false).await
        };
        let (given_up, next) = futures_util::join!(given_up, next);
        assert!(matches!(given_up, Err(FilesError::OffsetMismatch(0))), "{kind}: {given_up:?}");
        assert_eq!(next.unwrap(), 4, "{kind}");
        let there = files.upload(OWNER, &id).await.unwrap().unwrap().1;
        assert_eq!(there, 4, "{kind}");
        assert_eq!(send(&files, &id, 4, &[b"efgh"], false).await.unwrap(), 8, "{kind}");
        let (told, content) = files.uploaded(OWNER, &id).await.unwrap();
        let kept = files.keep(content.boxed(), told.size).await.unwrap();
        assert_eq!(files.read_whole(&kept.hash).await.unwrap(), b"abcdefgh", "{kind}");
    }
}

#[tokio::test]
async fn an_upload_belongs_to_whoever_began_it_and_nobody_begins_without_end() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let id = files.begin(OWNER, &about(4), 2).await.unwrap();
        assert_eq!(files.upload(OWNER + 1, &id).await.unwrap(), None, "{kind}");
        files.begin(OWNER, &about(4), 2).await.unwrap();
        let third = files.begin(OWNER, &about(4), 2).await;
        assert!(matches!(third, Err(FilesError::TooManyBegun(2))), "{kind}: {third:?}");
        files.begin(OWNER + 1, &about(4), 2).await.unwrap();
        files.discard(OWNER, &id).await.unwrap();
        files.begin(OWNER, &about(4), 2).await.unwrap();
        for wrong in ["", "../../../etc", "0123456789abcdef0123456789abcdeF"] {
            assert_eq!(UploadId::parse(wrong), None, "{wrong}");
        }
    }
}

#[tokio::test]
async fn what_nobody_ends_is_swept_away() {
    let (places, folder) = places();
    for (kind, files) in places {
        let id = files.begin(OWNER, &about(4), 2).await.unwrap();
        send(&files, &id, 0, &[b"ab"], true).await.unwrap();
        assert_eq!(files.sweep(&std::collections::HashSet::new(), now()).await.unwrap().removed, 0, "{kind}");
        let later = files.sweep(&std::collections::HashSet::new(), now() + 2 * DAY).await.unwrap();
        assert_eq!(later.removed, 2, "{kind}: the part and what it is about");
        assert_eq!(files.upload(OWNER, &id).await.unwrap(), None, "{kind}");
    }
    assert!(!folder.path().join("incoming/person-7").exists(), "nor does an empty folder stay");
}

/// Two windows of one browser begin at the same moment.
#[tokio::test]
async fn however_many_begin_at_once_no_more_are_begun_than_may_be() {
    let (places, _folder) = places();
    for (kind, files) in places {
        let about = about(8);
        let begun = futures_util::future::join_all((0..10).map(|_| files.begin(OWNER, &about, 3))).await;
        assert_eq!(begun.iter().filter(|begun| begun.is_ok()).count(), 3, "{kind}");
    }
}

/// On a small disk that something else fills while a part comes in: the part is refused, what came before it stays, and once there is
/// room the rest follows.
pub async fn goes_on_once_there_is_room(files: &Files, disk: &Path) {
    let (part, size) = (vec![3_u8; 500_000], 1_000_000);
    let id = files.begin(OWNER, &about(size), 3).await.unwrap();
    assert_eq!(send(files, &id, 0, &[&part], false).await.unwrap(), 500_000);
    let filler = disk.join("filler");
    let mut full = std::fs::OpenOptions::new().write(true).create_new(true).open(&filler).unwrap();
    while std::io::Write::write_all(&mut full, &[0; 10_000]).is_ok() {}
    let refused = send(files, &id, 500_000, &[&part], false).await;
    assert!(matches!(refused, Err(FilesError::Unavailable(_))), "{refused:?}");
    assert_eq!(files.upload(OWNER, &id).await.unwrap(), Some((about(size), 500_000)));
    drop(full);
    std::fs::remove_file(filler).unwrap();
    assert_eq!(send(files, &id, 500_000, &[&part], false).await.unwrap(), size);
    let (told, content) = files.uploaded(OWNER, &id).await.unwrap();
    let kept = files.keep(content.boxed(), told.size).await.unwrap();
    assert_eq!(kept.size, size);
    files.check(&kept.hash).await.unwrap();
}
