//! Files are written whole or not at all: beside their place first, then moved there in one step.

use std::fs;
use std::io::Write;
use std::path::Path;

use parindex_rulebook::finding::Place;

use crate::{Findings, PackageProblem, system_words};

/// Writes a file, replacing what stood there only once all bytes are safe.
///
/// # Errors
/// A full disk, a folder that cannot be written; the old file is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Findings> {
    let failed = |error: &std::io::Error| {
        PackageProblem::Unwritable(system_words(error)).at(Place::file(&path.display().to_string()))
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file =
        tempfile::Builder::new().prefix(".parindex-").tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    readable(file.path()).map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// Temporary files are private; a finished document is for others too.
#[cfg(unix)]
fn readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Writes several files of a new folder: the folder appears whole or not at all.
///
/// # Errors
/// As [`write()`], and when the folder exists.
pub fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Findings> {
    let place = || Place::file(&folder.display().to_string());
    let failed = |error: &std::io::Error| PackageProblem::Unwritable(system_words(error)).at(place());
    if folder.exists() {
        return Err(PackageProblem::Exists.at(place()));
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| failed(&error))?;
    let building =
        tempfile::Builder::new().prefix(".parindex-").tempdir_in(parent).map_err(|error| failed(&error))?;
    for (name, bytes) in files {
        write(&building.path().join(name), bytes)?;
    }
    fs::rename(building.path(), folder).map_err(|error| failed(&error))?;
    browsable(folder).map_err(|error| failed(&error))
}

#[cfg(unix)]
fn browsable(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn browsable(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
