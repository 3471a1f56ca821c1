//! What the server does by itself: what failed, what is late, when the last backup was made and the log last checked.

use std::collections::HashSet;

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::written;
use parindex_rulebook::lang::Lang;
use parindex_store::audit::Filter;
use parindex_store::job::{ListedJob, State};
use parindex_store::{Store, StoreError};

use super::Report;
use crate::command::server::{database, now};
use crate::settings::Installation;

/// A month of nights.
const MAX: u64 = 150;
const HOUR: i64 = 3_600 * 1_000_000;
/// Work of a night that is older is late.
const LATE: i64 = 30 * HOUR;

pub async fn due(settings: &Installation, store: &Store, report: &mut Report) {
    if let Err(error) = jobs(store, report).await {
        report.failure(&database(&error));
    }
    if !settings.backup_folder.value.is_empty()
        && let Err(error) = last(store, AuditAct::Backup, ("sao lưu", "a backup was made"), report).await
    {
        report.failure(&database(&error));
    }
    if let Err(error) =
        last(store, AuditAct::AuditVerify, ("kiểm tra nhật ký", "the log was checked"), report).await
    {
        report.failure(&database(&error));
    }
}

/// Of each kind of work the newest says how it stands.
async fn jobs(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    let at = now();
    let mut seen = HashSet::new();
    for ListedJob { job, state, said, .. } in store.jobs(at, MAX).await? {
        if !seen.insert(job.kind.clone()) {
            continue;
        }
        let (key, late) = (&job.key, at - job.due_at > LATE);
        match state {
            State::Failed => report
                .bad(format!("Việc nền «{key}» đã hỏng: {said}"), format!("The job “{key}” failed: {said}")),
            State::Waiting if job.attempt > 0 => report.note(
                format!("Việc nền «{key}» hỏng {} lần, sẽ thử lại: {said}", job.attempt),
                format!("The job “{key}” failed {} times and is tried again: {said}", job.attempt),
            ),
            State::Waiting if late => report.bad(
                format!(
                    "Việc nền «{key}» quá hạn từ {}; «parindex serve» hoặc «worker» có đang chạy không?",
                    written(job.due_at, Lang::Vi)
                ),
                format!(
                    "The job “{key}” has been due since {}; does “parindex serve” or “worker” run?",
                    written(job.due_at, Lang::En)
                ),
            ),
            State::Waiting | State::Held | State::Done => {}
        }
    }
    Ok(())
}

/// When something was last done, by the log.
async fn last(
    store: &Store,
    act: AuditAct,
    (vi, en): (&str, &str),
    report: &mut Report,
) -> Result<(), StoreError> {
    let filter = Filter { acts: Some(vec![act]), ..Filter::default() };
    let Some(row) = store.audit(&filter, 1).await?.into_iter().next() else {
        report.note(
            format!("Chưa lần nào {vi}; việc ấy được làm hằng đêm khi «parindex serve» hoặc «worker» chạy."),
            format!("It has not happened yet that {en}; it does every night while “parindex serve” or “worker” runs."),
        );
        return Ok(());
    };
    let at = row.entry.at;
    let (said_vi, said_en) = (
        format!("Lần cuối {vi}: {}.", written(at, Lang::Vi)),
        format!("The last time that {en}: {}.", written(at, Lang::En)),
    );
    if now() - at > LATE {
        report.bad(
            format!("{said_vi} Đã quá một đêm; hãy xem trang Việc nền."),
            format!("{said_en} That is more than a night ago; see the page of night work."),
        );
    } else {
        report.good(said_vi, said_en);
    }
    Ok(())
}
