//! Why a job did not work out, and what becomes of it.

use parindex_files::FilesError;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::job::ByJob;
use parindex_store::{Actor, Change, Refusal, Store, StoreError};

/// Why a job did not work out.
#[derive(Debug)]
pub enum Failed {
    /// It may work another time.
    ForNow(String),
    /// It will not, whatever is tried.
    ForGood(String),
    /// Somebody else took it meanwhile, because we gave no sign of life.
    Taken,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::ForNow(error.say(Lang::Vi))
    }
}

impl From<FilesError> for Failed {
    fn from(error: FilesError) -> Self {
        Self::ForNow(error.say(Lang::Vi))
    }
}

/// Writes what a job changes, with its end.
pub(crate) async fn commit<C: Change>(store: &Store, now: i64, change: ByJob<C>) -> Result<(), Failed> {
    match store.commit(&Actor::server(), now, change).await {
        Ok(_) => Ok(()),
        Err(Refusal::Stale) => Err(Failed::Taken),
        Err(Refusal::Store(error) | Refusal::CommitUnknown(error)) => Err(error.into()),
        Err(other) => Err(Failed::ForGood(other.say(Lang::Vi))),
    }
}
