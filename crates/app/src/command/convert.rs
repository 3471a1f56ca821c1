//! `parindex convert`: CSV and XLSX back and forth; repair of old encodings.

use std::path::Path;

use clap::ArgMatches;
use parindex_package::source::read_file;
use parindex_package::{PackageProblem, set, text, whole};
use parindex_rulebook::finding::Place;

use super::{Done, path};
use crate::console::Console;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    let (from, to) = (path(arguments, "from"), path(arguments, "to"));
    let bytes = if arguments.get_flag("fix") { fix(&from, &to)? } else { convert(&from, &to)? };
    whole::write(&to, &bytes)?;
    console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), to.display()));
    Ok(())
}

fn convert(from: &Path, to: &Path) -> Result<Vec<u8>, parindex_package::Findings> {
    set::convert(&from.display().to_string(), read_file(from)?, &to.display().to_string())
}

/// Repairs the encoding of a CSV file.
fn fix(from: &Path, to: &Path) -> Result<Vec<u8>, parindex_package::Findings> {
    for path in [from, to] {
        let name = path.display().to_string();
        if set::Form::of(&name)? == set::Form::Xlsx {
            return Err(PackageProblem::NotText.at(Place::file(&name)));
        }
    }
    Ok(text::repair(&read_file(from)?).into_bytes())
}
