//! The project's own commands; `cargo xtask` alone lists them.

use std::process::ExitCode;

mod assets;
mod bench;
mod browser;
mod bucket;
mod debian;
mod demo;
mod faults;
mod postgres;
mod shell;
mod steps;
mod test;
mod tidy;
mod times;

/// What `cargo xtask` alone prints.
fn help() -> String {
    let (demo, test) = (times::DEMO.en, times::TEST.en);
    format!(
        "\
cargo xtask demo       build the program, run it on the example packages (reports go to out/), then serve a demonstration
                       ({demo})
cargo xtask test       format, lints, all tests on both databases and in the browser, doc tests, invariants
                       ({test})
cargo xtask browser    only the tests in the browser, of the program as plain cargo has built it;
                       `browser typing -g calendar` only these, with the arguments of Playwright
cargo xtask assets     build styles, scripts and fonts, which plain cargo needs once
cargo xtask bench      measure what docs/benchmarks.md reports, and write it anew (about 40 minutes);
                       `bench scoring` and `bench server` measure one part, with --again what is built already,
                       `bench rounding` and `bench polars` whole runs of `parindex score` on the national campaign: rounded at the
                       end or each criterion, and beside polars;
                       `bench deadline` plays the hour of a deadline alone, with `--against COMMIT` in turns with that program
                       (`bench writers --against COMMIT` only 32 people who never pause);
                       `bench build --against COMMIT` measures what a newcomer and a developer wait for, in fresh clones
cargo xtask faults     kill the process and PostgreSQL and fill disks under many writers, again and again (about half an hour);
                       `--resume` goes on where a run was stopped
cargo xtask examples   write examples/ anew from crates/examples/data
cargo xtask routes     print all addresses: what each needs, what it is about, how much it takes
cargo xtask tidy       only the invariants
"
    )
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("demo") => demo::run(),
        Some("test") => test::run(),
        Some("browser") => browser::test(&arguments.collect::<Vec<_>>()),
        Some("assets") => assets::build(),
        Some("bench") => {
            let rest: Vec<String> = arguments.collect();
            let after = |flag: &str| rest.iter().skip_while(|each| *each != flag).nth(1).map(String::as_str);
            let part = rest.first().map(String::as_str).filter(|part| !part.starts_with("--"));
            bench::run(part, rest.iter().any(|each| each == "--again"), after("--against"))
        }
        Some("faults") => faults::run(arguments.next().as_deref() == Some("--resume")),
        Some("examples") => write_examples(),
        Some("routes") => shell::run(&shell::cargo(), &ROUTES),
        Some("tidy") => tidy::run(),
        _ => {
            shell::say(&help());
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            shell::say(&format!("xtask: {why}"));
            ExitCode::FAILURE
        }
    }
}

/// What prints the table of routes.
const ROUTES: [&str; 7] = ["run", "--quiet", "--locked", "--package", "parindex-web", "--example", "routes"];

fn write_examples() -> Result<(), String> {
    shell::run(&shell::cargo(), &["run", "--quiet", "--locked", "--package", "parindex-examples"])
}
