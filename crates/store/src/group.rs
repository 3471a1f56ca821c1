//! Changes that are kept together, where many come at the same time.
//!
//! Keeping a change on the disk takes longer than writing it. Whoever has written goes to the end of the line of writers, and whoever of
//! them comes first keeps what all have written meanwhile: one that comes alone keeps itself at once, thirty that come together are
//! kept by one commit. Nobody is told that a change is made before it is kept.
//!
//! Each change stays whole by itself. One that is refused is taken back by a savepoint, and those beside it stay.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use parindex_domain::audit::LogEntry;
use sea_orm::{ConnectionTrait, DbErr};
use tokio::sync::oneshot::{Receiver, Sender, channel};

use crate::audit::{Head, append, hold};
use crate::change::present;
use crate::write_lock::{MAX_WAIT, with_timeout};
use crate::{Actor, Change, Refusal, Store, StoreError, Trouble, Work, dialect};

/// Changes that are kept together: the rest wait for the next commit.
const MAX_CHANGES: usize = 32;

/// The outcome of a change, and what tells when its group is kept.
type Added<D> = (Result<D, Refusal>, Option<Receiver<Result<(), Refusal>>>);

/// Changes that were written and not kept yet.
pub(crate) struct Group {
    work: Work,
    head: Head,
    /// Whoever is told when they are kept.
    waiting: Vec<Sender<Result<(), Refusal>>>,
    /// Whether a savepoint stands behind the last change.
    saved: bool,
}

impl Group {
    async fn begin(store: &Store) -> Result<Self, StoreError> {
        let tx = dialect::begin(&store.pool).await?;
        let head = hold(&tx).await?;
        let work = Work { tx, actor: Actor::server(), now: head.at };
        Ok(Self { work, head, waiting: Vec::new(), saved: false })
    }

    /// Whether what is written now is the first that is written.
    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Writes one more change with its entry of the log; says whether anything was written.
    async fn write<C: Change>(
        &mut self,
        store: &Store,
        (actor, now): (&Actor, i64),
        change: C,
    ) -> Result<(C::Done, bool), Refusal> {
        self.work.now = match () {
            () if C::SETS_THE_TIME => now,
            // What the head says was read from the database.
            () if self.is_empty() => store.newest.not_before(self.head.at, now),
            () => now.max(self.head.at),
        };
        self.save().await?;
        self.work.actor = present(&self.work.tx, actor).await?;
        let (done, note) = change.apply(&self.work).await?;
        let Some(said) = note.into_text() else { return Ok((done, false)) };
        let entry = LogEntry {
            at: self.work.now,
            person: actor.person,
            who: actor.who.clone(),
            act: said.act.word().to_owned(),
            subject: said.subject,
            detail: said.detail.to_string(),
        };
        self.head = append(&self.work.tx, &self.head, entry).await?;
        Ok((done, true))
    }

    /// Sets a savepoint before a change, where others stand before it. The driver's own savepoints are not used: it takes one that is
    /// dropped for the transaction.
    async fn save(&mut self) -> Result<(), StoreError> {
        if self.is_empty() {
            return Ok(());
        }
        let set = if self.saved { "RELEASE SAVEPOINT change; SAVEPOINT change" } else { "SAVEPOINT change" };
        self.work.tx.execute_unprepared(set).await?;
        self.saved = true;
        Ok(())
    }

    /// Takes the last change back.
    async fn undo(&self) -> Result<(), StoreError> {
        self.work.tx.execute_unprepared("ROLLBACK TO SAVEPOINT change").await?;
        Ok(())
    }

    fn join(&mut self) -> Receiver<Result<(), Refusal>> {
        let (told, kept) = channel();
        self.waiting.push(told);
        kept
    }

    /// Nothing of it is written.
    fn fail(self, error: StoreError) {
        tell(self.waiting, &Arc::new(error), Refusal::Store);
    }
}

fn tell(
    waiting: Vec<Sender<Result<(), Refusal>>>,
    error: &Arc<StoreError>,
    refusal: fn(StoreError) -> Refusal,
) {
    for told in waiting {
        // Whoever has left is told nothing.
        let _left = told.send(Err(refusal(StoreError::Shared(Arc::clone(error)))));
    }
}

