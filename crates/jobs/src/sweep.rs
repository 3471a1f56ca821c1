//! Ended sessions, spent links and files that nothing names are cleared away.

use parindex_files::Files;
use parindex_store::Store;
use parindex_store::job::{ByJob, Job};
use parindex_store::upkeep::Forget;

use crate::worker::{Failed, commit};

/// A month: long enough to ask who was signed in from where.
const KEPT: i64 = 30 * 24 * 3_600 * 1_000_000;

/// Clears away.
pub async fn run(store: &Store, files: &Files, job: Job, now: i64) -> Result<(), Failed> {
    let named = store.named_files().await?;
    let swept = files.sweep(&named, now).await?;
    let said = format!("tệp: để riêng {}, lấy lại {}, xóa {}", swept.aside, swept.back, swept.removed);
    commit(store, now, ByJob { job, said, change: Forget { before: now - KEPT } }).await
}
