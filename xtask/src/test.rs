//! `cargo xtask test`: every check there is.

use std::process::Command;

use crate::shell::{cargo, root, run as shell_run, say};
use crate::{assets, browser, bucket, postgres, tidy};

pub fn run() -> Result<(), String> {
    say("Kiểm tra toàn bộ (khoảng 15 phút trên 2 nhân với bản mới tải về, khoảng 5 phút ở các lần sau) …");
    let cargo = cargo();
    assets::build()?;
    shell_run(&cargo, &["fmt", "--all", "--check"])?;
    tidy::run()?;
    shell_run(&cargo, &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    tests(&cargo)?;
    browser::test(&[])
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