impl Store {
    /// One statement that changes what no log is kept of, while no other change is made.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after `patience`.
    pub(crate) async fn exclusive<T>(
        &self,
        patience: Duration,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, StoreError> {
        debug_assert!(self.may_change(), "a change waits while a snapshot keeps a connection");
        let mut slot = self.write_lock.acquire(patience).await?;
        self.close(&mut slot).await;
        self.is_there()?;
        self.noted(with_timeout(MAX_WAIT, statement).await.and_then(|done| Ok(done?)))
    }

    /// Makes a change alone or together with those that come at the same time.
    pub(crate) async fn make<C: Change>(
        &self,
        actor: &Actor,
        now: i64,
        change: C,
    ) -> Result<C::Done, Refusal> {
        let mut slot = self.write_lock.acquire(dialect::WAIT).await?;
        self.is_there()?;
        if C::SETS_THE_TIME {
            self.close(&mut slot).await;
        }
        let (made, kept) = self.add(&mut slot, (actor, now), change).await?;
        let Some(kept) = kept else { return made };
        if C::SETS_THE_TIME || slot.as_ref().is_some_and(|group| group.waiting.len() >= MAX_CHANGES) {
            self.close(&mut slot).await;
        }
        drop(slot);
        self.kept(kept).await?;
        made
    }

    /// Adds a change to the open group. What is returned beside its outcome tells when the group is kept, and is none where there is
    /// nothing to keep.
    async fn add<C: Change>(
        &self,
        slot: &mut Option<Group>,
        by: (&Actor, i64),
        change: C,
    ) -> Result<Added<C::Done>, Refusal> {
        let mut group = if let Some(group) = slot.take() {
            group
        } else {
            let begun = with_timeout(MAX_WAIT, Group::begin(self)).await.flatten();
            begun.map_err(|error| self.failed(error))?
        };
        let Ok(written) = with_timeout(MAX_WAIT, group.write(self, by, change)).await else {
            // The connection is in the middle of an answer.
            group.fail(StoreError::Timeout);
            return Err(self.failed(StoreError::Timeout).into());
        };
        let made = match written {
            Ok((done, true)) => {
                let kept = group.join();
                *slot = Some(group);
                return Ok((Ok(done), Some(kept)));
            }
            Ok((done, false)) => Ok(done),
            Err(Refusal::Store(error)) => Err(self.failed(error).into()),
            Err(refusal) => Err(refusal),
        };
        Ok((made, self.take_back(slot, group).await))
    }

    /// Takes back what the last change of a group wrote; those before it go on. Whoever is refused, or finds nothing to change, may
    /// have seen what they wrote, and is told when it is kept: what he is told is then there for everybody.
    async fn take_back(
        &self,
        slot: &mut Option<Group>,
        mut group: Group,
    ) -> Option<Receiver<Result<(), Refusal>>> {
        if group.is_empty() {
            return None;
        }
        let kept = group.join();
        match with_timeout(MAX_WAIT, group.undo()).await.flatten() {
            Ok(()) => *slot = Some(group),
            Err(error) => group.fail(self.failed(error)),
        }
        Some(kept)
    }

    /// Waits until a change is kept, or keeps it with all that were written beside it.
    async fn kept(&self, mut kept: Receiver<Result<(), Refusal>>) -> Result<(), Refusal> {
        tokio::select! {
            biased;
            told = &mut kept => return told.unwrap_or_else(|_dropped| Err(StoreError::Timeout.into())),
            mut slot = self.write_lock.turn() => self.close(&mut slot).await,
        }
        match kept.await {
            Ok(told) => told,
            Err(_dropped) => Err(StoreError::Timeout.into()),
        }
    }

    /// Keeps what was written and not kept yet, and tells whoever waits for it.
    pub(crate) async fn close(&self, slot: &mut Option<Group>) {
        let Some(Group { work, waiting, .. }) = slot.take() else { return };
        let Work { tx, now, .. } = work;
        let kept = with_timeout(MAX_WAIT, tx.commit()).await.and_then(|kept| Ok(kept?));
        match self.noted(kept) {
            Ok(()) => {
                self.newest.learn(now);
                self.tally.commits.fetch_add(1, Ordering::Relaxed);
                for told in waiting {
                    let _left = told.send(Ok(()));
                }
            }
            Err(error) => tell(waiting, &Arc::new(error), unsure),
        }
    }
}

/// A connection that breaks while a change is kept leaves nobody the wiser; any other error says that it was not.
fn unsure(error: StoreError) -> Refusal {
    match error.trouble() {
        Some(Trouble::Unreachable) => Refusal::CommitUnknown(error),
        _ => Refusal::Store(error),
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use parindex_domain::audit::AuditAct;
    use parindex_entity::attempt;
    use sea_orm::{ActiveModelTrait, EntityTrait, Set};
    use serde_json::Value;

    use super::*;
    use crate::Note;

    /// How a change ends after it wrote.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum End {
        Made,
        Unchanged,
        Refused,
        /// The statement that follows is refused by the database itself.
        Failed,
    }

    struct Try {
        key: String,
        end: End,
    }

    impl Change for Try {
        type Done = ();

        async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
            let permit = work.console()?;
            let row = || attempt::ActiveModel {
                key: Set(self.key.clone()),
                count: Set(1),
                first_at: Set(work.now),
            };
            row().insert(&work.tx).await?;
            match self.end {
                End::Made => Ok(((), Note::new(permit, AuditAct::PhraseAdd, self.key, Value::Null))),
                End::Unchanged => Ok(((), Note::unchanged(permit))),
                End::Refused => Err(Refusal::NotFound),
                End::Failed => {
                    row().insert(&work.tx).await?;
                    Ok(((), Note::unchanged(permit)))
                }
            }
        }
    }

