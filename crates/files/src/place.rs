//! Where files are kept: a folder of the server, or a bucket.

use std::path::PathBuf;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;

use crate::FilesError;

/// A place where files are kept: a folder or a bucket of S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket that speaks S3. Keys, region and endpoint stand in the environment, in the variables that every such program
    /// reads: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`.
    Bucket {
        name: String,
        /// A folder in it; empty for the whole bucket.
        prefix: String,
    },
}

impl FilePlace {
    /// Reads `folder:PATH` or `s3://BUCKET/PREFIX`.
    ///
    /// ```
    /// use parindex_files::FilePlace;
    /// assert_eq!(FilePlace::parse("folder:files").unwrap().to_string(), "folder:files");
    /// assert_eq!(FilePlace::parse("s3://par/2026/").unwrap().to_string(), "s3://par/2026");
    /// assert!(FilePlace::parse("ftp://par").is_err());
    /// ```
    ///
    /// # Errors
    /// [`FilesError::InvalidAddress`].
    pub fn parse(text: &str) -> Result<Self, FilesError> {
        if let Some(folder) = text.strip_prefix("folder:").filter(|folder| !folder.is_empty()) {
            return Ok(Self::Folder(PathBuf::from(folder)));
        }
        let bucket = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
        match bucket {
            Some((name, prefix)) if !name.is_empty() => {
                let prefix = prefix.trim_matches('/').to_owned();
                Ok(Self::Bucket { name: name.to_owned(), prefix })
            }
            _ => Err(FilesError::InvalidAddress(text.to_owned())),
        }
    }

    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, FilesError> {
        match self {
            Self::Folder(folder) => {
                private(folder).map_err(|error| FilesError::Broken(Box::new(error)))?;
                // A file that was acknowledged survives a power cut.
                Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)))
            }
            Self::Bucket { name, prefix } => {
                // Somebody else may have installed it already.
                let _already = rustls::crypto::ring::default_provider().install_default();
                let bucket = AmazonS3Builder::from_env().with_bucket_name(name).build()?;
                if prefix.is_empty() {
                    return Ok(Arc::new(bucket));
                }
                Ok(Arc::new(PrefixStore::new(bucket, prefix.as_str())))
            }
        }
    }
}

/// Evidence is nobody’s business but the server’s: the folder lets nobody else in, whatever rights the files in it have.
fn private(folder: &std::path::Path) -> std::io::Result<()> {
    let mut making = std::fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

impl std::fmt::Display for FilePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "folder:{}", folder.display()),
            Self::Bucket { name, prefix } if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket { name, prefix } => write!(f, "s3://{name}/{prefix}"),
        }
    }
}
