//! Signed-in browsers.

use std::time::Duration;

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Appointment, Within};
use parindex_entity::{person, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;

use crate::person::{Held, Person};
use crate::{Actor, Change, Note, Refusal, Store, StoreError, Work};

/// An hour without a request ends a session.
pub const IDLE: i64 = 3_600 * 1_000_000;
/// A working day ends it in any case.
pub const MAX_LIFE: i64 = 12 * IDLE;
/// How old the last sign of life may be before it is written anew.
const SEEN_EVERY: i64 = 60 * 1_000_000;
/// Whoever only looks waits no longer than this for others to write.
const SIGN_OF_LIFE: Duration = Duration::from_millis(100);

/// A session that is good now.
#[derive(Clone, Debug)]
pub struct Session {
    /// The row.
    pub id: i64,
    pub person: Person,
    /// The roles held now.
    pub held: Vec<Held>,
    /// Whether the second factor, if one is asked for, was given.
    pub complete: bool,
    /// When it began.
    pub created_at: i64,
    /// Its last sign of life.
    pub seen_at: i64,
    /// Where its owner acts.
    pub within: Within,
}

impl Session {
    /// The same session in a campaign, with the roles that count there.
    #[must_use]
    pub fn within(mut self, within: Within) -> Self {
        self.held.retain(|held| held.appointment.counts(within));
        Self { within, ..self }
    }

    /// When it ends if nothing more is asked for.
    #[must_use]
    pub fn ends_at(&self) -> i64 {
        (self.seen_at + IDLE).min(self.longest())
    }

    /// When it ends in any case.
    #[must_use]
    pub fn longest(&self) -> i64 {
        self.created_at + MAX_LIFE
    }

    /// Whoever acts in it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::person(self.person.id, self.person.name.clone(), self.appointments()).within(self.within)
    }

    /// The roles without their rows.
    #[must_use]
    pub fn appointments(&self) -> Vec<Appointment> {
        self.held.iter().map(|held| held.appointment.clone()).collect()
    }
}

/// A browser of a person, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInBrowser {
    /// The row.
    pub id: i64,
    pub address: String,
    /// What the browser says of itself.
    pub agent: String,
    /// Since when.
    pub created_at: i64,
    /// When it last asked for something.
    pub seen_at: i64,
}

impl Store {
    /// The session of a cookie, while it lasts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session(&self, hash: &str, now: i64) -> Result<Option<Session>, StoreError> {
        let Some(session) = self.session_unseen(hash, now).await? else { return Ok(None) };
        if session.seen_at + SEEN_EVERY >= now {
            return Ok(Some(session));
        }
        // A sign of life may be lost; whoever can be answered is answered.
        match self.seen(session.id, now).await {
            Ok(()) => Ok(Some(Session { seen_at: now, ..session })),
            Err(error) => {
                tracing::warn!(event = "session.not_written", %error, "the last sign of life of a session is not written");
                Ok(Some(session))
            }
        }
    }

    /// The same, and looking at it is no sign of life: whoever only asks how long it lasts does not keep it going.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session_unseen(&self, hash: &str, now: i64) -> Result<Option<Session>, StoreError> {
        // Asked for every page, so both at once.
        let owner =
            session::Entity::belongs_to(person::Entity).from(session::Column::Person).to(person::Column::Id);
        let found = session::Entity::find()
            .filter(session::Column::Hash.eq(hash))
            .join(JoinType::InnerJoin, owner.into())
            .select_also(person::Entity);
        let lasts = |row: &session::Model| {
            row.ended_at.is_none() && row.seen_at + IDLE > now && row.created_at + MAX_LIFE > now
        };
        let Some((row, Some(owner))) = found.one(&self.db).await? else { return Ok(None) };
        if !lasts(&row) || owner.closed_at.is_some() {
            return Ok(None);
        }
        let held = self.held(&[row.person]).await?;
        let session::Model { id, complete, created_at, seen_at, .. } = row;
        let (person, within) = (Person::from(owner), Within::Outside);
        Ok(Some(Session { id, person, held, complete, created_at, seen_at, within }))
    }

    /// Whose session it was, whatever ended it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session_owner(&self, hash: &str) -> Result<Option<i64>, StoreError> {
        let was = session::Entity::find()
            .filter(session::Column::Hash.eq(hash))
            .filter(session::Column::Complete.eq(true));
        Ok(was.one(&self.db).await?.map(|row| row.person))
    }

    /// How many people are signed in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_sessions(&self, now: i64) -> Result<u64, StoreError> {
        let good = session::Entity::find()
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::SeenAt.gt(now - IDLE))
            .filter(session::Column::CreatedAt.gt(now - MAX_LIFE));
        Ok(good.count(&self.db).await?)
    }

    async fn seen(&self, id: i64, now: i64) -> Result<(), StoreError> {
        let seen = session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(now))
            .filter(session::Column::Id.eq(id));
        self.exclusive(SIGN_OF_LIFE, seen.exec(&self.pool)).await?;
        Ok(())
    }

    /// The browsers in which a person is signed in, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn browsers(&self, person: i64, now: i64) -> Result<Vec<SignedInBrowser>, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::Person.eq(person))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::SeenAt.gt(now - IDLE))
            .filter(session::Column::CreatedAt.gt(now - MAX_LIFE))
            .order_by_desc(session::Column::SeenAt)
            .all(&self.db)
            .await?;
        let browser = |row: session::Model| {
            let session::Model { id, address, agent, created_at, seen_at, .. } = row;
            SignedInBrowser { id, address, agent, created_at, seen_at }
        };
        Ok(rows.into_iter().map(browser).collect())
    }
}

/// Begins a session of a person in a browser.
pub struct SignIn {
    /// The hash of the cookie.
    pub hash: String,
    pub person: i64,
    /// Whether nothing more is asked for.
    pub complete: bool,
    pub address: String,
    /// What the browser says of itself.
    pub agent: String,
}

impl Change for SignIn {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.own(self.person)?;
        let detail = json!({ "address": self.address, "complete": self.complete });
        let row = session::ActiveModel {
            hash: Set(self.hash),
            person: Set(self.person),
            complete: Set(self.complete),
            address: Set(self.address),
            agent: Set(self.agent),
            created_at: Set(work.now),
            seen_at: Set(work.now),
            ended_at: Set(None),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        Ok(((), Note::new(permit, AuditAct::SessionBegin, format!("person {}", self.person), detail)))
    }
}

/// Ends a session of one's own.
pub struct SignOut {
    pub session: i64,
}

impl Change for SignOut {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let row = session::Entity::find_by_id(self.session).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let permit = work.own(row.person)?;
        let person = row.person;
        let mut row: session::ActiveModel = row.into();
        row.ended_at = Set(Some(work.now));
        row.update(&work.tx).await?;
        Ok((
            (),
            Note::new(
                permit,
                AuditAct::SessionEnd,
                format!("person {person}"),
                json!({ "session": self.session }),
            ),
        ))
    }
}
