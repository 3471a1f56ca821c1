//! The program `parindex`.

use std::process::ExitCode;

mod cli;
mod command;
mod console;
mod descriptors;
mod failure;
mod key;
mod private;
mod settings;

use console::Console;
use parindex_rulebook::lang::Lang;

/// After the load of a deadline the system’s own keeps four times as much, and is slower between threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let lang = cli::language(std::env::args_os().map(|each| each.to_string_lossy().into_owned()));
    let matches = match cli::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // Help is asked for and goes to standard output; a wrong word is a wrong use.
            let code = if error.use_stderr() { 2 } else { 0 };
            if code == 2 && lang == Lang::Vi {
                Console::remark(&cli::wrong_use(&error));
                return ExitCode::from(code);
            }
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::FAILURE };
        }
    };
    let mut console = Console::new(lang);
    match command::run(&matches, &mut console).and_then(|()| console.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => console.fail(&failure),
    }
}
