//! `cargo xtask bench`: the numbers of docs/benchmarks.md.

use crate::shell::{cargo, root, run as shell_run};

mod commands;
mod national;
mod page;

/// Measures everything, or one part in this very process (`national`, as the parent asks for it).
pub fn run(part: Option<&str>) -> Result<(), String> {
    match part {
        Some("national") => national::run(),
        Some(other) => Err(format!("no such part: {other}")),
        None => all(),
    }
}

fn all() -> Result<(), String> {
    // Debug numbers mean nothing.
    shell_run(
        &cargo(),
        &["build", "--release", "--locked", "--package", "parindex-app", "--package", "xtask"],
    )?;
    let national = national::measure()?;
    let pandas = commands::pandas()?;
    let commands = commands::measure()?;
    let page = page::write(&national, &pandas, &commands)?;
    parindex_package::whole::write(&root().join("docs/benchmarks.md"), page.as_bytes())
        .map_err(|findings| format!("{findings:?}"))
}
