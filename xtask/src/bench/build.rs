//! `cargo xtask bench build --against COMMIT`: what a newcomer and a developer wait for, here and at that commit, each in a fresh
//! clone with empty stores of downloads, one after the other on one machine.

use std::io::Write;
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::keep;
use crate::shell::{cargo, output, root, run_in, say};

/// Where the demonstration is served.
const ADDRESS: &str = "127.0.0.1:8765";
/// A page that never comes is a fault.
const MAX_WAIT: Duration = Duration::from_mins(90);
/// How often a rebuild is measured.
const TIMES: usize = 5;
/// A handler and a template, as a developer changes them.
const CHANGED: [(&str, &str, &str); 2] = [
    ("a handler", "crates/web-campaign/src/phrase/list.rs", "\n// changed\n"),
    ("a template", "crates/web-campaign/templates/phrase/list.html", "\n{# changed #}\n"),
];

/// Measures both, and writes the section.
pub fn run(against: &str) -> Result<(), String> {
    let here = output("git", &["rev-parse", "--short", "HEAD"])?;
    let (here, mut rows) = (here.trim(), Vec::new());
    for commit in [against, here] {
        rows.push(Clone::of(commit)?.measured()?);
    }
    let [before, after] = rows.as_slice() else { return Err("two programs are compared".to_owned()) };
    let lines = before.iter().zip(after).map(|((what, before), (_, after))| {
        format!("| {what} | {before:.1} | {after:.1} | {:.2} × |\n", after / before)
    });
    let day = output("date", &["+%Y-%m-%d"])?;
    let section = format!(
        "Measured on {}, 2 cores, in fresh clones with empty stores of downloads, one after the other in one run: {against}, then {here}.\n\n\
         | what | before | after | |\n|---|---|---|---|\n{}",
        day.trim(),
        lines.collect::<String>()
    );
    say(&section);
    keep("Build", &section)
}

/// A clone, with stores of downloads of its own.
struct Clone {
    folder: PathBuf,
    stores: PathBuf,
}

/// What was waited for, and how long: seconds, or gigabytes.
type Row = (String, f64);

impl Clone {
    fn of(commit: &str) -> Result<Self, String> {
        let base = root().join("target/bench/build").join(commit);
        let _not_there = std::fs::remove_dir_all(&base);
        let clone = Self { folder: base.join("clone"), stores: base.join("stores") };
        std::fs::create_dir_all(clone.stores.join("cargo")).map_err(|error| error.to_string())?;
        // Where a machine says from where its crates come.
        let settings = std::env::home_dir().unwrap_or_default().join(".cargo/config.toml");
        let _no_settings = std::fs::copy(settings, clone.stores.join("cargo/config.toml"));
        let (from, to) = (root().display().to_string(), clone.folder.display().to_string());
        run_in(&root(), "git", &["clone", "--quiet", "--no-local", &from, &to])?;
        run_in(&clone.folder, "git", &["checkout", "--quiet", "--detach", commit])?;
        Ok(clone)
    }

    fn measured(&self) -> Result<Vec<Row>, String> {
        let mut rows = vec![
            ("clone to the first page of the demonstration, minutes".to_owned(), self.demo()? / 60.0),
            ("demonstration again, seconds".to_owned(), self.demo()?),
        ];
        let measured = if self.folder.join("bench/Cargo.toml").exists() { "parindex-bench" } else { "xtask" };
        let bench = ["build", "--release", "--locked", "--package", "parindex-app", "--package", measured];
        rows.push(("build for a bench after it, seconds".to_owned(), self.took(&bench)?));
        rows.push(("plain `cargo build` after it, minutes".to_owned(), self.took(&["build"])? / 60.0));
        for (what, file, line) in CHANGED {
            rows.push((
                format!("rebuild after a change in {what}, seconds, median of five"),
                self.rebuilt(file, line)?,
            ));
        }
        rows.push(("`target` after it, GB".to_owned(), gigabytes(&self.folder.join("target"))?));
        Ok(rows)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_HOME", self.stores.join("cargo"))
            .env("npm_config_cache", self.stores.join("npm"))
            .env_remove("CARGO_TARGET_DIR");
        command
    }

    /// Seconds until the first page is there.
    fn demo(&self) -> Result<f64, String> {
        let begun = Instant::now();
        let mut demo = self.command(&["xtask", "demo"]);
        let demo = demo.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn();
        let mut demo = Demo(demo.map_err(|error| error.to_string())?);
        while !answers() {
            if let Some(status) = demo.0.try_wait().map_err(|error| error.to_string())? {
                return Err(format!("the demonstration of {} ended: {status}", self.folder.display()));
            }
            if begun.elapsed() > MAX_WAIT {
                return Err("the first page never came".to_owned());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    fn took(&self, arguments: &[&str]) -> Result<f64, String> {
        let begun = Instant::now();
        let status = self.command(arguments).status().map_err(|error| error.to_string())?;
        if status.success() {
            Ok(begun.elapsed().as_secs_f64())
        } else {
            Err(format!("{arguments:?}: {status}"))
        }
    }

    fn rebuilt(&self, file: &str, line: &str) -> Result<f64, String> {
        let path = self.folder.join(file);
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let opened = std::fs::OpenOptions::new().append(true).open(&path);
            let changed = opened.and_then(|mut text| text.write_all(line.as_bytes()));
            changed.map_err(|error| format!("{}: {error}", path.display()))?;
            took.push(self.took(&["build", "--quiet"])?);
        }
        took.sort_by(f64::total_cmp);
        Ok(took.get(TIMES / 2).copied().unwrap_or_default())
    }
}

/// Stops with all that it began.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _gone_already = Command::new("kill").args(["--", &group]).status();
        let _reaped = self.0.wait();
    }
}

fn answers() -> bool {
    let Ok(mut line) = TcpStream::connect(ADDRESS) else { return false };
    let asked = line.write_all(b"GET /sign-in HTTP/1.1\r\nhost: 127.0.0.1:8765\r\nconnection: close\r\n\r\n");
    let mut said = String::new();
    asked.is_ok()
        && std::io::Read::read_to_string(&mut line, &mut said).is_ok()
        && said.starts_with("HTTP/1.1 200")
}

fn gigabytes(folder: &Path) -> Result<f64, String> {
    let told = output("du", &["--summarize", "--block-size=1M", &folder.display().to_string()])?;
    let megabytes = told.split_whitespace().next().and_then(|text| text.parse::<f64>().ok());
    megabytes.map(|size| size / 1_024.0).ok_or(told)
}
