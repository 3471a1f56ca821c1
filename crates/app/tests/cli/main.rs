//! The program as people run it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod as_offices_write;
mod bad_input;
mod commands;
mod doctor;
mod examples;
mod hostile;
mod mistaken;
mod server;
mod serving;

/// What a run of the program left behind.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.env("LANG", "vi_VN.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES").current_dir(root());
    command
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn parindex(arguments: &[&str]) -> Ran {
    ran(&program().args(arguments).output().unwrap())
}

fn ran(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A package to spoil: the one that `new` makes, with its criteria set as CSV.
struct Spoiled {
    folder: tempfile::TempDir,
}

impl Spoiled {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("goi");
        let made = parindex(&["new", package.to_str().unwrap()]);
        assert_eq!(made.code, 0, "{}", made.err);
        let set = (package.join("criteria/so.xlsx"), package.join("criteria/so.csv"));
        let converted = parindex(&["convert", set.0.to_str().unwrap(), set.1.to_str().unwrap()]);
        assert_eq!(converted.code, 0, "{}", converted.err);
        std::fs::remove_file(set.0).unwrap();
        let spoiled = Self { folder };
        for file in ["campaign.toml", "datapackage.json"] {
            spoiled.replace(file, "so.xlsx", "so.csv");
        }
        spoiled
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("goi")
    }

    fn text(&self) -> String {
        self.path().to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(from), "{name} holds {from}");
        self.put(name, text.replacen(from, to, 1).as_bytes());
    }

    fn append(&self, name: &str, line: &str) {
        let text = std::fs::read_to_string(self.file(name)).unwrap();
        self.put(name, format!("{text}{line}\n").as_bytes());
    }

    #[expect(clippy::disallowed_methods, reason = "a test may leave half a file")]
    fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.file(name), bytes).unwrap();
    }

    fn check(&self) -> Ran {
        parindex(&["check", &self.text()])
    }

    /// Checking fails, names the place and the remedy, and nothing else of the program works either.
    fn refused(&self, needles: &[&str]) {
        let checked = self.check();
        assert_eq!(checked.code, 1, "checking must fail; it said: {}{}", checked.out, checked.err);
        for needle in needles {
            assert!(checked.err.contains(needle), "«{needle}» is missing in: {}", checked.err);
        }
        let out = self.folder.path().join("out");
        let reported = parindex(&["report", &self.text(), "--out", out.to_str().unwrap()]);
        assert_eq!(reported.code, 1);
        assert!(!out.exists(), "nothing half-written");
    }
}
