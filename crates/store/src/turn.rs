//! Writers stand in line here, and not each with a connection in his hand.
//!
//! Both databases let in one change at a time: SQLite by its lock, PostgreSQL by the head of the log. Left to them, every
//! waiting writer keeps a connection that a reader needs, and on SQLite whoever asks at the right moment goes first, not
//! whoever came first. So the server lets one through at a time, in the order in which they came.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};

use crate::StoreError;

/// The line of one server; another server on the same database has its own, and then the database decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<Mutex<()>>);

impl Turn {
    /// Waits for one's turn, which lasts as long as what is returned.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after `patience`.
    pub(crate) async fn take(&self, patience: Duration) -> Result<MutexGuard<'_, ()>, StoreError> {
        tokio::time::timeout(patience, self.0.lock()).await.map_err(|_elapsed| StoreError::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_too_long_is_told_that_others_are_at_it() {
        let turn = Turn::default();
        let first = turn.take(Duration::from_millis(10)).await.unwrap();
        assert!(matches!(turn.take(Duration::from_millis(10)).await, Err(StoreError::Busy)));
        drop(first);
        assert!(turn.take(Duration::from_millis(10)).await.is_ok());
    }
}
