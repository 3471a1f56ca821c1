//! An archive is restored: everything is compared with the manifest before anything is there.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use bytes::Bytes;
use futures_util::stream;
use parindex_domain::audit::digest;
use parindex_files::{Files, FilesError};
use parindex_store::backup::{Filling, Recorded};
use parindex_store::{Actor, Store};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::open::{Opened, Source, Terms, open};
use super::write::hash_in;
use super::{ArchiveError, ArchivedTable, BackupManifest, MANIFEST, SIGNATURE, Whose, hex};
use crate::check_files::Faulty;

/// Lines that are put into the database at a time.
const PART: usize = 2_000;
/// Bytes of a file that are read at a time.
const CHUNK: usize = 1 << 20;

type Archive = ZipArchive<Box<dyn Source>>;

/// What a restored archive held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The last row of the log that was restored.
    pub last: i64,
    /// How many files.
    pub files: u64,
    /// Files that were not there when the archive was made.
    pub missing: Vec<Faulty>,
    /// Whose archive it was.
    pub whose: Whose,
}

/// Restores into an empty database and a place for files.
///
/// # Errors
/// [`ArchiveError`]; the database is then as empty as before. Files that were put back already do no harm: nothing names them.
pub async fn restore(
    (store, files): (&Store, &Files),
    source: &Path,
    terms: &Terms,
    (actor, now): (&Actor, i64),
) -> Result<Restored, ArchiveError> {
    let Opened { mut archive, manifest, written, whose } = open(source, terms)?;
    let hashes = compared(&mut archive, &manifest)?;
    let filling = store.fill().await?;
    for table in &manifest.tables {
        put(&mut archive, table, &filling).await?;
    }
    for hash in &hashes {
        content(&mut archive, hash, files).await?;
    }
    let last = filling.finish(now).await?.map_err(ArchiveError::Log)?;
    store.commit(actor, now, Recorded::Restore { manifest: digest(&written) }).await?;
    // The files are now those of the restored installation, and of no other.
    if let Some(identity) = store.identity().await? {
        files.claim(&identity).await?;
    }
    let count = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
    Ok(Restored { last, files: count, missing: manifest.missing, whose })
}

/// Whether all tables are what the manifest says and all files are there; the files that come back.
fn compared(archive: &mut Archive, manifest: &BackupManifest) -> Result<Vec<String>, ArchiveError> {
    let mut hashes = Vec::new();
    for table in &manifest.tables {
        compare(archive, table, |line| {
            if table.name == "file" {
                hashes.extend(hash_in(line));
            }
        })?;
    }
    let mut named: HashSet<String> = hashes.iter().map(|hash| format!("files/{hash}")).collect();
    let lacking: HashSet<&str> = manifest.missing.iter().map(|faulty| faulty.hash.as_str()).collect();
    hashes.retain(|hash| !lacking.contains(hash.as_str()));
    for hash in &hashes {
        if archive.index_for_name(&format!("files/{hash}")).is_none() {
            return Err(ArchiveError::File(hash.clone()));
        }
    }
    named.extend(manifest.tables.iter().map(|table| format!("{}.jsonl", table.name)));
    named.extend([MANIFEST.to_owned(), SIGNATURE.to_owned()]);
    for name in archive.file_names() {
        let name = name?;
        if !named.contains(name.as_ref()) {
            return Err(ArchiveError::Extra(name.into_owned()));
        }
    }
    Ok(hashes)
}

fn lines<'a>(
    archive: &'a mut Archive,
    table: &ArchivedTable,
) -> Result<impl Iterator<Item = std::io::Result<String>> + use<'a>, ArchiveError> {
    Ok(BufReader::new(archive.by_name(&format!("{}.jsonl", table.name))?).lines())
}

/// Whether a table is what the manifest says; it is read line by line and never held whole.
fn compare(
    archive: &mut Archive,
    table: &ArchivedTable,
    mut each: impl FnMut(&str),
) -> Result<(), ArchiveError> {
    let mut seen = Seen::default();
    for line in lines(archive, table)? {
        let line = line?;
        seen.line(&line);
        each(&line);
    }
    seen.is(table)
}

/// Lines of a table, counted and added up.
#[derive(Default)]
struct Seen {
    sum: Sha256,
    rows: u64,
}

impl Seen {
    fn line(&mut self, line: &str) {
        self.sum.update(line);
        self.sum.update("\n");
        self.rows += 1;
    }

    fn is(self, table: &ArchivedTable) -> Result<(), ArchiveError> {
        let same = self.rows == table.rows && hex(self.sum) == table.sha256;
        if same { Ok(()) } else { Err(ArchiveError::Altered(table.name.clone())) }
    }
}

/// Puts the rows of a table. They are compared once more: the file may have been changed since.
async fn put(archive: &mut Archive, table: &ArchivedTable, filling: &Filling) -> Result<(), ArchiveError> {
    let mut seen = Seen::default();
    let mut rows = lines(archive, table)?;
    loop {
        let part = rows.by_ref().take(PART).collect::<std::io::Result<Vec<_>>>()?;
        if part.is_empty() {
            break;
        }
        for line in &part {
            seen.line(line);
        }
        filling.put(&table.name, &part).await?;
    }
    seen.is(table)
}

async fn content(archive: &mut Archive, hash: &str, files: &Files) -> Result<(), ArchiveError> {
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
    let kept = match files.keep(stream::iter(parts), u64::MAX).await {
        // What was stored with another sum than it has now is told as what it is: this file.
        Err(FilesError::Broken(_)) => return Err(wrong()),
        other => other?,
    };
    if kept.hash.to_string() == hash { Ok(()) } else { Err(wrong()) }
}
