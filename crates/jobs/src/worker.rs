//! Takes jobs one after the other and does them; several workers share one queue.

use std::sync::Arc;
use std::time::Duration;

use parindex_files::Files;
use parindex_store::job::Job;
use parindex_store::{Clock, Store, StoreError};

use crate::failed::Failed;
use crate::night::{Nightly, due};
use crate::plan::Plan;
use crate::{backup, check_files, check_log, sweep};

/// How long a job is held without a sign of life.
const HELD: i64 = 2 * 60 * 1_000_000;
/// How often whoever holds one says so.
const SIGN: Duration = Duration::from_secs(30);
/// How often an idle worker looks.
const LOOK: Duration = Duration::from_secs(10);
/// After so many attempts a job is given up.
const ATTEMPTS: i64 = 5;

/// Takes jobs that are due, one after the other, and does them.
pub struct Worker {
    /// The database.
    pub store: Store,
    pub files: Files,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is to be done.
    pub plan: Plan,
}

impl Worker {
    /// Works until it is stopped; a job under way is ended first.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let idle = match self.turn().await {
                Ok(worked) => !worked,
                Err(error) => {
                    tracing::error!(event = "job.not_taken", %error, "no job could be taken");
                    true
                }
            };
            let wait = tokio::time::sleep(if idle { LOOK } else { Duration::ZERO });
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = wait => {}
            }
        }
    }

    /// Puts in line what is due, and does one job; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`] when the queue cannot be read.
    pub async fn turn(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        for (job, key, at) in due(&self.plan, now) {
            self.store.put_job(job.word(), &key, at).await?;
        }
        let Some(job) = self.store.take_job(now, now + HELD).await? else { return Ok(false) };
        if job.attempt > ATTEMPTS {
            // Whoever began it never came to say how it ended: it may be what stops the process.
            let why = "dừng giữa chừng nhiều lần; hãy xem nhật ký máy chủ";
            self.store.fail_job(&job, why, now, None).await?;
            return Ok(true);
        }
        tracing::info!(event = "job.started", job = job.key, attempt = job.attempt, "a job begins");
        // Boxed: a job carries much, and the loop would carry it too.
        match Box::pin(self.held(&job)).await {
            Ok(()) => tracing::info!(event = "job.done", job = job.key, "a job is done"),
            Err(Failed::Taken) => {
                tracing::warn!(event = "job.taken_over", job = job.key, "somebody else has taken the job");
            }
            Err(Failed::ForNow(why)) => self.put_back(&job, &why).await?,
            Err(Failed::ForGood(why)) => {
                tracing::error!(event = "job.given_up", job = job.key, why, "a job failed for good");
                self.store.fail_job(&job, &why, self.clock.now(), None).await?;
            }
        }
        Ok(true)
    }

    async fn put_back(&self, job: &Job, why: &str) -> Result<(), StoreError> {
        let minutes = 1 << job.attempt.clamp(0, 6);
        let again = (job.attempt < ATTEMPTS).then(|| self.clock.now() + minutes * 60_000_000);
        tracing::error!(event = "job.failed", job = job.key, why, attempt = job.attempt, "a job failed");
        self.store.fail_job(job, why, self.clock.now(), again).await
    }

    /// Does a job and says from time to time that it is still at it; stops when somebody else has it.
    async fn held(&self, job: &Job) -> Result<(), Failed> {
        let mut work = std::pin::pin!(self.work(job.clone()));
        loop {
            tokio::select! {
                done = &mut work => return done,
                () = tokio::time::sleep(SIGN) => {
                    if !self.store.hold_job(job, self.clock.now() + HELD).await? {
                        return Err(Failed::Taken);
                    }
                }
            }
        }
    }

    async fn work(&self, job: Job) -> Result<(), Failed> {
        let now = self.clock.now();
        match (Nightly::of(&job.kind), &self.plan.backup) {
            (Some(Nightly::CheckLog), _) => check_log::run(&self.store, job, now).await,
            (Some(Nightly::CheckFiles), _) => check_files::run(&self.store, &self.files, job, now).await,
            (Some(Nightly::Sweep), _) => sweep::run(&self.store, &self.files, job, now).await,
            (Some(Nightly::Backup), Some(backups)) => {
                backup::run((&self.store, &self.files), backups, job, now).await
            }
            (Some(Nightly::Backup), None) => {
                Err(Failed::ForGood("chưa có thiết lập backup_folder".to_owned()))
            }
            (None, _) => Err(Failed::ForGood(format!("không biết việc «{}»", job.kind))),
        }
    }
}
