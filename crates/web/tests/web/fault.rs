//! The server is killed at any moment while documents and figures come in: what was acknowledged is there, whole, and nothing
//! names a file that is not.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parindex_files::{FileHash, FilePlace, Files};
use parindex_store::{Clock, FixedClock, Store};
use parindex_testkit::{Browser, Database, app_over, databases};
use parindex_web::router;

use crate::campaign::{Prepared, ratio};

/// How often it is killed.
const TIMES: u64 = 100;
/// Where the child finds what it works on: database, files, time, cookies, address of a criterion.
const VARIABLE: &str = "PARINDEX_TEST_UPLOADS";
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// The child: sends documents, whole and in parts, and figures between them, and says what was acknowledged. It is only run by the test
/// below.
#[tokio::test]
#[ignore = "the process that the other test kills"]
async fn child_that_is_killed() {
    let Ok(given) = std::env::var(VARIABLE) else { return };
    let given: Vec<&str> = given.split('|').collect();
    let [url, folder, now, cookies, at] = given[..] else { return };
    let store = Store::connect(url).await.unwrap();
    let files = Files::open(&FilePlace::Folder(PathBuf::from(folder))).unwrap();
    let app = app_over(store, files, Arc::new(FixedClock::at(now.parse().unwrap())), |_settings| {});
    let mut officer = Browser::with_cookies(router(app), cookies);
    let to = format!("{at}/evidence");
    officer.get(at).await;
    for turn in 0_usize.. {
        let name = format!("doc-{}-{turn}.pdf", std::process::id());
        let content = [b"%PDF-1.7 ".as_slice(), &name.as_bytes().repeat(20_000)].concat();
        let done = match turn % 3 {
            0 => officer.upload_from(at, &to, &name, &content).await.status,
            1 => in_parts(&mut officer, &to, (&name, &content)).await,
            _ => ratio(&mut officer, at, (&turn.to_string(), "1000000")).await.status,
        };
        let mut out = std::io::stdout().lock();
        if done == 303 && turn % 3 < 2 {
            writeln!(out, "acknowledged {name}").unwrap();
        }
        out.flush().unwrap();
    }
}

async fn in_parts(officer: &mut Browser, to: &str, (name, content): (&str, &[u8])) -> u16 {
    let place = officer.announce(name, content.len()).await.location.unwrap();
    for (at, part) in (0..).step_by(100_000).zip(content.chunks(100_000)) {
        officer.send_part(&place, at, part, false).await;
    }
    officer.attach_uploads(to, place.rsplit('/').next().unwrap()).await.status
}

/// Lets a child work until it said so many words, and a moment longer; kills it, and returns all that it said.
fn killed_after(given: &str, words: usize, moment: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "fault::child_that_is_killed", "--ignored", "--nocapture"])
        .env(VARIABLE, given)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let (told, heard) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        let said = lines.filter_map(|line| line.split_once("acknowledged ").map(|(_, name)| name.to_owned()));
        said.for_each(|name| told.send(name).unwrap());
    });
    let mut all: Vec<String> = heard.iter().take(words).collect();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    all.extend(heard.iter());
    all
}

#[tokio::test]
async fn a_hundred_kills_under_uploads_leave_every_document_whole_and_none_without_its_file() {
    for database in databases().await {
        is_killed_under_uploads(&database).await;
    }
}

async fn is_killed_under_uploads(database: &Database) {
    let played = Prepared::opened(database).await;
    let mut officer = played.office.signed_in("officer").await;
    let at = played.at("1.1.2");
    officer.get(&at).await;
    let folder = database.files_folder();
    let given = format!(
        "{}|{}|{}|{}|{at}",
        database.url,
        folder.display(),
        played.office.clock.now(),
        officer.cookie_header()
    );
    let mut acknowledged = Vec::new();
    for turn in 0..TIMES {
        // From before the first word to the middle of a document, never twice the same.
        let (words, micros) = (usize::try_from(turn % 4).unwrap(), turn * 7_919 % 60_000);
        acknowledged.extend(killed_after(&given, words, Duration::from_micros(micros)));
    }
    assert!(acknowledged.len() > 100, "only {} documents were acknowledged", acknowledged.len());
    let (store, files) = (&played.office.store, database.files());
    assert!(store.verify_audit().await.unwrap().is_ok());
    let kept = store.evidence(&[played.sheets[0]]).await.unwrap();
    let there: HashSet<&str> = kept.iter().map(|document| document.name.as_str()).collect();
    for name in &acknowledged {
        assert!(there.contains(name.as_str()), "{name} was acknowledged and is lost");
    }
    for document in &kept {
        let hash = FileHash::parse(document.file.as_deref().unwrap()).unwrap();
        files.check(&hash).await.unwrap();
    }
    // What nobody was told of is swept away, and nothing else.
    let named = store.named_files().await.unwrap();
    let later = played.office.clock.now().max(DAY * 40_000) + 3 * DAY;
    files.sweep(&named, later).await.unwrap();
    let left = std::fs::read_dir(folder.join("incoming")).into_iter().flatten().count();
    assert_eq!(left, 0, "no half of a document stays");
    for hash in named {
        files.check(&FileHash::parse(&hash).unwrap()).await.unwrap();
    }
}
