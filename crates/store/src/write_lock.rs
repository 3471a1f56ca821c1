//! The write lock of a server: one change at a time, in the order in which they came.
//!
//! Both databases take one change at a time: SQLite by its lock, PostgreSQL by the head of the log. Left to them, every
//! waiting writer holds a connection that a reader needs, and on SQLite whoever asks at the right moment goes first, not
//! whoever came first. Writers wait here instead, without a connection.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::StoreError;

/// How long a change may last: longer than any page waits, and a connection that no longer answers holds the others up no longer than that.
pub(crate) const MAX_WAIT: Duration = Duration::from_mins(2);

/// The lock of one server; another server on the same database has its own, and then the database decides.
/// Whoever holds it holds `W`.
pub(crate) struct WriteLock<W>(Arc<Mutex<W>>);

impl<W> WriteLock<W> {
    /// Waits for the lock, which is held as long as what is returned.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after `patience`.
    pub(crate) async fn acquire(&self, patience: Duration) -> Result<OwnedMutexGuard<W>, StoreError> {
        let lock = Arc::clone(&self.0).lock_owned();
        tokio::time::timeout(patience, lock).await.map_err(|_elapsed| StoreError::Busy)
    }

    /// Waits for the lock as long as it takes.
    pub(crate) async fn turn(&self) -> OwnedMutexGuard<W> {
        Arc::clone(&self.0).lock_owned().await
    }
}

impl<W> Clone for WriteLock<W> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<W: Default> Default for WriteLock<W> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<W> std::fmt::Debug for WriteLock<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteLock").finish_non_exhaustive()
    }
}

/// What is awaited, for so long at most.
///
/// # Errors
/// [`StoreError::Timeout`] when it does not come to an end.
pub(crate) async fn with_timeout<T>(
    longest: Duration,
    act: impl Future<Output = T>,
) -> Result<T, StoreError> {
    // Boxed: a change carries much, and each caller would carry it again.
    tokio::time::timeout(longest, Box::pin(act)).await.map_err(|_elapsed| StoreError::Timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_too_long_is_told_that_others_are_at_it() {
        let lock = WriteLock::<()>::default();
        let first = lock.acquire(Duration::from_millis(10)).await.unwrap();
        assert!(matches!(lock.acquire(Duration::from_millis(10)).await, Err(StoreError::Busy)));
        drop(first);
        assert!(lock.acquire(Duration::from_millis(10)).await.is_ok());
    }

    #[tokio::test]
    async fn a_connection_that_no_longer_answers_gives_the_lock_back() {
        let without_end = std::future::pending::<()>();
        assert!(matches!(
            with_timeout(Duration::from_millis(10), without_end).await,
            Err(StoreError::Timeout)
        ));
        assert_eq!(with_timeout(MAX_WAIT, async { 1 }).await.ok(), Some(1));
    }
}
