//! An archive is written while others work.

use std::io::Write;
use std::path::Path;

use futures_util::TryStreamExt;
use parindex_files::{FileHash, Files};
use parindex_store::Store;
use parindex_store::backup::{Moment, TABLES};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{ArchiveError, FORMAT, MANIFEST, Manifest, PART, Table, hex};

/// Writes everything of this moment, beside its place and renamed at the end: whole or not at all, and never in the place of
/// another archive.
///
/// # Errors
/// [`ArchiveError`]; then there is no archive.
pub async fn write(store: &Store, files: &Files, target: &Path, now: i64) -> Result<Manifest, ArchiveError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let ending = format!(".{PART}");
    let mut file = tempfile::Builder::new().prefix("parindex-").suffix(&ending).tempfile_in(folder)?;
    let manifest = {
        let mut archive = ZipWriter::new(file.as_file_mut());
        let moment = store.moment().await?;
        let (mut tables, mut hashes) = (Vec::new(), Vec::new());
        for name in TABLES {
            tables.push(table(&moment, name, &mut archive, &mut hashes).await?);
        }
        for hash in &hashes {
            content(files, hash, &mut archive).await?;
        }
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let files = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
        let manifest = Manifest { format: FORMAT, program, created_at: now, tables, files };
        archive.start_file(MANIFEST, SimpleFileOptions::default())?;
        archive.write_all(manifest.text()?.as_bytes())?;
        archive.finish()?;
        manifest
    };
    file.as_file().sync_all()?;
    file.persist_noclobber(target).map_err(|error| ArchiveError::from(error.error))?;
    Ok(manifest)
}

/// A table as lines; the hashes that the table of files names are noted on the way.
async fn table<W: Write + std::io::Seek + Send>(
    moment: &Moment,
    name: &str,
    archive: &mut ZipWriter<W>,
    hashes: &mut Vec<String>,
) -> Result<Table, ArchiveError> {
    archive.start_file(format!("{name}.jsonl"), SimpleFileOptions::default().large_file(true))?;
    let mut sum = Sha256::new();
    let mut sink = |line: &str| {
        if name == "file" {
            hashes.push(hash_in(line).ok_or(std::io::ErrorKind::InvalidData)?);
        }
        sum.update(line);
        sum.update("\n");
        archive.write_all(line.as_bytes())?;
        archive.write_all(b"\n")
    };
    let rows = moment.read(name, &mut sink).await?;
    Ok(Table { name: name.to_owned(), rows, sha256: hex(sum) })
}

/// The hash that a row of the table of files names.
pub(super) fn hash_in(line: &str) -> Option<String> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    row.get("hash")?.as_str().map(str::to_owned)
}

/// Evidence is pictures and PDF, which do not get smaller; it is stored as it is.
async fn content<W: Write + std::io::Seek + Send>(
    files: &Files,
    hash: &str,
    archive: &mut ZipWriter<W>,
) -> Result<(), ArchiveError> {
    let known = FileHash::parse(hash).ok_or_else(|| ArchiveError::File(hash.to_owned()))?;
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    archive.start_file(format!("files/{hash}"), stored)?;
    let mut sum = Sha256::new();
    let mut parts = Box::pin(files.read(&known).await?);
    while let Some(part) = parts.try_next().await? {
        sum.update(&part);
        archive.write_all(&part)?;
    }
    // A backup that holds what cannot be restored is worse than a failure tonight.
    if hex(sum) == hash { Ok(()) } else { Err(ArchiveError::File(hash.to_owned())) }
}
