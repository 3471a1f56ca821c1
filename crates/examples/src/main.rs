//! Writes `examples/` anew: `cargo xtask examples`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use parindex_rulebook::lang::{Lang, Say};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    match parindex_examples::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(findings) => {
            for finding in &findings {
                // Where nobody listens there is nothing to do about it.
                let _unheard = writeln!(std::io::stderr().lock(), "{}", finding.say(Lang::En));
            }
            ExitCode::FAILURE
        }
    }
}
