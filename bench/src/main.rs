//! What `cargo xtask bench` measures inside a process of its own: `national` or `hashes`.

use std::io::Write;
use std::process::ExitCode;

mod hashes;
mod national;

/// One line on standard output.
fn say(text: &str) {
    // Where nobody listens there is nothing to do about it.
    let _unheard = writeln!(std::io::stdout().lock(), "{text}");
}

fn main() -> ExitCode {
    let done = match std::env::args().nth(1).as_deref() {
        Some("national") => national::run(),
        Some("hashes") => {
            say(&hashes::hashes_per_second().to_string());
            Ok(())
        }
        other => Err(format!("no such measurement: {other:?}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&why);
            ExitCode::FAILURE
        }
    }
}
