//! The time, so that tests can set it, and so that it never goes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::Store;

/// Tells the time; tests have one that stands still until it is moved.
pub trait Clock: Send + Sync {
    /// Microseconds since 1970 in UTC; both databases keep that exactly.
    fn now(&self) -> i64;

    /// What the clock of the machine shows, wherever it was set.
    fn host(&self) -> i64 {
        self.now()
    }
}

/// The clock of the machine.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
    }
}

/// A clock that is never before what the log, this server or another one has seen: what a deadline has locked stays locked when the
/// clock of the machine is set back.
///
/// How far it may lie back has no limit: a clock that is a year behind cannot be told from a log that is a year ahead, and only one
/// of both answers opens what was locked. Which one it is, a person says: [`crate::audit::AcceptClock`].
pub struct SteadyClock {
    host: Arc<dyn Clock>,
    store: Store,
}

impl SteadyClock {
    /// Over the clock of the machine.
    #[must_use]
    pub fn over(host: Arc<dyn Clock>, store: Store) -> Self {
        Self { host, store }
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> i64 {
        self.store.newest.pass(self.host.now())
    }

    fn host(&self) -> i64 {
        self.host.host()
    }
}

/// The newest time that this server knows of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Newest(Arc<Times>);

#[derive(Debug, Default)]
struct Times {
    /// Of this server and the database.
    at: AtomicI64,
    /// Of the database, when it was last looked at.
    kept: AtomicI64,
}

impl Newest {
    /// The present time, which is never before one that was told already.
    fn pass(&self, host: i64) -> i64 {
        self.0.at.fetch_max(host, Ordering::SeqCst).max(host)
    }

    /// The time of a change, when the database has kept this one as the newest.
    pub(crate) fn not_before(&self, kept: i64, now: i64) -> i64 {
        // What was thought of as the newest time was a mistake, as somebody has said meanwhile.
        if self.learn(kept) { kept } else { now.max(kept) }
    }

    /// What the database has kept; says whether that was set back.
    pub(crate) fn learn(&self, kept: i64) -> bool {
        if kept < self.0.kept.swap(kept, Ordering::SeqCst) {
            self.0.at.store(kept, Ordering::SeqCst);
            return true;
        }
        self.0.at.fetch_max(kept, Ordering::SeqCst);
        false
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock at a moment.
    #[must_use]
    pub fn at(now: i64) -> Self {
        Self(AtomicI64::new(now))
    }

    /// Moves the time of a test on by so many microseconds.
    pub fn pass(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on_with_the_clock_and_never_back() {
        let newest = Newest::default();
        assert_eq!((newest.pass(10), newest.pass(7), newest.pass(12)), (10, 10, 12));
        assert_eq!(newest.not_before(20, 13), 20, "another server is ahead");
        assert_eq!(newest.pass(14), 20);
    }

    #[test]
    fn a_time_that_was_a_mistake_is_forgotten_once_the_database_says_so() {
        let newest = Newest::default();
        assert_eq!(newest.not_before(1_000, 10), 1_000);
        assert_eq!(
            newest.not_before(11, newest.pass(12)),
            11,
            "it was set back; what was told before counts no more"
        );
        assert_eq!(newest.pass(12), 12);
    }
}
