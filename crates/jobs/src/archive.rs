//! One archive of one moment: every table as lines of JSON, every file, a manifest of hashes, and a signature over it. It restores
//! into either kind of database and either kind of place.
//!
//! What is not there when it is made, or not as it should be, is named in the manifest: a backup of all that is left is worth
//! more than none.

mod error;
mod manifest;
mod open;
mod read;
mod sign;
mod write;

pub use age::x25519::{Identity, Recipient};
pub use error::ArchiveError;
pub use manifest::{ArchivedTable, BackupManifest, Whose};
pub use open::Terms;
pub use read::{Restored, restore};
pub use sign::{Fingerprint, PublicKey, SigningKey};
pub use write::{Maker, write};

use sha2::{Digest, Sha256};

/// The format that is written; the ones before it are read too.
pub const FORMAT: u32 = 7;
/// The ending of an archive that is not whole yet.
pub(crate) const PART: &str = "part";
/// The first format that is signed.
const SIGNED: u32 = 5;
/// Where the archive says what is in it.
const MANIFEST: &str = "manifest.json";
/// Where it says who says so.
const SIGNATURE: &str = "signature.json";

fn hex(sum: Sha256) -> String {
    data_encoding::HEXLOWER.encode(&sum.finalize())
}
