//! One way for every change: the right, the write, the audit entry, in one transaction.

use parindex_domain::audit::{AuditAct, Entry};
use parindex_domain::refusal::AccountRefusal;
use parindex_domain::right::{Act, Appointment, Subject, Within, permit};
use parindex_entity::person;
use sea_orm::{DatabaseTransaction, EntityTrait};

use crate::lasting::Lasting;
use crate::person::held_by;
use crate::write_lock::{MAX_WAIT, with_timeout};
use crate::{Refusal, Store, StoreError, Trouble, audit, dialect};

/// Who changes something.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account; nobody when the system acts by itself or on the command line.
    pub person: Option<i64>,
    /// The name as the log keeps it.
    pub who: String,
    /// The roles held.
    pub held: Vec<Appointment>,
    /// Where it acts: roles for other campaigns do not count there.
    within: Within,
    /// Acts at the server's own console, where no right is asked for.
    console: bool,
}

impl Actor {
    /// A signed-in person.
    #[must_use]
    pub fn person(person: i64, who: String, held: Vec<Appointment>) -> Self {
        Self { person: Some(person), who, held, within: Within::Outside, console: false }
    }

    /// The same person in a campaign, with the roles that count there.
    #[must_use]
    pub fn within(mut self, within: Within) -> Self {
        self.held.retain(|held| held.counts(within));
        Self { within, ..self }
    }

    /// Whoever may run the program on the server, or the server itself.
    #[must_use]
    pub fn console(who: &str) -> Self {
        Self { person: None, who: who.to_owned(), held: Vec::new(), within: Within::Outside, console: true }
    }

    /// The server itself, as the log names it where nobody asked for what is done.
    #[must_use]
    pub fn server() -> Self {
        Self::console("máy chủ")
    }
}

/// The proof that a right was checked; an audit entry cannot be made without it.
#[derive(Debug)]
pub struct Permit(());

/// What the log says of a change.
#[derive(Debug)]
pub struct Note {
    _permit: Permit,
    /// None where nothing was changed, so that there is nothing to say.
    said: Option<NoteText>,
}

#[derive(Debug)]
struct NoteText {
    act: AuditAct,
    subject: String,
    detail: serde_json::Value,
}

impl Note {
    /// What was done, to what, and the difference.
    #[must_use]
    pub fn new(permit: Permit, act: AuditAct, subject: String, detail: serde_json::Value) -> Self {
        Self { _permit: permit, said: Some(NoteText { act, subject, detail }) }
    }

    /// Nothing was changed: the log does not grow, and whatever was begun is taken back.
    #[must_use]
    pub fn unchanged(permit: Permit) -> Self {
        Self { _permit: permit, said: None }
    }

    /// The same permit for a change that was made of several: one entry says them all.
    #[must_use]
    pub fn told_as(self, act: AuditAct, subject: String, detail: serde_json::Value) -> Self {
        Self { said: Some(NoteText { act, subject, detail }), ..self }
    }
}

/// A change under way.
pub struct Work {
    pub(crate) tx: DatabaseTransaction,
    /// Who makes it, with the roles held at this moment.
    pub actor: Actor,
    /// When, in microseconds since 1970.
    pub now: i64,
}

impl Work {
    /// Checks the right to an act.
    ///
    /// # Errors
    /// [`Refusal::Denied`].
    pub fn permit(&self, act: Act, subject: &Subject) -> Result<Permit, Refusal> {
        if self.actor.console {
            return Ok(Permit(()));
        }
        permit(&self.actor.held, act, subject)?;
        Ok(Permit(()))
    }

    /// The right of whoever sits at the server.
    ///
    /// # Errors
    /// [`Refusal::Gone`] for everybody else.
    pub fn console(&self) -> Result<Permit, Refusal> {
        if self.actor.console { Ok(Permit(())) } else { Err(Refusal::Gone) }
    }

