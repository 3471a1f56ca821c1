//! An archive is written while others work.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;

use age::Encryptor;
use age::x25519::Recipient;
use futures_util::TryStreamExt;
use parindex_files::{FileHash, Files};
use parindex_store::Store;
use parindex_store::backup::ArchiveMoment;
use parindex_store::table::TABLES;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sign::SigningKey;
use super::{ArchiveError, ArchivedTable, BackupManifest, FORMAT, MANIFEST, PART, SIGNATURE, hex};
use crate::check_files::{Fault, fault_of, with_names};

/// Who makes archives, and for whom.
#[derive(Clone, Debug)]
pub struct Maker {
    /// What the installation calls itself.
    pub title: String,
    /// The address by which people reach it.
    pub base_url: String,
    /// Signs them.
    pub key: SigningKey,
    /// The only one who can read them; whoever has them where there is none.
    pub recipient: Option<Recipient>,
}

/// What is backed up.
type Of<'f> = (&'f Store, &'f Files);

/// Writes everything of this moment, beside its place and renamed at the end: whole or not at all, and never in the place of
/// another archive. A file that is not there, or not as it should be, is named in the manifest.
///
/// # Errors
/// [`ArchiveError`]; then there is no archive.
pub async fn write(
    from: Of<'_>,
    maker: &Maker,
    target: &Path,
    now: i64,
) -> Result<BackupManifest, ArchiveError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let ending = format!(".{PART}");
    let mut file = tempfile::Builder::new().prefix("parindex-").suffix(&ending).tempfile_in(folder)?;
    let manifest = match &maker.recipient {
        None => {
            let mut archive = ZipWriter::new(file.as_file_mut());
            let manifest = fill(&mut archive, from, maker, now).await?;
            archive.finish()?;
            manifest
        }
        Some(recipient) => encrypted(file.as_file_mut(), recipient, (from, maker, now)).await?,
    };
    file.as_file().sync_all()?;
    file.persist_noclobber(target).map_err(|error| ArchiveError::from(error.error))?;
    Ok(manifest)
}

/// Nothing of it is on the disk as it is.
async fn encrypted(
    file: &mut File,
    recipient: &Recipient,
    (from, maker, now): (Of<'_>, &Maker, i64),
) -> Result<BackupManifest, ArchiveError> {
    let only = std::iter::once::<&dyn age::Recipient>(recipient);
    let encryptor =
        Encryptor::with_recipients(only).map_err(|error| ArchiveError::Seal(error.to_string()))?;
    let mut archive = ZipWriter::new_stream(encryptor.wrap_output(file)?);
    let manifest = fill(&mut archive, from, maker, now).await?;
    archive.finish()?.into_inner().finish()?;
    Ok(manifest)
}

async fn fill<W: Write + Seek + Send>(
    archive: &mut ZipWriter<W>,
    (store, files): Of<'_>,
    maker: &Maker,
    now: i64,
) -> Result<BackupManifest, ArchiveError> {
    let moment = store.moment().await?;
    let (mut tables, mut hashes) = (Vec::new(), Vec::new());
    for each in &TABLES {
        tables.push(table(&moment, each.name, archive, &mut hashes).await?);
    }
    drop(moment);
    let mut faults = Vec::new();
    for hash in &hashes {
        faults.extend(content(files, hash, archive).await?.map(|fault| (hash.clone(), fault)));
    }
    let whole = hashes.len().saturating_sub(faults.len());
    let manifest = BackupManifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at: now,
        title: maker.title.clone(),
        base_url: maker.base_url.clone(),
        tables,
        files: u64::try_from(whole).unwrap_or(u64::MAX),
        missing: with_names(store, faults).await?,
    };
    signed(archive, &manifest, &maker.key)?;
    Ok(manifest)
}

/// The manifest, and the signature over it.
fn signed<W: Write + Seek>(
    archive: &mut ZipWriter<W>,
    manifest: &BackupManifest,
    key: &SigningKey,
) -> Result<(), ArchiveError> {
    let text = manifest.text()?;
    let signature = key.sign(&text).ok_or_else(|| ArchiveError::Seal("Ed25519".to_owned()))?;
    let signature =
        serde_json::to_string_pretty(&signature).map_err(|error| ArchiveError::Seal(error.to_string()))?;
    for (name, text) in [(MANIFEST, text), (SIGNATURE, signature)] {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// A table as lines; the hashes that the table of files names are noted on the way.
async fn table<W: Write + Seek + Send>(
    moment: &ArchiveMoment,
    name: &str,
    archive: &mut ZipWriter<W>,
    hashes: &mut Vec<String>,
) -> Result<ArchivedTable, ArchiveError> {
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
    Ok(ArchivedTable { name: name.to_owned(), rows, sha256: hex(sum) })
}

/// The hash that a row of the table of files names.
pub(super) fn hash_in(line: &str) -> Option<String> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    row.get("hash")?.as_str().map(str::to_owned)
}

/// Evidence is pictures and PDF, which do not get smaller; it is stored as it is. What turns out to be altered is in the archive
/// all the same: it is all there is, and the manifest says what it is.
async fn content<W: Write + Seek + Send>(
    files: &Files,
    hash: &str,
    archive: &mut ZipWriter<W>,
) -> Result<Option<Fault>, ArchiveError> {
    let Some(known) = FileHash::parse(hash) else { return Ok(Some(Fault::Altered)) };
    let mut parts = match files.read(&known).await {
        Ok(parts) => Box::pin(parts),
        Err(error) => return Ok(Some(fault_of(files, error)?)),
    };
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    archive.start_file(format!("files/{hash}"), stored)?;
    let mut sum = Sha256::new();
    loop {
        match parts.try_next().await {
            Ok(Some(part)) => {
                sum.update(&part);
                archive.write_all(&part)?;
            }
            Ok(None) => break,
            Err(error) => return Ok(Some(fault_of(files, error)?)),
        }
    }
    Ok((hex(sum) != hash).then_some(Fault::Altered))
}
