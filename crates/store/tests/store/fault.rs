//! The process, or PostgreSQL itself, is killed at any moment under many writers: what was acknowledged is there, and the chain
//! holds.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use parindex_store::person::{Invite, PersonFilter};
use parindex_store::{Refusal, Store};
use parindex_testkit::{Database, OwnPostgres, databases};

use crate::{NOW, console};

/// How often a process is killed.
const TIMES: u64 = 100;
/// How many write at once.
const WRITERS: u64 = 30;
/// How often PostgreSQL is killed.
const SERVER_TIMES: u64 = 2;
/// Where the child finds its database.
const VARIABLE: &str = "PARINDEX_TEST_FAULT";
/// Which run of many this is: each kills at other moments.
const RUN: &str = "PARINDEX_TEST_RUN";

fn run() -> u64 {
    std::env::var(RUN).ok().and_then(|run| run.parse().ok()).unwrap_or(0)
}

fn invite(login: &str) -> Invite {
    let (login, link) = (login.to_owned(), format!("{login}-link"));
    Invite { login, link, name: "X".to_owned(), title: String::new(), unit: None }
}

/// Writes until the store refuses, says what was acknowledged, and is refused in between for a reason of its own.
async fn write(store: Store, name: String, acknowledged: impl Fn(&str)) -> Refusal {
    for turn in 0.. {
        let login = format!("{name}-{turn}");
        match store.commit(&console(), NOW, invite(&login)).await {
            Ok(_) => acknowledged(&login),
            Err(refusal) => return refusal,
        }
        if turn % 3 == 0 {
            let _taken_or_away = store.commit(&console(), NOW, invite(&login)).await;
        }
    }
    Refusal::NotFound
}

/// The child: writes as fast as it can and says what was acknowledged. It is only run by the test below.
#[tokio::test]
#[ignore = "the process that the other test kills"]
async fn child_that_is_killed() {
    let Ok(url) = std::env::var(VARIABLE) else { return };
    let store = Store::connect(&url).await.unwrap();
    let say = |login: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "acknowledged {login}").unwrap();
        out.flush().unwrap();
    };
    let name = |writer| format!("p{}-{writer}", std::process::id());
    let mut writers: tokio::task::JoinSet<Refusal> =
        (0..WRITERS).map(|writer| write(store.clone(), name(writer), say)).collect();
    let ended = writers.join_next().await;
    assert!(ended.is_none(), "a writer ended before the process was killed: {ended:?}");
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
    for turn in run() * TIMES..(run() + 1) * TIMES {
        // From before the first write to the middle of the stream, never twice the same.
        let (words, micros) = (usize::try_from(turn % 7).unwrap(), turn * 7_919 % 20_000);
        acknowledged.extend(killed_after(&database.url, words, Duration::from_micros(micros)));
    }
    assert!(acknowledged.len() > 200, "{}: only {} writes were tried", database.kind, acknowledged.len());
    is_all_there(&database.store, database.kind, &acknowledged).await;
}

async fn is_all_there(store: &Store, kind: &str, acknowledged: &[String]) {
    let people = store.count_people(&PersonFilter::everybody()).await.unwrap();
    let rows = store.verify_audit().await.unwrap().unwrap();
    assert_eq!(
        u64::try_from(rows),
        Ok(people),
        "{kind}: each change has its entry and each entry its change"
    );
    let distinct: HashSet<&String> = acknowledged.iter().collect();
    assert_eq!(distinct.len(), acknowledged.len());
    for login in acknowledged {
        let known = store.credentials(login).await.unwrap();
        assert!(known.is_some(), "{kind}: {login} was acknowledged and is lost");
    }
}

/// The server of the database loses its power: what it told us is written is there when it is back, and we write on.
#[tokio::test]
async fn kills_of_postgres_lose_nothing_that_was_acknowledged() {
    let Some(server) = OwnPostgres::start() else {
        eprintln!("not tried: PostgreSQL cannot be started as another user here");
        return;
    };
    let store = Store::connect(&parindex_testkit::empty_postgres(&server.url).await).await.unwrap();
    store.migrate().await.unwrap();
    let acknowledged = Arc::<Mutex<Vec<String>>>::default();
    for turn in run() * SERVER_TIMES..(run() + 1) * SERVER_TIMES {
        let begin = |writer| {
            let told = Arc::clone(&acknowledged);
            let say = move |login: &str| told.lock().unwrap().push(login.to_owned());
            tokio::spawn(write(store.clone(), format!("p{turn}-{writer}"), say))
        };
        let writers: Vec<_> = (0..WRITERS).map(begin).collect();
        let before = acknowledged.lock().unwrap().len();
        while acknowledged.lock().unwrap().len() < before + 40 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(turn * 7_919 % 30_000)).await;
        server.kill();
        for writer in writers {
            let refusal = writer.await.unwrap();
            assert!(matches!(refusal, Refusal::Store(_) | Refusal::CommitUnknown(_)), "{refusal:?}");
        }
        server.restart();
        while store.outage().is_some() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() > 70, "only {} writes were tried", acknowledged.len());
    is_all_there(&store, "PostgreSQL", &acknowledged).await;
}
