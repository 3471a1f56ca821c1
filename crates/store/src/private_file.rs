//! The file of a database is read by its owner alone from the moment it is there: SQLite would make it as open as the system lets
//! it, and gives the files beside it the rights of this one.

use std::path::PathBuf;

use crate::Store;
use crate::dialect;

/// Makes it where SQLite would; an empty file is an empty database. What cannot be made is told when it is opened.
pub(crate) fn make(url: &str) {
    let made = url.contains("mode=rwc") || !url.contains('?');
    let Some(path) = dialect::file(url).filter(|_| made) else { return };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _is_there_already = options.open(path);
}

impl Store {
    /// The files of a database that is one of this machine: itself and those beside it, whether they are there or not.
    #[must_use]
    pub fn files_of(url: &str) -> Vec<PathBuf> {
        let Some(path) = dialect::file(url) else { return Vec::new() };
        let beside = |ending: &str| {
            let mut name = path.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        vec![path.clone(), beside("-wal"), beside("-shm")]
    }
}
