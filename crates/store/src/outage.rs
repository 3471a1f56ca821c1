//! The database takes no writes: remembered from the first one that fails until one succeeds again.
//!
//! Meanwhile a task tries one every few seconds, so that work goes on by itself once there is room, or the file may be written.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parindex_rulebook::lang::{Lang, Say};
use sea_orm::DatabaseConnection;

use crate::renewal::Renewal;
use crate::{Clock, Store, StoreError, SystemClock, Trouble, dialect};

/// How often a write is tried while none succeeds.
const EVERY: Duration = Duration::from_secs(3);
/// How often, where the database does not answer at all: a restart is soon over.
const SOON: Duration = Duration::from_millis(500);

/// A line that broke is back sooner than this, in microseconds; what is away for longer is not asked by each writer anew.
const BLINK: i64 = 4_000_000;

/// Since when no write succeeds, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    pub trouble: Trouble,
    /// When the first write failed, in microseconds since 1970.
    pub since: i64,
}

impl Say for Outage {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self.trouble {
            Trouble::Full => ("đĩa của cơ sở dữ liệu đã đầy", "the disk of the database is full"),
            Trouble::ReadOnly => ("cơ sở dữ liệu chỉ cho đọc", "the database may only be read"),
            Trouble::Unreachable | Trouble::Busy => {
                ("cơ sở dữ liệu gặp sự cố khi ghi", "the database fails when it is written")
            }
        };
        lang.pick(
            format!(
                "Hệ thống tạm thời chỉ xem được, chưa lưu được nội dung mới: {vi}. Những gì đã lưu vẫn còn. Hệ thống tự thử lại vài giây một lần; khi lưu được, thông báo này mất đi."
            ),
            format!(
                "Pages can be read, but nothing new can be saved for now: {en}. What was saved is there. The server tries again every few seconds; this notice goes away once it succeeds."
            ),
        )
    }
}

/// What one server knows of the ability of its database to write.
#[derive(Debug)]
pub(crate) struct Outages {
    url: String,
    renewal: Arc<Renewal>,
    current: Mutex<Option<Outage>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Outages {
    pub(crate) fn new(url: &str, renewal: Arc<Renewal>) -> Arc<Self> {
        Arc::new(Self { url: url.to_owned(), renewal, current: Mutex::default() })
    }

    fn current(&self) -> Option<Outage> {
        *locked(&self.current)
    }

    /// Remembers why a write failed; says whether it is the first one that did.
    fn begins(&self, trouble: Trouble) -> bool {
        let mut current = locked(&self.current);
        let since = current.map_or_else(|| SystemClock.now(), |outage| outage.since);
        current.replace(Outage { trouble, since }).is_none()
    }

    fn ends(&self) {
        if let Some(outage) = locked(&self.current).take() {
            tracing::warn!(event = "database.writable", trouble = ?outage.trouble, "the database takes writes again");
        }
    }
}

impl Store {
    /// Why the database takes no writes, where that is so.
    #[must_use]
    pub fn outage(&self) -> Option<Outage> {
        self.outages.current()
    }

    /// Whether it is worth a writer's while to try: where the database has not answered for a while, each of those who stand in line
    /// would wait in vain as long as the one before him.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub(crate) fn is_there(&self) -> Result<(), StoreError> {
        match self.outage() {
            Some(Outage { trouble: Trouble::Unreachable, since }) if since + BLINK < SystemClock.now() => {
                Err(StoreError::Away)
            }
            _ => Ok(()),
        }
    }

    /// Remembers whether a write succeeded.
    pub(crate) fn noted<T>(&self, written: Result<T, StoreError>) -> Result<T, StoreError> {
        if written.is_ok() {
            self.outages.ends();
        }
        written.map_err(|error| self.failed(error))
    }

    /// Remembers that a write failed, where it is the database that stands in the way.
    pub(crate) fn failed(&self, error: StoreError) -> StoreError {
        if let Some(trouble) = error.trouble().filter(|trouble| *trouble != Trouble::Busy) {
            self.takes_no_writes(trouble);
        }
        error
    }

    /// Remembers that no write succeeds, and sees to it that one is tried.
    pub(crate) fn takes_no_writes(&self, trouble: Trouble) {
        if self.outages.begins(trouble) {
            tracing::error!(event = "database.not_writable", ?trouble, "the database takes no writes");
            tokio::spawn(recover(Arc::clone(&self.outages), self.pool.clone()));
        }
    }
}

/// Tries until a write succeeds, or nobody uses the store any more.
async fn recover(outages: Arc<Outages>, db: DatabaseConnection) {
    while let Some(outage) = outages.current()
        && Arc::strong_count(&outages) > 1
    {
        let away = outage.trouble == Trouble::Unreachable;
        tokio::time::sleep(if away { SOON } else { EVERY }).await;
        if outage.trouble == Trouble::ReadOnly {
            // Connections of one process share how SQLite opened the files beside the database: while one is there that could only
            // read, no new one writes.
            outages.renewal.now();
            dialect::close_idle(&outages.url, &db).await;
        }
        match dialect::try_to_write(&outages.url).await.map_err(StoreError::from) {
            Err(error) if error.trouble().is_some() => {
                tracing::debug!(event = "database.still_not_writable", %error, "still no writes");
            }
            // Whatever else it says, it is not the database that stands in the way.
            _ => {
                dialect::write_again(&outages.url, &db);
                outages.renewal.now();
                outages.ends();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_as_old_as_its_first_failure() {
        let outages = Outages::new("sqlite:x", Arc::default());
        assert!(outages.begins(Trouble::Full));
        let first = outages.current().unwrap();
        assert!(!outages.begins(Trouble::ReadOnly), "no second task");
        assert_eq!(
            *locked(&outages.current),
            Some(Outage { trouble: Trouble::ReadOnly, since: first.since })
        );
        outages.ends();
        assert!(outages.begins(Trouble::Full));
    }

    #[test]
    fn connections_from_before_a_renewal_are_not_used_again() {
        let renewal = Renewal::default();
        assert!(renewal.is_fresh(Duration::from_hours(1)), "nothing was renewed");
        renewal.now();
        assert!(!renewal.is_fresh(Duration::from_hours(1)));
        assert!(renewal.is_fresh(Duration::ZERO));
    }
}
