//! The process is killed at any moment: what was acknowledged is there, and the chain holds.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use parindex_store::Store;
use parindex_store::person::{Invite, PersonFilter};
use parindex_testkit::{Database, databases};

use crate::{NOW, console};

/// How often a process is killed.
const TIMES: u64 = 100;
/// Where the child finds its database.
const VARIABLE: &str = "PARINDEX_TEST_FAULT";

/// The child: writes as fast as it can and says what was acknowledged. It is only run by the test below.
#[tokio::test]
#[ignore = "the process that the other test kills"]
async fn child_that_is_killed() {
    let Ok(url) = std::env::var(VARIABLE) else { return };
    let store = Store::connect(&url).await.unwrap();
    let begun = std::process::id();
    for turn in 0.. {
        let login = format!("p{begun}-{turn}");
        let invite = Invite {
            login: login.clone(),
            name: "X".to_owned(),
            title: String::new(),
            unit: None,
            link: login.clone(),
        };
        store.commit(&console(), NOW, invite).await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "acknowledged {login}").unwrap();
        out.flush().unwrap();
    }
}

/// Lets a child write until it was told so many times that something is written, and a moment longer; kills it, and returns
/// all that it was told. A busy machine only takes longer.
fn killed_after(url: &str, words: usize, moment: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "fault::child_that_is_killed", "--ignored", "--nocapture"])
        .env(VARIABLE, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let (told, heard) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        for login in
            lines.filter_map(|line| line.split_once("acknowledged ").map(|(_, login)| login.to_owned()))
        {
            told.send(login).unwrap();
        }
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
async fn a_hundred_kills_lose_nothing_that_was_acknowledged() {
    for database in databases().await {
        is_killed_while_it_writes(&database).await;
    }
}

async fn is_killed_while_it_writes(database: &Database) {
    let mut acknowledged = Vec::new();
    for turn in 0..TIMES {
        // From before the first write to the middle of the stream, never twice the same.
        let (words, micros) = (usize::try_from(turn % 7).unwrap(), turn * 7_919 % 20_000);
        acknowledged.extend(killed_after(&database.url, words, Duration::from_micros(micros)));
    }
    let (store, kind) = (&database.store, database.kind);
    let people = store.count_people(&PersonFilter::everybody()).await.unwrap();
    let rows = store.verify_audit().await.unwrap().unwrap();
    assert!(acknowledged.len() > 200, "{kind}: only {} writes were tried", acknowledged.len());
    assert_eq!(
        u64::try_from(rows),
        Ok(people),
        "{kind}: each change has its entry and each entry its change"
    );
    let distinct: HashSet<&String> = acknowledged.iter().collect();
    assert_eq!(distinct.len(), acknowledged.len());
    for login in &acknowledged {
        let known = store.credentials(login).await.unwrap();
        assert!(known.is_some(), "{kind}: {login} was acknowledged and is lost");
    }
}
