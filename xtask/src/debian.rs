//! Debian's packages, for what the tests need beside Rust and Node.js.

use crate::shell::{run, say};

/// Installs a package.
pub fn install(package: &str) -> Result<(), String> {
    say(&format!("{package} …"));
    let install = ["install", "--yes", "--quiet=2", "--no-install-recommends", package];
    // The list of packages may be missing or old; it is fetched only where that is so.
    run("apt-get", &install).or_else(|_first| {
        run("apt-get", &["update", "--quiet=2"])?;
        run("apt-get", &install)
    })
}
