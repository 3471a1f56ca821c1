//! An archive is opened: decrypted where it is encrypted, and its signature looked at before anything of it is used.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use age::x25519::Identity;
use age::{DecryptError, Decryptor};
use parindex_store::table::tables_of;
use zip::ZipArchive;
use zip::result::ZipError;

use super::sign::Signature;
use super::{
    ArchiveError, BackupManifest, FORMAT, Fingerprint, MANIFEST, PublicKey, SIGNATURE, SIGNED, Whose,
};

/// How an encrypted archive begins.
const AGE: &[u8] = b"age-encryption.org/";
/// A manifest that names every file of a large installation as missing is not larger.
const MAX_SIZE: u64 = 256 << 20;

/// Which archives are taken.
#[derive(Clone, Default)]
pub struct Terms {
    /// Keys of this installation.
    pub keys: Vec<PublicKey>,
    /// The key of somebody else, as whoever restores has read it aloud.
    pub accept: Option<Fingerprint>,
    /// Whether one that nobody signed is taken.
    pub unsigned: bool,
    /// What opens an encrypted one.
    pub identities: Vec<Identity>,
}

/// Where an archive is read from.
pub(super) trait Source: Read + Seek + Send {}
impl<S: Read + Seek + Send> Source for S {}

/// An archive that may be restored.
pub(super) struct Opened {
    pub(super) archive: ZipArchive<Box<dyn Source>>,
    pub(super) manifest: BackupManifest,
    /// The manifest as it stands there.
    pub(super) written: String,
    pub(super) whose: Whose,
}

/// Opens an archive, decrypted where it is encrypted, and decides whether its signature is trusted.
pub(super) fn open(source: &Path, terms: &Terms) -> Result<Opened, ArchiveError> {
    let mut archive = ZipArchive::new(plain(source, &terms.identities)?)?;
    let written = text(&mut archive, MANIFEST)?.ok_or(ZipError::FileNotFound)?;
    let manifest: BackupManifest =
        serde_json::from_str(&written).map_err(|error| ArchiveError::Unreadable(error.to_string()))?;
    if !(1..=FORMAT).contains(&manifest.format) {
        return Err(ArchiveError::Format(manifest.format));
    }
    let whose = Whose::new(&manifest, signer(&mut archive, &written)?.map(|key| key.fingerprint()));
    taken(&whose, terms)?;
    let named: Vec<&str> = manifest.tables.iter().map(|table| table.name.as_str()).collect();
    if named != tables_of(manifest.format) {
        return Err(ArchiveError::Tables);
    }
    Ok(Opened { archive, manifest, written, whose })
}

/// The archive itself, decrypted as it is read.
fn plain(source: &Path, identities: &[Identity]) -> Result<Box<dyn Source>, ArchiveError> {
    let mut file = BufReader::new(File::open(source)?);
    let mut first = Vec::new();
    file.by_ref().take(AGE.len() as u64).read_to_end(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    if first != AGE {
        return Ok(Box::new(file));
    }
    if identities.is_empty() {
        return Err(ArchiveError::Encrypted);
    }
    let decryptor = Decryptor::new_buffered(file).map_err(not_opened)?;
    let keys = identities.iter().map(|identity| -> &dyn age::Identity { identity });
    Ok(Box::new(decryptor.decrypt(keys).map_err(not_opened)?))
}

fn not_opened(error: DecryptError) -> ArchiveError {
    match error {
        DecryptError::NoMatchingKeys => ArchiveError::OtherKey,
        DecryptError::Io(error) => error.into(),
        other => ArchiveError::Unreadable(other.to_string()),
    }
}

/// A text in it; none when it is not there.
fn text(archive: &mut ZipArchive<Box<dyn Source>>, name: &str) -> Result<Option<String>, ArchiveError> {
    let found = match archive.by_name(name) {
        Ok(found) => found,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let mut text = String::new();
    found.take(MAX_SIZE).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Whose signature it carries.
fn signer(
    archive: &mut ZipArchive<Box<dyn Source>>,
    manifest: &str,
) -> Result<Option<PublicKey>, ArchiveError> {
    let Some(signature) = text(archive, SIGNATURE)? else { return Ok(None) };
    let signature: Signature = serde_json::from_str(&signature).map_err(|_other| ArchiveError::Forged)?;
    signature.signer(manifest).map(Some).ok_or(ArchiveError::Forged)
}

/// Whether it may be restored here.
fn taken(whose: &Whose, terms: &Terms) -> Result<(), ArchiveError> {
    let Some(key) = &whose.fingerprint else {
        return if terms.unsigned { Ok(()) } else { Err(ArchiveError::Unsigned(Box::new(whose.clone()))) };
    };
    // A signature is not taken off by saying that the archive is older than signatures are.
    if whose.format < SIGNED {
        return Err(ArchiveError::Forged);
    }
    let ours = terms.keys.iter().any(|own| own.fingerprint() == *key);
    if ours || terms.accept.as_ref() == Some(key) {
        return Ok(());
    }
    Err(ArchiveError::Foreign(Box::new(whose.clone())))
}
