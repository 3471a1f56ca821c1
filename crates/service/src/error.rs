//! Why the service cannot give what was asked for.

use std::fmt;

use parindex_domain::right::Denied;
use parindex_files::FilesError;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::{Refusal, StoreError};

/// Why the service cannot give what was asked for.
#[derive(Debug)]
pub enum ServiceError {
    /// There is no such thing, or whoever asks must not learn that there is.
    NotFound,
    /// Whoever asks has no right to it.
    Denied(Denied),
    /// The change was refused, and why.
    Refused(Refusal),
    /// The database failed.
    Store(StoreError),
    /// The place of the files failed.
    Files(FilesError),
    /// A fault of the program, or something stored that no version of it writes.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such thing"),
            Self::Denied(denied) => f.write_str(&denied.say(Lang::En)),
            Self::Refused(refusal) => f.write_str(&refusal.say(Lang::En)),
            Self::Store(error) => error.fmt(f),
            Self::Files(error) => error.fmt(f),
            Self::Internal(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ServiceError {}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<FilesError> for ServiceError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<Denied> for ServiceError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Denied(denied) => Self::Denied(denied),
            Refusal::NotFound => Self::NotFound,
            Refusal::Store(error) => Self::Store(error),
            other => Self::Refused(other),
        }
    }
}
