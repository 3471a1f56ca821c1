//! An archive is restored: everything is compared with the manifest before anything is there.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use bytes::Bytes;
use futures_util::stream;
use parindex_domain::audit::digest;
use parindex_files::Files;
use parindex_store::backup::{Filling, Recorded, tables_of};
use parindex_store::{Actor, Store};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::write::hash_in;
use super::{ArchiveError, FORMAT, MANIFEST, Manifest, Table, hex};

/// Lines that are put into the database at a time.
const PART: usize = 2_000;
/// Bytes of a file that are read at a time.
const CHUNK: usize = 1 << 20;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The last row of the log that was restored.
    pub last: i64,
    /// How many files.
    pub files: u64,
}

/// Restores into an empty database and a place for files.
///
/// # Errors
/// [`ArchiveError`]; the database is then as empty as before. Files that were put back already do no harm: nothing names them.
pub async fn restore(
    store: &Store,
    files: &Files,
    source: &Path,
    (actor, now): (&Actor, i64),
) -> Result<Restored, ArchiveError> {
    let mut archive = ZipArchive::new(File::open(source)?)?;
    let (manifest, written) = manifest(&mut archive)?;
    for table in &manifest.tables {
        compare(&mut archive, table)?;
    }
    let filling = store.fill().await?;
    let mut count = 0;
    for table in &manifest.tables {
        count += put(&mut archive, table, &filling, files).await?;
    }
    let last = filling.finish(now).await?.map_err(ArchiveError::Log)?;
    store.commit(actor, now, Recorded::Restore { manifest: digest(&written) }).await?;
    // The files are now those of the restored installation, and of no other.
    if let Some(identity) = store.identity().await? {
        files.claim(&identity).await?;
    }
    Ok(Restored { last, files: count })
}

/// What the archive says of itself, as it stands there.
fn manifest(archive: &mut ZipArchive<File>) -> Result<(Manifest, String), ArchiveError> {
    let mut written = String::new();
    archive.by_name(MANIFEST)?.take(1 << 20).read_to_string(&mut written)?;
    let manifest: Manifest =
        serde_json::from_str(&written).map_err(|error| ArchiveError::Unreadable(error.to_string()))?;
    if !(1..=FORMAT).contains(&manifest.format) {
        return Err(ArchiveError::Format(manifest.format));
    }
    let named: Vec<&str> = manifest.tables.iter().map(|table| table.name.as_str()).collect();
    if named == tables_of(manifest.format) { Ok((manifest, written)) } else { Err(ArchiveError::Tables) }
}

fn lines<'a>(
    archive: &'a mut ZipArchive<File>,
    table: &Table,
) -> Result<impl Iterator<Item = std::io::Result<String>> + use<'a>, ArchiveError> {
    Ok(BufReader::new(archive.by_name(&format!("{}.jsonl", table.name))?).lines())
}

/// Whether a table is what the manifest says; it is read line by line and never held whole.
fn compare(archive: &mut ZipArchive<File>, table: &Table) -> Result<(), ArchiveError> {
    let (mut sum, mut rows) = (Sha256::new(), 0);
    for line in lines(archive, table)? {
        sum.update(line?);
        sum.update("\n");
        rows += 1;
    }
    if rows == table.rows && hex(sum) == table.sha256 {
        return Ok(());
    }
    Err(ArchiveError::Altered(table.name.clone()))
}

/// Puts the rows of a table, and the files that they name.
async fn put(
    archive: &mut ZipArchive<File>,
    table: &Table,
    filling: &Filling,
    files: &Files,
) -> Result<u64, ArchiveError> {
    let mut hashes = Vec::new();
    let mut rows = lines(archive, table)?;
    loop {
        let part = rows.by_ref().take(PART).collect::<std::io::Result<Vec<_>>>()?;
        if part.is_empty() {
            break;
        }
        if table.name == "file" {
            hashes.extend(part.iter().filter_map(|line| hash_in(line)));
        }
        filling.put(&table.name, &part).await?;
    }
    drop(rows);
    for hash in &hashes {
        content(archive, hash, files).await?;
    }
    Ok(u64::try_from(hashes.len()).unwrap_or(u64::MAX))
}

async fn content(archive: &mut ZipArchive<File>, hash: &str, files: &Files) -> Result<(), ArchiveError> {
    let wrong = || ArchiveError::File(hash.to_owned());
    let mut entry = archive.by_name(&format!("files/{hash}")).map_err(|_missing| wrong())?;
    let parts = std::iter::from_fn(|| {
        let mut part = vec![0; CHUNK];
        match entry.read(&mut part) {
            Ok(0) => None,
            Ok(read) => {
                part.truncate(read);
                Some(Ok(Bytes::from(part)))
            }
            Err(error) => Some(Err(error)),
        }
    });
    let kept = files.keep(stream::iter(parts), u64::MAX).await?;
    if kept.hash.to_string() == hash { Ok(()) } else { Err(wrong()) }
}
