//! Ended sessions, spent links and files that nothing names are cleared away.

use parindex_files::Files;
use parindex_store::Store;
use parindex_store::job::{ByJob, Job};
use parindex_store::upkeep::Forget;

use crate::failed::{Failed, commit};

/// A month: long enough to ask who was signed in from where.
const KEPT: i64 = 30 * 24 * 3_600 * 1_000_000;

/// Clears away what nothing names any more: spent links, old sessions, files without a document.
pub async fn run(store: &Store, files: &Files, job: Job, now: i64) -> Result<(), Failed> {
    let Some(identity) = store.identity().await? else {
        return Err(Failed::ForGood("cơ sở dữ liệu trống nên không dọn tệp nào".to_owned()));
    };
    if !files.belongs_to(&identity).await? {
        return Err(Failed::ForGood(format!(
            "{} đang thuộc một cơ sở dữ liệu khác nên không dọn tệp nào; hãy kiểm tra thiết lập files và database",
            files.shown()
        )));
    }
    // Read after the place is known to be ours, and before anything in it is looked at.
    let named = store.named_files().await?;
    let swept = files.sweep(&named, now).await?;
    let said = format!("tệp: để riêng {}, lấy lại {}, xóa {}", swept.aside, swept.back, swept.removed);
    commit(store, now, ByJob { job, said, change: Forget { before: now - KEPT } }).await
}
