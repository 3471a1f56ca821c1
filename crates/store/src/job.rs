//! Work that the server does by itself: a queue that several servers share.
//!
//! Whoever takes a job holds it for a while. A server that dies lets go of it, and another one takes it again: work may be begun
//! twice, so what it changes is a [`ByJob`], which is written once, by whoever holds the job at that moment.

use parindex_entity::job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    TryInsertResult,
};

use crate::dialect::WAIT;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Waits until it is due, or for whoever let go of it.
const WAITING: &str = "waiting";
/// The word for a job that was done.
pub(crate) const DONE: &str = "done";
/// Given up after too many attempts.
const FAILED: &str = "failed";

/// A job that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The row.
    pub id: i64,
    /// What is to be done.
    pub kind: String,
    /// What makes it this one: `verify-log 2026-11-22`.
    pub key: String,
    /// When it was due.
    pub due_at: i64,
    /// How often it was begun, this time included.
    pub attempt: i64,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for its time.
    Waiting,
    /// Somebody is at it.
    Held,
    Done,
    /// Given up.
    Failed,
}

/// A job as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedJob {
    pub job: Job,
    pub state: State,
    /// What was last said of it.
    pub said: String,
    /// When it ended.
    pub done_at: Option<i64>,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// In line or being done.
    pub waiting: u64,
    /// Given up.
    pub failed: u64,
}

impl Store {
    /// Puts a job in line; one with the same key is there once, however often it is put there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_job(&self, kind: &str, key: &str, due_at: i64) -> Result<bool, StoreError> {
        use sea_orm::Set;
        let row = job::ActiveModel {
            kind: Set(kind.to_owned()),
            key: Set(key.to_owned()),
            due_at: Set(due_at),
            state: Set(WAITING.to_owned()),
            attempt: Set(0),
            held_until: Set(None),
            said: Set(String::new()),
            done_at: Set(None),
            ..Default::default()
        };
        let put = job::Entity::insert(row).on_conflict_do_nothing_on([job::Column::Key]);
        let put = self.exclusive(WAIT, put.exec_without_returning(&self.pool)).await?;
        Ok(matches!(put, TryInsertResult::Inserted(rows) if rows > 0))
    }

    /// Takes the job that has been due longest and holds it until `until`; nobody else gets it before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_job(&self, now: i64, until: i64) -> Result<Option<Job>, StoreError> {
        let free =
            Condition::any().add(job::Column::HeldUntil.is_null()).add(job::Column::HeldUntil.lte(now));
        let due = job::Entity::find()
            .filter(job::Column::State.eq(WAITING))
            .filter(job::Column::DueAt.lte(now))
            .filter(free)
            .order_by_asc(job::Column::DueAt)
            .limit(1)
            .one(&self.db)
            .await?;
        let Some(row) = due else { return Ok(None) };
        // The number of the attempt is the lock: of two that saw the same row, one counts it up.
        let taken = job::Entity::update_many()
            .col_expr(job::Column::Attempt, Expr::value(row.attempt + 1))
            .col_expr(job::Column::HeldUntil, Expr::value(until))
            .filter(held_as(row.id, row.attempt));
        let taken = self.exclusive(WAIT, taken.exec(&self.pool)).await?;
        let job = Job { attempt: row.attempt + 1, ..Job::from(&row) };
        Ok((taken.rows_affected == 1).then_some(job))
    }

    /// Goes on holding a job; not when somebody else has taken it meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hold_job(&self, job: &Job, until: i64) -> Result<bool, StoreError> {
        let held = job::Entity::update_many()
            .col_expr(job::Column::HeldUntil, Expr::value(until))
            .filter(held_as(job.id, job.attempt));
        let held = self.exclusive(WAIT, held.exec(&self.pool)).await?;
        Ok(held.rows_affected == 1)
    }

    /// Lets go of a job that did not work out: to be tried again at a time, or never again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fail_job(
        &self,
        job: &Job,
        why: &str,
        now: i64,
        again_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let state = if again_at.is_some() { WAITING } else { FAILED };
        let failed = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(state))
            .col_expr(job::Column::HeldUntil, Expr::value(Option::<i64>::None))
            .col_expr(job::Column::DueAt, Expr::value(again_at.unwrap_or(job.due_at)))
            .col_expr(job::Column::Said, Expr::value(why))
            .col_expr(job::Column::DoneAt, Expr::value(again_at.is_none().then_some(now)))
            .filter(held_as(job.id, job.attempt));
        self.exclusive(WAIT, failed.exec(&self.pool)).await?;
        Ok(())
    }

    /// How many wait and how many were given up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_jobs(&self) -> Result<Counts, StoreError> {
        let of =
            |state: &'static str| job::Entity::find().filter(job::Column::State.eq(state)).count(&self.db);
        Ok(Counts { waiting: of(WAITING).await?, failed: of(FAILED).await? })
    }

    /// The newest jobs first, at most so many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn jobs(&self, now: i64, most: u64) -> Result<Vec<ListedJob>, StoreError> {
        let rows = job::Entity::find().order_by_desc(job::Column::Id).limit(most).all(&self.db).await?;
        Ok(rows.iter().map(|row| listed(row, now)).collect())
    }
}

/// The row as whoever holds it knows it.
fn held_as(id: i64, attempt: i64) -> Condition {
    Condition::all()
        .add(job::Column::Id.eq(id))
        .add(job::Column::Attempt.eq(attempt))
        .add(job::Column::State.eq(WAITING))
}

fn listed(row: &job::Model, now: i64) -> ListedJob {
    let state = match row.state.as_str() {
        DONE => State::Done,
        FAILED => State::Failed,
        _ if row.held_until.is_some_and(|until| until > now) => State::Held,
        _ => State::Waiting,
    };
    ListedJob { job: Job::from(row), state, said: row.said.clone(), done_at: row.done_at }
}

impl From<&job::Model> for Job {
    fn from(row: &job::Model) -> Self {
        let (kind, key) = (row.kind.clone(), row.key.clone());
        Self { id: row.id, kind, key, due_at: row.due_at, attempt: row.attempt }
    }
}

/// A change that a job makes: it and the end of the job are written together, once.
pub struct ByJob<C> {
    /// The job, as it was taken.
    pub job: Job,
    /// What the page says of it.
    pub said: String,
    pub change: C,
}

impl<C: Change> Change for ByJob<C> {
    type Done = C::Done;

    async fn apply(self, work: &Work) -> Result<(C::Done, Note), Refusal> {
        work.console()?;
        let ended = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(DONE))
            .col_expr(job::Column::HeldUntil, Expr::value(Option::<i64>::None))
            .col_expr(job::Column::Said, Expr::value(self.said))
            .col_expr(job::Column::DoneAt, Expr::value(work.now))
            .filter(held_as(self.job.id, self.job.attempt))
            .exec(&work.tx)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Refusal::Stale);
        }
        self.change.apply(work).await
    }
}
