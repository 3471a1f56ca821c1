//! `parindex pack`: the description of a package anew, and the package as one ZIP.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use parindex_package::load::load;
use parindex_package::manifest::{self, Manifest};
use parindex_package::source::{Source, read_file};
use parindex_package::{Findings, archive, descriptor, whole};

use super::{Done, path};
use crate::console::Console;
use crate::failure::Failure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    let folder = path(arguments, "package");
    let source = Source::open(&folder)?;
    let settings = Manifest::read(source.need(manifest::FILE)?)?;
    let mut names = Vec::new();
    list(&folder, &folder, &mut names)?;
    let description = format!("{:#}\n", descriptor::describe(&settings, &names));
    whole::write(&folder.join(descriptor::FILE), description.as_bytes())?;
    // Only a package that can be read is worth packing.
    load(&folder)?;
    if let Some(zip) = arguments.get_one::<PathBuf>("zip") {
        let mut files = Vec::new();
        names.retain(|name| name != descriptor::FILE);
        names.push(descriptor::FILE.to_owned());
        names.sort_unstable();
        for name in names {
            let bytes = read_file(&folder.join(&name))?;
            files.push((name, bytes));
        }
        whole::write(zip, &archive::zip(&files)?)?;
        console.line(format!("{} {}", console.pick("Đã ghi", "Wrote"), zip.display()));
    }
    Ok(())
}

/// The files of a folder by their paths in it; hidden files stay out.
fn list(root: &Path, folder: &Path, names: &mut Vec<String>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| -> Findings {
        let place = parindex_rulebook::finding::Place::file(&folder.display().to_string());
        parindex_package::PackageProblem::Unreadable(error.to_string()).at(place)
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            list(root, &path, names)?;
        } else if let Ok(inside) = path.strip_prefix(root) {
            names.push(
                inside
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        }
    }
    Ok(())
}
