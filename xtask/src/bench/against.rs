//! `cargo xtask bench deadline --against COMMIT`: the program of this checkout and that of a commit, in turns on one machine.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::server::{Data, binary, postgresql, sqlite};
use crate::postgres;
use crate::shell::{cargo, output, root, run, say};

/// How often each of the two has its turn.
const TURNS: usize = 3;
/// How long the hour of a deadline lasts in one turn.
const HOUR: Duration = Duration::from_mins(2);
/// How many write without a pause, and for how long.
const WRITERS: (usize, Duration) = (32, Duration::from_secs(20));

/// What one turn came to.
struct Turn {
    p99_ms: f64,
    kept_per_second: f64,
}

/// Measures both, and prints the medians and their ratio.
pub fn run_against(commit: &str) -> Result<(), String> {
    let old = built(commit)?;
    let server = postgres::start()?;
    let folder = root().join("target/bench/against");
    let _not_there = std::fs::remove_dir_all(&folder);
    let sides = |kind: &str| -> Result<[Data; 2], String> {
        let side = |name: &str, program: &Path| -> Result<Data, String> {
            let folder = folder.join(format!("{kind}-{name}"));
            std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            if kind == "SQLite" {
                return Ok(sqlite(&folder, program.to_owned()));
            }
            output(
                "psql",
                &["-q", "-d", &format!("{}/postgres", server.url), "-c", &format!("CREATE DATABASE {name}")],
            )?;
            Ok(postgresql(&folder, &format!("{}/{name}", server.url), program.to_owned()))
        };
        Ok([side("new", &binary())?, side("old", &old)?])
    };
    for kind in ["SQLite", "PostgreSQL"] {
        compare(&sides(kind)?, commit)?;
    }
    Ok(())
}

fn compare(sides: &[Data; 2], commit: &str) -> Result<(), String> {
    for side in sides {
        side.prepare()?;
    }
    let mut turns: [Vec<Turn>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        for (side, turns) in sides.iter().zip(&mut turns) {
            turns.push(turn(side)?);
        }
    }
    let [new, old] = &turns;
    let kind = sides.first().map_or("", |side| side.kind);
    let p99 = (median(new, |turn| turn.p99_ms), median(old, |turn| turn.p99_ms));
    let kept = (median(new, |turn| turn.kept_per_second), median(old, |turn| turn.kept_per_second));
    say(&format!(
        "{kind}: the hour of a deadline, p99 {:.1} ms, {commit} {:.1} ms: {:.2} ×; {} writers, {:.0} figures a second, {commit} {:.0}: {:.2} × the time",
        p99.0,
        p99.1,
        p99.0 / p99.1,
        WRITERS.0,
        kept.0,
        kept.1,
        kept.1 / kept.0
    ));
    Ok(())
}

fn turn(side: &Data) -> Result<Turn, String> {
    let server = side.serve()?;
    let kept_per_second = side.writers(&server.site, WRITERS.0, WRITERS.1)?;
    let hour = side.deadline(&server.site, HOUR)?;
    if hour.errors > 0 {
        return Err(format!("{} errors in the hour of a deadline", hour.errors));
    }
    Ok(Turn { p99_ms: hour.p99_ms, kept_per_second })
}

fn median(turns: &[Turn], of: impl Fn(&Turn) -> f64) -> f64 {
    let mut all: Vec<f64> = turns.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The program of a commit, built in a folder of its own, so that nothing here is disturbed.
fn built(commit: &str) -> Result<PathBuf, String> {
    let folder = root().join("target/against");
    let (source, build) = (folder.join("source"), folder.join("build"));
    let place = source.display().to_string();
    if source.exists() {
        run("git", &["-C", &place, "checkout", "--quiet", "--detach", commit])?;
    } else {
        run("git", &["worktree", "add", "--force", "--detach", &place, commit])?;
    }
    for arguments in [
        ["run", "--quiet", "--package", "xtask", "--", "assets"].as_slice(),
        &["build", "--release", "--locked", "--package", "parindex-app"],
    ] {
        let status = Command::new(cargo())
            .args(arguments)
            .env("CARGO_TARGET_DIR", &build)
            .current_dir(&source)
            .status()
            .map_err(|error| error.to_string())?;
        if !status.success() {
            return Err(format!("{commit} cannot be built: {status}"));
        }
    }
    Ok(build.join("release/parindex"))
}
