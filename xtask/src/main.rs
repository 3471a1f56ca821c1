//! The project's own commands; `cargo xtask` alone lists them.

use std::process::ExitCode;

mod bench;
mod demo;
mod examples;
mod shell;
mod test;
mod tidy;

const HELP: &str = "\
cargo xtask demo       build the program and run it on the example packages; reports go to out/
                       (the first build takes about 10 minutes on 2 cores, after that about 20 seconds)
cargo xtask test       format, lints, all tests, doc tests, invariants
                       (about 6 minutes on 2 cores from a clean checkout, about 1 minute after that)
cargo xtask bench      measure what docs/benchmarks.md reports, and write it anew (about 12 minutes)
cargo xtask examples   write examples/ anew from xtask/data
cargo xtask tidy       only the invariants
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("demo") => demo::run(),
        Some("test") => test::run(),
        Some("bench") => bench::run(arguments.next().as_deref()),
        Some("examples") => write_examples(),
        Some("tidy") => tidy::run(),
        _ => {
            shell::say(HELP);
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

fn write_examples() -> Result<(), String> {
    let told = |findings: parindex_package::Findings| {
        let lines = findings.iter().map(|finding| format!("{finding:?}")).collect::<Vec<_>>();
        lines.join("\n")
    };
    examples::write(&shell::root().join("examples")).map_err(told)
}
