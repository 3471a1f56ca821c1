//! `parindex pack`: the description of a package anew, and the package as one ZIP.

use std::path::PathBuf;

use clap::ArgMatches;
use parindex_package::load::load;
use parindex_package::manifest::{self, Manifest};
use parindex_package::source::{PackageSource, read_file};
use parindex_package::{archive, descriptor, whole};

use super::{CommandResult, path};
use crate::console::Console;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let folder = path(arguments, "package");
    let source = PackageSource::open(&folder)?;
    let settings = Manifest::read(source.need(manifest::FILE)?)?;
    let mut files = Vec::new();
    for name in source.paths()?.into_iter().filter(|name| name != descriptor::FILE) {
        let bytes = read_file(&folder.join(&name))?;
        files.push((name, bytes));
    }
    let description = format!("{:#}\n", descriptor::describe(&settings, &files));
    whole::write(&folder.join(descriptor::FILE), description.as_bytes())?;
    console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), folder.join(descriptor::FILE).display()));
    // Only a package that can be read is worth packing.
    load(&folder)?;
    if let Some(zip) = arguments.get_one::<PathBuf>("zip") {
        files.push((descriptor::FILE.to_owned(), description.into_bytes()));
        files.sort_unstable();
        whole::write(zip, &archive::zip(&files)?)?;
        console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), zip.display()));
    }
    Ok(())
}
