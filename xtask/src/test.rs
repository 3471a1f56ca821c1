//! `cargo xtask test`: every check there is.

use std::process::Command;

use crate::shell::{cargo, root, run as shell_run, say};
use crate::steps::Steps;
use crate::{assets, browser, bucket, postgres, tidy, times};

/// The name of a step, and what it does.
type Step<'s> = (&'s str, &'s dyn Fn() -> Result<(), String>);

pub fn run() -> Result<(), String> {
    say(&format!("Kiểm tra toàn bộ: {} …", times::TEST.vi));
    let cargo = cargo();
    let steps: [Step; 7] = [
        ("styles and scripts", &assets::build),
        ("format", &|| shell_run(&cargo, &["fmt", "--all", "--check"])),
        ("invariants", &tidy::run),
        ("lints", &|| lints(&cargo)),
        ("build of the tests", &|| shell_run(&cargo, &["test", "--workspace", "--locked", "--no-run"])),
        ("tests", &|| tests(&cargo)),
        ("browser", &|| browser::test(&[])),
    ];
    let mut took = Steps::default();
    let done = steps.iter().try_for_each(|(name, step)| took.take(name, step));
    say(&took.to_string());
    done
}

fn lints(cargo: &str) -> Result<(), String> {
    let lints = ["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"];
    shell_run(cargo, &lints)
}

/// All tests of the crates, on both databases and both places of files.
fn tests(cargo: &str) -> Result<(), String> {
    let (server, bucket) = (postgres::start()?, bucket::start()?);
    say("$ cargo test --workspace --locked");
    let status = Command::new(cargo)
        .args(["test", "--workspace", "--locked"])
        .env("PARINDEX_TEST_POSTGRES", &server.url)
        .envs(bucket.environment())
        .current_dir(root())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("tests failed: {status}")),
        Err(error) => Err(format!("cargo cannot be started: {error}")),
    }
}
