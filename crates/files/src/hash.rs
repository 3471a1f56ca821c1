//! The name of a file: the hash of its content.

use data_encoding::HEXLOWER;
use object_store::path::Path;
use sha2::{Digest, Sha256};

use crate::FilesError;

/// SHA-256 of a content, in 64 hexadecimal digits.
///
/// ```
/// use parindex_files::FileHash;
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(FileHash::parse(empty).map(|hash| hash.to_string()).as_deref(), Some(empty));
/// assert!(FileHash::parse("../../etc/passwd").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileHash(String);

impl FileHash {
    /// Reads one; anything else, such as a path, is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    /// The hash of what was added up.
    pub(crate) fn of(sum: Sha256) -> Self {
        Self(HEXLOWER.encode(&sum.finalize()))
    }

    /// Where the file is: in one of 256 folders.
    pub(crate) fn path(&self) -> Path {
        let (folder, rest) = self.0.split_at(2);
        Path::from_iter(["files", folder, rest])
    }

    /// Where it is while it waits to be removed.
    pub(crate) fn aside(&self) -> Path {
        Path::from_iter(["aside", self.0.as_str()])
    }

    /// The hash of a path, when it is one of ours.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        let parts: Vec<String> = path.parts().skip(1).map(|part| part.as_ref().to_owned()).collect();
        Self::parse(&parts.concat())
    }
}

impl std::fmt::Display for FileHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name that no other upload has.
pub(crate) fn random() -> Result<String, FilesError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| FilesError::Broken(Box::new(error)))?;
    Ok(HEXLOWER.encode(&bytes))
}
