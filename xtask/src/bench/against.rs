//! `cargo xtask bench deadline --against COMMIT`: the program of this checkout and that of a commit, in turns on one machine;
//! `bench writers` leaves the hour of a deadline out, and has more turns.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::deadline::{self, Load};
use super::server::{Data, binary, postgresql, sqlite};
use crate::postgres;
use crate::shell::{cargo, output, root, run, say, write};

/// How often each of the two has its turn with the hour of a deadline, and without.
const TURNS: (usize, usize) = (3, 3);
/// How long the hour of a deadline lasts in one turn.
const HOUR: Load = Load { lasts: Duration::from_mins(2), ..deadline::HOUR };
/// How many write without a pause, and for how long.
const WRITERS: (usize, Duration) = (32, Duration::from_secs(20));

/// What one turn came to.
struct Turn {
    /// None where the hour of a deadline is left out.
    p99_ms: Option<f64>,
    kept_per_second: f64,
}

/// Measures both, and prints each turn, the medians and their ratio.
pub fn run_against(commit: &str, hour: bool) -> Result<(), String> {
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
        compare(&sides(kind)?, commit, hour)?;
    }
    Ok(())
}

fn compare(sides: &[Data; 2], commit: &str, hour: bool) -> Result<(), String> {
    for side in sides {
        side.prepare()?;
    }
    let mut turns: [Vec<Turn>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..if hour { TURNS.0 } else { TURNS.1 } {
        for (side, turns) in sides.iter().zip(&mut turns) {
            turns.push(turn(side, hour)?);
        }
    }
    let [new, old] = &turns;
    let kind = sides.first().map_or("", |side| side.kind);
    if hour {
        let (new, old) = (sorted(new, |turn| turn.p99_ms), sorted(old, |turn| turn.p99_ms));
        say(&format!(
            "{kind}: the hour of a deadline, p99 {new:.1?} ms, {commit} {old:.1?} ms: {:.2} ×",
            median(&new) / median(&old)
        ));
    }
    let kept = |turns| sorted(turns, |turn: &Turn| Some(turn.kept_per_second));
    let (new, old) = (kept(new), kept(old));
    say(&format!(
        "{kind}: {} writers, {new:.0?} figures a second, {commit} {old:.0?}: {:.2} × the time",
        WRITERS.0,
        median(&old) / median(&new)
    ));
    Ok(())
}

fn turn(side: &Data, hour: bool) -> Result<Turn, String> {
    let server = side.serve()?;
    let kept_per_second = side.writers(&server.site, WRITERS.0, WRITERS.1)?;
    if !hour {
        return Ok(Turn { p99_ms: None, kept_per_second });
    }
    let hour = side.deadline(&server.site, HOUR)?;
    if hour.errors > 0 {
        return Err(format!("{} errors in the hour of a deadline", hour.errors));
    }
    Ok(Turn { p99_ms: Some(hour.p99_ms), kept_per_second })
}

/// One figure of all turns.
fn sorted(turns: &[Turn], of: impl Fn(&Turn) -> Option<f64>) -> Vec<f64> {
    let mut all: Vec<f64> = turns.iter().filter_map(of).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The program of a commit, built once in a folder of its own, so that nothing here is disturbed.
fn built(commit: &str) -> Result<PathBuf, String> {
    let folder = root().join("target/against");
    let named = output("git", &["rev-parse", "--verify", &format!("{commit}^{{commit}}")])?;
    let kept = folder.join(named.trim());
    if kept.exists() {
        return Ok(kept);
    }
    let (source, build) = (folder.join("source"), folder.join("build"));
    let place = source.display().to_string();
    if source.exists() {
        run("git", &["-C", &place, "checkout", "--quiet", "--detach", commit])?;
    } else {
        run("git", &["worktree", "add", "--force", "--detach", &place, commit])?;
    }
    let profile = profile(&folder)?;
    for arguments in [
        ["run", "--quiet", "--package", "xtask", "--", "assets"].as_slice(),
        &["--config", &profile, "build", "--release", "--locked", "--package", "parindex-app"],
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
    std::fs::copy(build.join("release/parindex"), &kept).map_err(|error| error.to_string())?;
    Ok(kept)
}

/// The profile of this checkout, so that both programs are optimised alike, whatever the other one's manifest says.
fn profile(folder: &Path) -> Result<String, String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).map_err(|error| error.to_string())?;
    let from = manifest.find("[profile.release]").ok_or("there is no profile for release")?;
    let rest = manifest.get(from..).unwrap_or_default();
    let whole = rest.split("[profile.dist]").next().unwrap_or(rest);
    let path = folder.join("profile.toml");
    write(&path, whole)?;
    Ok(path.display().to_string())
}
