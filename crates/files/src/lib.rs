//! Files by the hash of their content: the same file is kept once, and what is kept is never changed.
//!
//! A file first arrives under a name of its own; only when it is whole and its hash is known does it move to its place. A process
//! that is killed leaves an upload behind, never half a file; the sweep removes it, on S3 a lifecycle rule of the bucket for unfinished
//! uploads. What no row of the database names any more is set aside for a day
//! before it is removed, because somebody may be about to name it.

mod error;
mod hash;
mod inventory;
mod place;
mod sweep;
mod upload;

pub use error::FilesError;
pub use hash::FileHash;
pub use place::FilePlace;
pub use sweep::Swept;
pub use upload::{Upload, UploadId};

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};

/// Parts on their way at a time: what one upload holds in memory is this often 5 MB.
const PARTS: usize = 2;

/// Says to which installation a place belongs.
const OWNER: &str = "owner";

/// The files of an installation, each under the hash of its content.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    shown: String,
    /// The folder, where it is one of this machine.
    folder: Option<PathBuf>,
    turns: Arc<upload::Turns>,
    /// One person’s uploads are counted and begun one after the other; people share a few locks.
    beginning: Arc<[tokio::sync::Mutex<()>; 32]>,
}

/// A file that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// The hash of its content.
    pub hash: FileHash,
    /// Its size in bytes.
    pub size: u64,
}

impl Files {
    /// Opens a place; a folder is made where it is missing.
    ///
    /// # Errors
    /// [`FilesError`] when it cannot be.
    pub fn open(place: &FilePlace) -> Result<Self, FilesError> {
        let folder = match place {
            FilePlace::Folder(folder) => Some(folder.clone()),
            FilePlace::Bucket { .. } => None,
        };
        Ok(Self {
            store: place.open()?,
            shown: place.to_string(),
            folder,
            turns: Arc::default(),
            beginning: Arc::default(),
        })
    }

    /// Makes the place the one of an installation, whosever it was.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn claim(&self, identity: &str) -> Result<(), FilesError> {
        self.store.put(&Path::from(OWNER), Bytes::copy_from_slice(identity.as_bytes()).into()).await?;
        Ok(())
    }

    /// Whether the place belongs to an installation; a place that belongs to none becomes its own. Nothing is removed from the
    /// place of another one: its database names files that ours does not know.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn belongs_to(&self, identity: &str) -> Result<bool, FilesError> {
        match self.store.get(&Path::from(OWNER)).await {
            Ok(found) => Ok(found.bytes().await? == identity.as_bytes()),
            Err(object_store::Error::NotFound { .. }) => self.claim(identity).await.map(|()| true),
            Err(other) => Err(other.into()),
        }
    }

    /// Whether the place answers.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn ready(&self) -> Result<(), FilesError> {
        match self.store.head(&Path::from(OWNER)).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// The folder, where it is one of this machine.
    #[must_use]
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_deref()
    }

    /// The place, for messages.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Keeps a file: whole, or not at all.
    ///
    /// # Errors
    /// [`FilesError::TooLarge`] beyond `most` bytes; what arrives is never held in memory whole.
    pub async fn keep<E>(
        &self,
        content: impl Stream<Item = Result<Bytes, E>> + Send,
        most: u64,
    ) -> Result<StoredFile, FilesError>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let upload = Path::from(format!("incoming/{}", hash::random()?));
        let mut writing = WriteMultipart::new(self.store.put_multipart(&upload).await?);
        let kept = match received(&mut writing, content, most).await {
            Ok(kept) => kept,
            Err(error) => {
                // What is left of it is swept away with the other uploads.
                let _left_behind = writing.abort().await;
                return Err(error);
            }
        };
        writing.finish().await?;
        self.store.rename(&upload, &kept.hash.path()).await?;
        Ok(kept)
    }

    /// The content, part by part.
    ///
    /// # Errors
    /// [`FilesError::NotFound`] when there is no such file.
    pub async fn read(
        &self,
        hash: &FileHash,
    ) -> Result<impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>, FilesError> {
        self.had(hash, GetOptions::default()).await
    }

    /// Some bytes out of the content; what stands before and behind them is not read.
    ///
    /// # Errors
    /// [`FilesError::NotFound`] when there is no such file; [`FilesError::Unavailable`] when it has none of these bytes.
    pub async fn read_part(
        &self,
        hash: &FileHash,
        bytes: Range<u64>,
    ) -> Result<impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>, FilesError> {
        self.had(hash, GetOptions { range: Some(GetRange::Bounded(bytes)), ..GetOptions::default() }).await
    }

    async fn had(
        &self,
        hash: &FileHash,
        of: GetOptions,
    ) -> Result<impl Stream<Item = Result<Bytes, FilesError>> + Send + use<>, FilesError> {
        let found = match self.store.get_opts(&hash.path(), of.clone()).await {
            Err(object_store::Error::NotFound { .. }) => self.store.get_opts(&hash.aside(), of).await,
            other => other,
        };
        match found {
            Ok(found) => Ok(found.into_stream().map_err(FilesError::from)),
            Err(object_store::Error::NotFound { .. }) => Err(FilesError::NotFound(hash.clone())),
            Err(other) => Err(other.into()),
        }
    }

    /// The whole content of a file that is known to be small.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn read_whole(&self, hash: &FileHash) -> Result<Vec<u8>, FilesError> {
        let mut parts = Box::pin(self.read(hash).await?);
        let mut whole = Vec::new();
        while let Some(part) = parts.try_next().await? {
            whole.extend_from_slice(&part);
        }
        Ok(whole)
    }

    /// Whether the content of a file is still what its name says.
    ///
    /// # Errors
    /// [`FilesError::NotFound`], [`FilesError::Altered`].
    pub async fn check(&self, hash: &FileHash) -> Result<(), FilesError> {
        let mut parts = Box::pin(self.read(hash).await?);
        let mut sum = Sha256::new();
        while let Some(part) = parts.try_next().await? {
            sum.update(&part);
        }
        if FileHash::of(sum) == *hash { Ok(()) } else { Err(FilesError::Altered(hash.clone())) }
    }
}

async fn received<E>(
    writing: &mut WriteMultipart,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
    most: u64,
) -> Result<StoredFile, FilesError>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (mut sum, mut size) = (Sha256::new(), 0_u64);
    let mut content = Box::pin(content);
    while let Some(part) = content.next().await {
        let part = part.map_err(|error| FilesError::Broken(error.into()))?;
        size = size.saturating_add(part.len() as u64);
        if size > most {
            return Err(FilesError::TooLarge(most));
        }
        sum.update(&part);
        writing.wait_for_capacity(PARTS).await?;
        writing.put(part);
    }
    Ok(StoredFile { hash: FileHash::of(sum), size })
}
