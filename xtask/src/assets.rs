//! Styles, scripts and fonts: built before the program that holds them.

use std::path::Path;

use crate::shell::{root, run_in, say};

/// Builds them.
pub fn build() -> Result<(), String> {
    say("assets …");
    install(&root().join("assets"))?;
    run_in(&root().join("assets"), "node", &["build.mjs"])
}

/// What a folder's lock file names, where it is not there yet.
pub fn install(folder: &Path) -> Result<(), String> {
    let (lock, done) = (folder.join("package-lock.json"), folder.join("node_modules/.package-lock.json"));
    let time = |path: &Path| std::fs::metadata(path).and_then(|found| found.modified()).ok();
    if time(&done).is_some_and(|done| time(&lock).is_some_and(|lock| lock <= done)) {
        return Ok(());
    }
    run_in(folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])
}
