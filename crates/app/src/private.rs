//! Files that their owner alone may read: whether they are, and made so.

use std::path::{Path, PathBuf};

use parindex_files::FilePlace;
use parindex_store::Store;

use crate::key::signing_path;
use crate::settings::Installation;

/// A file or folder that others may read.
#[derive(Debug, PartialEq, Eq)]
pub struct Open {
    pub path: PathBuf,
    /// Its rights now.
    pub mode: u32,
    /// Its rights as they should be.
    pub right: u32,
}

/// Those of an installation: the database, the keys, the folders of evidence and of backups.
pub fn open_to_others(settings: &Installation) -> Vec<Open> {
    let mut paths = Store::files_of(&settings.database.value);
    paths.push(PathBuf::from(&settings.keys.value));
    paths.push(signing_path(&settings.keys.value));
    if let Ok(FilePlace::Folder(folder)) = FilePlace::parse(&settings.files.value) {
        paths.push(folder);
    }
    paths.push(PathBuf::from(&settings.backup_folder.value));
    paths.into_iter().filter_map(|path| open(&path)).collect()
}

#[cfg(unix)]
fn open(path: &Path) -> Option<Open> {
    let about = path.metadata().ok()?;
    let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o7777;
    let right = if about.is_dir() { 0o700 } else { 0o600 };
    (mode & 0o077 != 0).then(|| Open { path: path.to_owned(), mode, right })
}

#[cfg(not(unix))]
fn open(_path: &Path) -> Option<Open> {
    None
}

/// Makes them private, and says so; one that cannot be is said too, and keeps no server from starting.
pub fn narrow(settings: &Installation) {
    for open in open_to_others(settings) {
        let Open { path, mode, right } = open;
        let (shown, was, is) = (path.display(), format!("{mode:o}"), format!("{right:o}"));
        match set(&path, right) {
            Ok(()) => {
                tracing::warn!(event = "path.made_private", path = %shown, was, is, "others could read this; now its owner alone can");
            }
            Err(error) => {
                tracing::warn!(event = "path.not_private", path = %shown, was, %error, "others can read this, and that cannot be changed");
            }
        }
    }
}

#[cfg(unix)]
fn set(path: &Path, right: u32) -> std::io::Result<()> {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(right))
}

#[cfg(not(unix))]
fn set(_path: &Path, _right: u32) -> std::io::Result<()> {
    Ok(())
}
