//! `cargo xtask faults`: the tests of kills and full disks again and again, each time at other moments, outside of continuous
//! integration. `--resume` goes on where a run was stopped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::shell::{cargo, output, root, run as shell_run, say, write};
use crate::{bench, postgres};

/// What is done, in this order.
const FAULTS: [Fault; 4] = [
    Fault {
        name: "kills",
        test: "fault::a_hundred_kills_lose_nothing_that_was_acknowledged",
        runs: 10,
        what: "kill -9 of the process under 30 writers, on each database",
        each: 100,
    },
    Fault {
        name: "disks",
        test: "disk::a_full_disk_under_many_writers_loses_nothing_that_was_acknowledged",
        runs: 20,
        what: "full disk under 30 writers with refusals between, and room again, on each database",
        each: 1,
    },
    Fault {
        name: "power",
        test: "fault::kills_of_postgres_lose_nothing_that_was_acknowledged",
        runs: 25,
        what: "kill -9 of PostgreSQL with all its processes under 30 writers",
        each: 2,
    },
    Fault {
        name: "leaving",
        test: "leaving::a_change_comes_to_its_end_when_whoever_asked_for_it_has_left",
        runs: 5,
        what: "visitors who leave while their change is written, on each database",
        each: 200,
    },
];

/// One kind of fault.
struct Fault {
    name: &'static str,
    /// The test that plays it.
    test: &'static str,
    /// How often the test runs.
    runs: u32,
    what: &'static str,
    /// How many faults one run of the test plays.
    each: u32,
}

/// Plays all of them; with `resume` those that are not done yet.
pub fn run(resume: bool) -> Result<(), String> {
    let done = root().join("target/faults.txt");
    if !resume {
        let _not_there = std::fs::remove_file(&done);
    }
    let program = built()?;
    let server = postgres::start()?;
    for fault in &FAULTS {
        for at in 0..fault.runs {
            let name = format!("{} {at}", fault.name);
            if !is_done(&done, &name) {
                play(fault, at, (&program, &server.url))?;
                add(&done, &name)?;
            }
        }
    }
    bench::keep("Faults", &section()?)
}

/// The program of the store's tests, as the debug profile builds it: slower code has more moments in which it can be killed.
fn built() -> Result<PathBuf, String> {
    let test = ["test", "--locked", "--package", "parindex-store", "--test", "store", "--no-run"];
    shell_run(&cargo(), &test)?;
    let told = output(&cargo(), &[test.as_slice(), &["--message-format", "json"]].concat())?;
    let program = told.lines().filter_map(|line| line.split_once("\"executable\":\"")).map(|(_, rest)| rest);
    let program = program.filter_map(|rest| rest.split('"').next()).next_back();
    program.map(PathBuf::from).ok_or_else(|| "cargo names no program of the tests".to_owned())
}

fn play(fault: &Fault, at: u32, (program, server): (&Path, &str)) -> Result<(), String> {
    let begun = Instant::now();
    let status = Command::new(program)
        .args(["--exact", fault.test])
        .env("PARINDEX_TEST_POSTGRES", server)
        .env("PARINDEX_TEST_RUN", at.to_string())
        .current_dir(root())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    say(&format!("{} {} of {}: {status}, {} s", fault.name, at + 1, fault.runs, begun.elapsed().as_secs()));
    if status.success() { Ok(()) } else { Err(format!("{}: something was lost", fault.test)) }
}

fn is_done(done: &Path, name: &str) -> bool {
    std::fs::read_to_string(done).unwrap_or_default().lines().any(|line| line == name)
}

fn add(done: &Path, name: &str) -> Result<(), String> {
    let before = std::fs::read_to_string(done).unwrap_or_default();
    write(done, &format!("{before}{name}\n"))
}

/// Whoever reaches this has lost nothing: each test compares what was acknowledged with what is there.
fn section() -> Result<String, String> {
    let (day, commit) = (output("date", &["+%Y-%m-%d"])?, output("git", &["rev-parse", "--short", "HEAD"])?);
    let rows =
        FAULTS.iter().map(|fault| format!("| {} | {} | 0 | 0 |\n", fault.what, fault.each * fault.runs));
    Ok(format!(
        "Played on {} at {} by `cargo xtask faults`; after each, every acknowledged row was looked for in the database as a new server opens it, and the log followed from its first row.\n\n\
         | fault | times | acknowledged and lost | there twice |\n|---|---|---|---|\n{}",
        day.trim(),
        commit.trim(),
        rows.collect::<String>()
    ))
}