    /// The right over one's own account.
    ///
    /// # Errors
    /// [`Refusal::Gone`] when it is somebody else's.
    pub fn own(&self, person: i64) -> Result<Permit, Refusal> {
        if self.actor.console || self.actor.person == Some(person) {
            Ok(Permit(()))
        } else {
            Err(Refusal::Gone)
        }
    }
}

/// Something that can be changed; each is a file of its own.
pub trait Change: Send + 'static {
    /// What the caller learns.
    type Done: Send + 'static;
    /// Whether it says what the time is; every other change is never before what the log has seen.
    const SETS_THE_TIME: bool = false;
    /// Checks the right and writes; the caller commits.
    fn apply(self, work: &Work) -> impl Future<Output = Result<(Self::Done, Note), Refusal>> + Send;
}

impl Store {
    /// Makes a change: all of it with its audit entry, or nothing.
    ///
    /// It comes to its end also when whoever asked for it has left: half a change is never given up on its way.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was written.
    pub async fn commit<C: Change>(&self, actor: &Actor, now: i64, change: C) -> Result<C::Done, Refusal> {
        debug_assert!(self.may_change(), "a change waits while a snapshot keeps a connection");
        let (store, actor) = (self.clone(), actor.clone());
        Lasting::new(async move { store.make(&actor, now, change).await }).await
    }

    async fn make<C: Change>(&self, actor: &Actor, now: i64, change: C) -> Result<C::Done, Refusal> {
        let _lock = self.write_lock.acquire(dialect::WAIT).await?;
        self.is_there()?;
        let (done, written) = match with_timeout(MAX_WAIT, self.write(actor, now, change)).await {
            Ok(Err(Refusal::Store(error))) | Err(error) => return Err(self.failed(error).into()),
            Ok(written) => written?,
        };
        if let Some(Work { tx, now, .. }) = written {
            let kept = with_timeout(MAX_WAIT, tx.commit()).await.and_then(|kept| Ok(kept?));
            self.noted(kept).map_err(unsure)?;
            self.newest.learn(now);
        }
        Ok(done)
    }

    /// What was changed, not yet kept; nothing to keep when nothing was.
    async fn write<C: Change>(
        &self,
        actor: &Actor,
        now: i64,
        change: C,
    ) -> Result<(C::Done, Option<Work>), Refusal> {
        let tx = dialect::begin(&self.pool).await?;
        let head = audit::hold(&tx).await?;
        let now = if C::SETS_THE_TIME { now } else { self.newest.not_before(head.at, now) };
        let work = Work { actor: present(&tx, actor).await?, tx, now };
        let (done, note) = change.apply(&work).await?;
        let Some(said) = note.said else { return Ok((done, None)) };
        let entry = Entry {
            at: now,
            person: actor.person,
            who: actor.who.clone(),
            act: said.act.word().to_owned(),
            subject: said.subject,
            detail: said.detail.to_string(),
        };
        audit::append(&work.tx, head, entry).await?;
        Ok((done, Some(work)))
    }
}

/// A line that breaks while a change is written leaves nobody the wiser; any other error says that it was not.
fn unsure(error: StoreError) -> Refusal {
    match error.trouble() {
        Some(Trouble::Unreachable) => Refusal::Unsure(error),
        _ => Refusal::Store(error),
    }
}

/// The actor as of now: roles may have been taken, or the account closed, since the request began.
async fn present(tx: &DatabaseTransaction, actor: &Actor) -> Result<Actor, Refusal> {
    let Some(person) = actor.person.filter(|_| !actor.held.is_empty()) else { return Ok(actor.clone()) };
    let row = person::Entity::find_by_id(person).one(tx).await?;
    if row.is_none_or(|row| row.closed_at.is_some()) {
        return Err(AccountRefusal::Closed.into());
    }
    let held = held_by(tx, &[person]).await?.into_iter().map(|held| held.appointment).collect();
    Ok(Actor { held, ..actor.clone() }.within(actor.within))
}