    async fn made(store: &Store, at: usize, end: End) -> Result<(), Refusal> {
        store.commit(&Actor::server(), 1_000, Try { key: format!("{end:?} {at:03}"), end }).await
    }

    #[tokio::test]
    async fn changes_that_come_together_are_kept_together_and_each_is_whole() {
        for database in parindex_testkit::databases().await {
            let kind = database.kind;
            let store = Store::connect(&database.url).await.unwrap();
            let ends = [End::Made, End::Refused, End::Made, End::Unchanged, End::Made, End::Failed];
            let tries = (0..120).map(|at| (at, ends[at % ends.len()]));
            let answers = join_all(tries.clone().map(|(at, end)| made(&store, at, end))).await;
            for ((at, end), answer) in tries.clone().zip(answers) {
                let fits = match end {
                    End::Made | End::Unchanged => answer.is_ok(),
                    End::Refused => matches!(answer, Err(Refusal::NotFound)),
                    End::Failed => matches!(answer, Err(Refusal::Store(StoreError::Database(_)))),
                };
                assert!(fits, "{kind}: {end:?} {at}: {answer:?}");
            }
            let rows = attempt::Entity::find().all(&store.pool).await.unwrap();
            let mut there: Vec<String> = rows.into_iter().map(|row| row.key).collect();
            there.sort();
            let made: Vec<String> = tries
                .filter(|(_, end)| *end == End::Made)
                .map(|(at, end)| format!("{end:?} {at:03}"))
                .collect();
            assert_eq!(there, made, "{kind}: what was made is there, and nothing else");
            assert_eq!(store.verify_audit().await.unwrap(), Ok(60), "{kind}");
            let commits = store.tally().commits;
            assert!(commits <= 12, "{kind}: {commits} commits for 60 changes");
        }
    }

    #[tokio::test]
    async fn a_change_alone_is_kept_at_once() {
        for database in parindex_testkit::databases().await {
            let store = Store::connect(&database.url).await.unwrap();
            for at in 0..5 {
                made(&store, at, End::Made).await.unwrap();
                assert_eq!(store.tally().commits, u64::try_from(at + 1).unwrap(), "{}", database.kind);
            }
        }
    }

    #[tokio::test]
    async fn what_is_written_beside_the_log_waits_for_no_open_group() {
        for database in parindex_testkit::databases().await {
            let store = Store::connect(&database.url).await.unwrap();
            let changes = join_all((0..40).map(|at| made(&store, at, End::Made)));
            let counted = join_all((0..40).map(|at| {
                let store = store.clone();
                async move { store.count_failure(&format!("beside {at}"), 1_000, 0).await }
            }));
            let (changes, counted) = tokio::join!(changes, counted);
            assert!(
                changes.iter().all(Result::is_ok) && counted.iter().all(Result::is_ok),
                "{}",
                database.kind
            );
        }
    }
}
