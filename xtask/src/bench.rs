//! `cargo xtask bench`: the numbers of docs/benchmarks.md.

use crate::shell::{cargo, root, run as shell_run, write};

mod against;
mod build;
mod columns;
mod commands;
mod deadline;
mod http;
mod large;
mod national;
mod package;
mod page;
mod python;
mod server;
mod spent;

/// Measures everything, or one part: `scoring`, `rounding`, `polars` or `server` writes its own section anew and leaves the
/// others; `deadline` plays that hour alone and prints what came of it, `pace` finds how many requests a second it can have.
///
/// `again` measures the programs that are built already; `against` a commit plays the hour of a deadline with both programs in
/// turns.
pub fn run(part: Option<&str>, again: bool, against: Option<&str>) -> Result<(), String> {
    let built = || if again { Ok(()) } else { built() };
    match part {
        Some("build") => {
            build::run(against.ok_or("say --against COMMIT: a build is measured beside another one")?)
        }
        Some(what @ ("deadline" | "writers")) if against.is_some() => {
            built().and_then(|()| against::run_against(against.unwrap_or_default(), what == "deadline"))
        }
        Some("scoring") => built().and_then(|()| scoring()),
        Some("rounding") => built().and_then(|()| package::rounding()),
        Some("polars") => built().and_then(|()| package::polars()),
        Some("server") => built().and_then(|()| serving()),
        Some("deadline") => built().and_then(|()| server::deadlines()),
        Some("pace") => built().and_then(|()| server::paces()),
        Some(other) => Err(format!("no such part: {other}")),
        None => {
            built()?;
            scoring()?;
            package::rounding()?;
            package::polars()?;
            serving()
        }
    }
}

/// Debug numbers mean nothing.
fn built() -> Result<(), String> {
    crate::assets::build()?;
    shell_run(
        &cargo(),
        &["build", "--release", "--locked", "--package", "parindex-app", "--package", "parindex-bench"],
    )
}

fn scoring() -> Result<(), String> {
    let national = national::measure()?;
    let peers = columns::measure()?;
    let pandas = commands::pandas()?;
    let commands = commands::measure()?;
    keep("Scoring", &page::scoring(&national, &peers, &pandas, &commands)?)
}

fn serving() -> Result<(), String> {
    let measured = server::measure()?;
    keep("Server", &page::server(&measured, server::binary_mb()?, hashes()?)?)
}

/// Passwords checked in a second, by the optimised program.
fn hashes() -> Result<f64, String> {
    let program = root().join("target/release/parindex-bench").display().to_string();
    let told = crate::shell::output(&program, &["hashes"])?;
    told.trim().parse().map_err(|_bad| told)
}

/// Puts a section in its place; the others stay as they are.
pub fn keep(name: &str, section: &str) -> Result<(), String> {
    let path = root().join("docs/benchmarks.md");
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let heading = format!("## {name}\n");
    let text = match text.split_once(&heading) {
        Some((before, rest)) => {
            let after = rest.find("\n## ").map_or("", |at| rest.get(at + 1..).unwrap_or_default());
            let gap = if after.is_empty() { "" } else { "\n" };
            format!("{before}{heading}\n{section}{gap}{after}")
        }
        None => format!("{}\n\n{heading}\n{section}", text.trim_end()),
    };
    write(&path, &text)
}
