//! Workbooks, lists and packages are read in turn: what one of them takes in memory while it is read is known, and so is how many are
//! read at once, however many people send one in the same minute.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::Failure;
use crate::spool::Spooled;

/// Read at once. Each takes some hundred megabytes at the very most.
const AT_ONCE: usize = 2;
/// After so long in the line somebody is told to come again.
const PATIENCE: Duration = Duration::from_secs(45);
/// Then he is asked to wait a little more.
const AGAIN: u64 = 30;

/// The line of those who have something read. Whoever came first is first.
#[derive(Clone, Debug)]
pub struct Turns {
    free: Arc<Semaphore>,
    patience: Duration,
}

/// A turn, for as long as what was read lies in memory.
pub struct Turn(#[expect(dead_code, reason = "it is given back when it goes")] OwnedSemaphorePermit);

impl Default for Turns {
    fn default() -> Self {
        Self::new(AT_ONCE, PATIENCE)
    }
}

impl Turns {
    /// So many at once, each waited for so long.
    #[must_use]
    pub fn new(at_once: usize, patience: Duration) -> Self {
        Self { free: Arc::new(Semaphore::new(at_once)), patience }
    }

    /// Reads a content when its turn comes; pages are served meanwhile. What waits lies on the disk, not in memory.
    ///
    /// # Errors
    /// [`Failure::Busy`] where the turn does not come.
    pub async fn read<T: Send + 'static>(
        &self,
        content: Spooled,
        read: impl FnOnce(Vec<u8>) -> T + Send + 'static,
    ) -> Result<(T, Turn), Failure> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.free).acquire_owned()).await;
        let turn = turn.map_err(|_elapsed| Failure::Busy(AGAIN))?;
        let turn = Turn(turn.map_err(|error| Failure::Internal(Box::new(error)))?);
        // The turn goes along: where nobody waits for the answer any more, it is still being read.
        let work = move || content.whole().map(|bytes| (read(bytes), turn));
        let done =
            tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Internal(Box::new(error)))?;
        Ok(done?)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Twenty come at once: all of them are read, never more than two of them at the same time.
    #[tokio::test(flavor = "multi_thread")]
    async fn those_who_come_at_once_are_read_in_turn() {
        static READ_NOW: AtomicUsize = AtomicUsize::new(0);
        static MAX: AtomicUsize = AtomicUsize::new(0);
        let turns = Turns::new(2, Duration::from_mins(1));
        let all = (0..20_u8).map(|number| {
            let turns = turns.clone();
            tokio::spawn(async move {
                let mut content = Spooled::new(None);
                content.add(&[number; 100]).await.unwrap();
                let (sum, turn) = turns
                    .read(content, |bytes| {
                        MAX.fetch_max(READ_NOW.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_millis(20));
                        bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>()
                    })
                    .await
                    .unwrap();
                // What was read lies in memory until here.
                tokio::time::sleep(Duration::from_millis(5)).await;
                READ_NOW.fetch_sub(1, Ordering::SeqCst);
                drop(turn);
                assert_eq!(sum, u32::from(number) * 100);
            })
        });
        for each in all.collect::<Vec<_>>() {
            each.await.unwrap();
        }
        assert_eq!(MAX.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn whoever_waits_in_vain_is_told_to_come_again() {
        let turns = Turns::new(1, Duration::from_millis(50));
        let (_read, held) = turns.read(Spooled::new(None), |bytes| bytes.len()).await.unwrap();
        let waits = turns.read(Spooled::new(None), |bytes| bytes.len()).await;
        assert!(matches!(waits, Err(Failure::Busy(_))));
        drop(held);
        assert!(turns.read(Spooled::new(None), |bytes| bytes.len()).await.is_ok());
    }
}
