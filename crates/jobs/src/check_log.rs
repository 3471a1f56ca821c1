//! The log is followed every night, and what decides points is compared with it; that both were done is in the log.

use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Store;
use parindex_store::job::{ByJob, Job};
use parindex_store::upkeep::Verified;

use crate::failed::{Failed, commit};

/// Differences that the job says; `parindex audit verify` says all.
const SAID: usize = 20;

/// Follows the log from its first row to its last, and reports the first row that does not fit.
pub async fn run(store: &Store, job: Job, now: i64) -> Result<(), Failed> {
    let last = match store.verify_audit().await? {
        Ok(last) => last,
        // Trying again changes nothing; somebody has to look.
        Err(broken) => return Err(Failed::ForGood(broken.say(Lang::Vi))),
    };
    let beside = store.beside_the_log().await?;
    if beside.count > 0 {
        let said = beside.first(SAID, Lang::Vi);
        return Err(Failed::ForGood(format!("dữ liệu bị sửa ngoài nhật ký: {said}")));
    }
    let said = format!("nhật ký nguyên vẹn đến dòng {last}, số liệu khớp với nhật ký");
    commit(store, now, ByJob { job, said, change: Verified { last } }).await
}
