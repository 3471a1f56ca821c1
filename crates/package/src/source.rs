//! The files of a package, from a folder or a ZIP, bounded before anything is trusted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};

use parindex_rulebook::finding::Place;

use crate::archive::DOCUMENTS;
use crate::{Bounds, Findings, PackageProblem, system_words};

/// The largest single file, unpacked.
pub const MAX_FILE: u64 = Bounds::COMMAND.file;
/// More entries than any package has beside its documents.
const MAX_ENTRIES: usize = 1_000;
/// More documents than any package has.
pub const MAX_DOCUMENTS: usize = 100_000;

/// Where the files of a package come from.
#[derive(Debug)]
pub enum PackageSource {
    Folder(PathBuf),
    /// An unpacked ZIP: its name and its files.
    Zip(String, BTreeMap<String, Vec<u8>>),
}

impl PackageSource {
    /// Opens a folder or ZIP.
    ///
    /// # Errors
    /// What stands in the way, with its place.
    pub fn open(path: &Path) -> Result<Self, Findings> {
        let name = path.display().to_string();
        let unreadable =
            |error: std::io::Error| PackageProblem::Unreadable(system_words(&error)).at(Place::file(&name));
        if fs::metadata(path).map_err(unreadable)?.is_dir() {
            fs::read_dir(path).map_err(unreadable)?;
            return Ok(Self::Folder(path.to_owned()));
        }
        // Its documents may be many gigabytes; only its tables are read.
        let file = fs::File::open(path).map_err(unreadable)?;
        Ok(Self::Zip(name.clone(), unpack(&name, BufReader::new(file), &Bounds::COMMAND)?))
    }

    /// Opens the bytes of a ZIP.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn zip(name: &str, bytes: &[u8]) -> Result<Self, Findings> {
        Self::zip_within(name, bytes, &Bounds::COMMAND)
    }

    /// Opens the bytes of a ZIP of bounded size.
    ///
    /// # Errors
    /// As [`Self::open`], and where there is more in it.
    pub fn zip_within(name: &str, bytes: &[u8], bounds: &Bounds) -> Result<Self, Findings> {
        Ok(Self::Zip(name.to_owned(), unpack(name, Cursor::new(bytes), bounds)?))
    }

    /// The name people know it by.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Folder(path) => path.display().to_string(),
            Self::Zip(name, _) => name.clone(),
        }
    }

    /// The bytes of a file, or `None` when it is not there.
    ///
    /// # Errors
    /// A path that leads out of the package, a file that cannot be read or is too large.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Findings> {
        if !self.has(path)? {
            return Ok(None);
        }
        match self {
            Self::Folder(folder) => read_file(&folder.join(path)).map(Some),
            Self::Zip(_, files) => Ok(files.get(path).cloned()),
        }
    }

    /// Whether a file is there; it is not opened.
    ///
    /// # Errors
    /// A path that leads out of the package.
    pub fn has(&self, path: &str) -> Result<bool, Findings> {
        let unsafe_path = || PackageProblem::UnsafePath(path.to_owned()).at(Place::file(&self.name()));
        if !is_inside(path) {
            return Err(unsafe_path());
        }
        match self {
            Self::Folder(folder) if folder.join(path).exists() => {
                let linked =
                    |part: &Path| folder.join(part).symlink_metadata().is_ok_and(|found| found.is_symlink());
                let linked =
                    Path::new(path).ancestors().filter(|part| !part.as_os_str().is_empty()).any(linked);
                if linked { Err(unsafe_path()) } else { Ok(true) }
            }
            Self::Folder(_) => Ok(false),
            Self::Zip(_, files) => Ok(files.contains_key(path)),
        }
    }

    /// How many lines end in a file, which its rows do not exceed; zero where it is not there or cannot be read.
    #[must_use]
    pub fn lines(&self, path: &str) -> usize {
        match self {
            Self::Folder(folder) if self.has(path) == Ok(true) => {
                fs::File::open(folder.join(path)).map_or(0, |file| lines(file.take(MAX_FILE)))
            }
            Self::Folder(_) => 0,
            Self::Zip(_, files) => files.get(path).map_or(0, |bytes| lines(bytes.as_slice())),
        }
    }

    /// The bytes of a file that must be there.
    ///
    /// # Errors
    /// As [`Self::read`], and when it is not there.
    pub fn need(&self, path: &str) -> Result<Vec<u8>, Findings> {
        self.read(path)?.ok_or_else(|| PackageProblem::NoFile.at(Place::file(path)))
    }
}

impl PackageSource {
    /// The paths of all files, sorted; hidden files stay out.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn paths(&self) -> Result<Vec<String>, Findings> {
        match self {
            Self::Zip(_, files) => Ok(files.keys().cloned().collect()),
            Self::Folder(folder) => {
                let mut paths = Vec::new();
                list(folder, folder, &mut paths)?;
                paths.sort_unstable();
                Ok(paths)
            }
        }
    }

    /// The same files in memory, with some of them changed: what a package would be, before anything is written.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn changed(&self, changes: &[(String, Vec<u8>)]) -> Result<Self, Findings> {
        let mut files = BTreeMap::new();
        for path in self.paths()? {
            let bytes = self.need(&path)?;
            files.insert(path, bytes);
        }
        files.extend(changes.iter().cloned());
        Ok(Self::Zip(self.name(), files))
    }
}

