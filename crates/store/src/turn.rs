//! Writers stand in line here, and not each with a connection in his hand.
//!
//! Both databases let in one change at a time: SQLite by its lock, PostgreSQL by the head of the log. Left to them, every
//! waiting writer keeps a connection that a reader needs, and on SQLite whoever asks at the right moment goes first, not
//! whoever came first. So the server lets one through at a time, in the order in which they came.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{Store, StoreError};

/// How long a change may last: longer than any page waits, and no line that has gone silent holds the others up for longer.
pub(crate) const LONGEST: Duration = Duration::from_mins(2);

/// The line of one server; another server on the same database has its own, and then the database decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<Mutex<()>>);

impl Turn {
    /// Waits for one's turn, which lasts as long as what is returned.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after `patience`.
    pub(crate) async fn take(&self, patience: Duration) -> Result<OwnedMutexGuard<()>, StoreError> {
        let turn = Arc::clone(&self.0).lock_owned();
        tokio::time::timeout(patience, turn).await.map_err(|_elapsed| StoreError::Busy)
    }
}

impl Store {
    /// One statement that changes what no log is kept of, while no other change is made.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after `patience`.
    pub(crate) async fn alone<T>(
        &self,
        patience: Duration,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, StoreError> {
        let _turn = self.turn.take(patience).await?;
        self.is_there()?;
        self.noted(in_time(LONGEST, statement).await.and_then(|done| Ok(done?)))
    }
}

/// What is done while it is one's turn.
///
/// # Errors
/// [`StoreError::Silent`] when it does not come to an end.
pub(crate) async fn in_time<T>(longest: Duration, act: impl Future<Output = T>) -> Result<T, StoreError> {
    // Boxed: a change carries much, and each caller would carry it again.
    tokio::time::timeout(longest, Box::pin(act)).await.map_err(|_elapsed| StoreError::Silent)
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

    #[tokio::test]
    async fn a_line_that_is_silent_ends_a_turn() {
        let silent = std::future::pending::<()>();
        assert!(matches!(in_time(Duration::from_millis(10), silent).await, Err(StoreError::Silent)));
        assert_eq!(in_time(LONGEST, async { 1 }).await.ok(), Some(1));
    }
}
