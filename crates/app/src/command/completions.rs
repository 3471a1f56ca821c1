//! `parindex completions`: what a shell can complete.

use clap::ArgMatches;
use clap_complete::{Shell, generate};

use crate::cli;
use crate::console::Console;

pub fn run(arguments: &ArgMatches, console: &mut Console) {
    let mut script = Vec::new();
    if let Some(shell) = arguments.get_one::<Shell>("shell") {
        generate(*shell, &mut cli::command(console.lang), "parindex", &mut script);
    }
    console.raw(&script);
}
