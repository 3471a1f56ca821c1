//! One way for every change: the right, the write, the audit entry, in one transaction.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::AccountRefusal;
use parindex_domain::right::{Act, Appointment, Subject, Within, permit};
use parindex_entity::person;
use sea_orm::{DatabaseTransaction, EntityTrait};

use crate::lasting::Lasting;
use crate::person::held_by;
use crate::{Refusal, Store};

/// Who changes something: a person with a session, the console or the server itself.
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

/// What was done, to what, and the difference.
#[derive(Debug)]
pub(crate) struct NoteText {
    pub act: AuditAct,
    pub subject: String,
    pub detail: serde_json::Value,
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

    pub(crate) fn into_text(self) -> Option<NoteText> {
        self.said
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
    /// [`Refusal::NotFound`] for everybody else.
    pub fn console(&self) -> Result<Permit, Refusal> {
        if self.actor.console { Ok(Permit(())) } else { Err(Refusal::NotFound) }
    }

    /// The right over one's own account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is somebody else's.
    pub fn own(&self, person: i64) -> Result<Permit, Refusal> {
        if self.actor.console || self.actor.person == Some(person) {
            Ok(Permit(()))
        } else {
            Err(Refusal::NotFound)
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
}

/// The actor as of now: roles may have been taken, or the account closed, since the request began.
pub(crate) async fn present(tx: &DatabaseTransaction, actor: &Actor) -> Result<Actor, Refusal> {
    let Some(person) = actor.person.filter(|_| !actor.held.is_empty()) else { return Ok(actor.clone()) };
    let row = person::Entity::find_by_id(person).one(tx).await?;
    if row.is_none_or(|row| row.closed_at.is_some()) {
        return Err(AccountRefusal::Closed.into());
    }
    let held = held_by(tx, &[person]).await?.into_iter().map(|held| held.appointment).collect();
    Ok(Actor { held, ..actor.clone() }.within(actor.within))
}