fn list(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<(), Findings> {
    let place = || Place::file(&folder.display().to_string());
    let unreadable = |error: std::io::Error| PackageProblem::Unreadable(system_words(&error)).at(place());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        // A link may lead anywhere, so it is no part of the package.
        let link = entry.file_type().map_err(unreadable)?.is_symlink();
        let hidden = link || entry.file_name().to_string_lossy().starts_with('.');
        if path.is_dir() && !hidden {
            list(root, &path, paths)?;
        } else if let (Ok(inside), false) = (path.strip_prefix(root), hidden) {
            let parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
            paths.push(parts.collect::<Vec<_>>().join("/"));
        }
    }
    Ok(())
}

/// A relative path of plain names.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    plain && !path.is_empty() && !path.contains(['\\', ':', '\0'])
}

/// Reads a whole file of bounded size.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Findings> {
    let place = || Place::file(&path.display().to_string());
    let unreadable = |error: std::io::Error| PackageProblem::Unreadable(system_words(&error)).at(place());
    let file = fs::File::open(path).map_err(unreadable)?;
    // A list that grows is copied; the length may be wrong, and is only a first guess.
    let length = file.metadata().map_err(unreadable)?.len().min(MAX_FILE);
    let mut bytes = Vec::with_capacity(usize::try_from(length + 1).unwrap_or_default());
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE {
        return Err(PackageProblem::TooLarge(MAX_FILE).at(place()));
    }
    Ok(bytes)
}

/// How many lines end in what is read, as far as it can be read.
fn lines(mut content: impl Read) -> usize {
    let (mut part, mut count) = ([0; 1 << 14], 0);
    while let Ok(length @ 1..) = content.read(&mut part) {
        count += part.iter().take(length).filter(|byte| **byte == b'\n').count();
    }
    count
}

/// Whether a path of an archive, which may be in the folder that was packed, is the one of a document.
fn is_document(path: &str) -> bool {
    let inside = path.split_once('/').map_or("", |(_, inside)| inside);
    path.starts_with(DOCUMENTS) || inside.starts_with(DOCUMENTS)
}

fn unpack(
    name: &str,
    content: impl Read + Seek,
    bounds: &Bounds,
) -> Result<BTreeMap<String, Vec<u8>>, Findings> {
    let at = |problem: PackageProblem| problem.at(Place::file(name));
    let not_zip = |error: zip::result::ZipError| at(PackageProblem::NotZip(error.to_string()));
    let mut archive = zip::ZipArchive::new(content).map_err(not_zip)?;
    let tables =
        archive.file_names().filter(|path| !path.as_ref().is_ok_and(|path| is_document(path))).count();
    let most = MAX_ENTRIES + MAX_DOCUMENTS;
    if tables > MAX_ENTRIES || archive.len() > most || archive.has_duplicate_names() {
        return Err(at(PackageProblem::NotZip(format!("{} entries", archive.len()))));
    }
    let mut files = BTreeMap::new();
    let mut left = bounds.package;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(not_zip)?;
        let path = entry.name().map_err(not_zip)?.into_owned();
        if !is_inside(path.trim_end_matches('/')) || entry.is_symlink() {
            return Err(at(PackageProblem::UnsafePath(path)));
        }
        if entry.is_dir() || is_document(&path) {
            continue;
        }
        // The declared size proves nothing: read through a limit.
        let limit = left.min(bounds.file);
        let mut content = Vec::new();
        // Whoever says that it is too large is believed.
        if entry.size() > limit {
            return Err(at(PackageProblem::TooLarge(limit)));
        }
        let broken = |error: std::io::Error| at(PackageProblem::NotZip(format!("{path}: {error}")));
        entry.take(limit + 1).read_to_end(&mut content).map_err(broken)?;
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        left = left
            .checked_sub(size)
            .filter(|_| size <= limit)
            .ok_or_else(|| at(PackageProblem::TooLarge(limit)))?;
        files.insert(path, content);
    }
    Ok(strip_common_folder(files))
}

/// A folder that was zipped whole has its name before every file.
fn strip_common_folder(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    if files.contains_key("campaign.toml") {
        return files;
    }
    let first = files.keys().find_map(|path| Some(path.strip_suffix("campaign.toml")?.to_owned()));
    match first {
        Some(folder) if files.keys().all(|path| path.starts_with(&folder)) => {
            let bare = |(path, content): (String, Vec<u8>)| {
                (path.strip_prefix(&folder).map(str::to_owned).unwrap_or_default(), content)
            };
            files.into_iter().map(bare).collect()
        }
        _ => files,
    }
}
