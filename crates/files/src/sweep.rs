//! What nobody names any more is set aside for a day, then removed; uploads that never ended go with it.

use std::collections::HashSet;
use std::time::UNIX_EPOCH;

use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStoreExt};

use crate::{FileHash, Files, FilesError};

/// What is younger may belong to somebody who is still at it.
const YOUNG: i64 = 24 * 3_600 * 1_000_000;

/// How many files a sweep set aside, brought back and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that no row names, set aside.
    pub aside: u64,
    /// Files that were named after all, and are back.
    pub back: u64,
    /// Files and uploads removed.
    pub removed: u64,
}

impl Files {
    /// Sweeps. `named` are the hashes that the database names, read before this call; `now` is in microseconds since 1970.
    ///
    /// # Errors
    /// [`FilesError`]; whatever was not done is done the next time.
    pub async fn sweep(&self, named: &HashSet<String>, now: i64) -> Result<Swept, FilesError> {
        let mut swept = Swept::default();
        let old = |object: &ObjectMeta| object.last_modified.timestamp_micros() + YOUNG < now;
        // First what lies aside: a file that is set aside now stays there until the next sweep.
        for object in self.list("aside").await? {
            let Some(hash) = FileHash::of_path(&object.location) else { continue };
            if named.contains(&hash.to_string()) {
                self.store.rename(&object.location, &hash.path()).await?;
                swept.back += 1;
            } else if old(&object) {
                self.store.delete(&object.location).await?;
                swept.removed += 1;
            }
        }
        for object in self.list("files").await?.into_iter().filter(|object| old(object)) {
            let Some(hash) = FileHash::of_path(&object.location) else { continue };
            if !named.contains(&hash.to_string()) {
                self.set_aside(&object.location, &hash).await?;
                swept.aside += 1;
            }
        }
        for object in self.list("incoming").await?.into_iter().filter(|object| old(object)) {
            self.store.delete(&object.location).await?;
            swept.removed += 1;
        }
        swept.removed += self.remove_halves(now)?;
        Ok(swept)
    }

    /// Copied before it is removed, so that the copy is young wherever the time of a file moves with it.
    async fn set_aside(&self, from: &Path, hash: &FileHash) -> Result<(), FilesError> {
        let content = self.store.get(from).await?.into_stream();
        let mut writing = object_store::WriteMultipart::new(self.store.put_multipart(&hash.aside()).await?);
        let mut content = Box::pin(content);
        while let Some(part) = content.try_next().await? {
            writing.wait_for_capacity(super::PARTS).await?;
            writing.put(part);
        }
        writing.finish().await?;
        Ok(self.store.delete(from).await?)
    }

    /// Halves of uploads that a killed process has left in a folder; the library that wrote them does not list them. Folders
    /// that are empty by now go with them.
    fn remove_halves(&self, now: i64) -> Result<u64, FilesError> {
        let mut removed = 0;
        for folder in self.folder.iter().flat_map(|folder| [folder.join("incoming"), folder.join("aside")]) {
            removed += remove_halves_in(&folder, now).map_err(|error| FilesError::Broken(Box::new(error)))?;
        }
        Ok(removed)
    }

    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<ObjectMeta>, FilesError> {
        Ok(self.store.list(Some(&Path::from(folder))).try_collect().await?)
    }
}

fn remove_halves_in(folder: &std::path::Path, now: i64) -> std::io::Result<u64> {
    let mut removed = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        // What moves to its place meanwhile is no half of anything.
        let about = match entry.metadata() {
            Ok(about) => about,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let changed = about.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
        let old = i64::try_from(changed).unwrap_or(i64::MAX).saturating_add(YOUNG) < now;
        if about.is_dir() {
            removed += remove_halves_in(&entry.path(), now)?;
            if old {
                let _holds_something = std::fs::remove_dir(entry.path());
            }
        } else if old && entry.file_name().to_string_lossy().contains('#') {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}
