//! What `cargo xtask bench` measures inside a process of its own: `national` or `hashes`; and `package`, which writes what whole
//! commands are measured on.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

mod hashes;
mod national;
mod package;

/// One line on standard output.
fn say(text: &str) {
    // Where nobody listens there is nothing to do about it.
    let _unheard = writeln!(std::io::stdout().lock(), "{text}");
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["national"] => national::run(),
        ["package", rounded, folder] => package::write(rounded, Path::new(folder)),
        ["hashes"] => {
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
