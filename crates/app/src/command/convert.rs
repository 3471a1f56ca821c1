//! `parindex convert`: CSV and XLSX back and forth; repair of old encodings.

use std::path::Path;

use clap::ArgMatches;
use parindex_package::source::read_file;
use parindex_package::{PackageProblem, set, text, whole};
use parindex_rulebook::finding::Place;

use super::{CommandResult, path};
use crate::console::Console;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let (from, to) = (path(arguments, "from"), path(arguments, "to"));
    if !arguments.get_flag("fix") {
        whole::write(&to, &convert(&from, &to)?)?;
        console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), to.display()));
        return Ok(());
    }
    let (text, encoding) = fix(&from, &to)?;
    whole::write(&to, text.as_bytes())?;
    let to = to.display();
    console.line(console.lang.pick(
        format!("Đã ghi {to}, đọc từ bảng mã {encoding}; hãy xem lại vài tên trước khi dùng"),
        format!("Wrote {to}, read as {encoding}; look at a few names before using it"),
    ));
    Ok(())
}

fn convert(from: &Path, to: &Path) -> Result<Vec<u8>, parindex_package::Findings> {
    set::convert(&from.display().to_string(), read_file(from)?, &to.display().to_string())
}

/// Repairs the encoding of a CSV file.
fn fix(from: &Path, to: &Path) -> Result<(String, &'static str), parindex_package::Findings> {
    for path in [from, to] {
        let name = path.display().to_string();
        if set::Form::of(&name)? == set::Form::Xlsx {
            return Err(PackageProblem::NotText.at(Place::file(&name)));
        }
    }
    text::repair(&from.display().to_string(), &read_file(from)?)
}
