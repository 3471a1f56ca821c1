//! Connections of a pool grow old at once, where the database is another one than when they were opened.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// From when on connections may be used: those from before know the database as it was when they were opened.
#[derive(Debug, Default)]
pub(crate) struct Renewal(Mutex<Option<Instant>>);

impl Renewal {
    /// Connections that are open now are not used again.
    pub(crate) fn now(&self) {
        *self.locked() = Some(Instant::now());
    }

    /// Whether a connection of this age may be used.
    pub(crate) fn is_fresh(&self, age: Duration) -> bool {
        self.locked().is_none_or(|renewed| age <= renewed.elapsed())
    }

    fn locked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
