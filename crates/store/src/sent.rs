//! What was sent twice is there once. A form carries an identifier of its own rendering; what it led to is written with what it
//! made, in one transaction, so that whoever sends it again, to whichever server, is led to the same place.

use parindex_entity::sent;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// How long what a form led to is known: longer than any page stays open. A week.
pub const KEPT: i64 = 7 * 24 * 3_600 * 1_000_000;

/// A form as it was sent. Both are hashes, of which nobody who reads the database learns what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which rendering of which form.
    pub form: String,
    /// What was in it.
    pub content: String,
}

/// A change that a form is sent for, and what it leads to.
pub struct Once<C, F> {
    /// The form.
    pub sent: Sent,
    /// What it is sent for.
    pub change: C,
    /// Where it leads; told whether the same form was sent with other content before.
    pub answer: F,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made<D> {
    /// Where it leads.
    pub answer: String,
    /// What was made now; nothing when the same was sent before.
    pub done: Option<D>,
    /// Whether the same form made something else before, which stays.
    pub another: bool,
}

impl<C, F> Change for Once<C, F>
where
    C: Change,
    F: FnOnce(&C::Done, bool) -> String + Send + 'static,
{
    type Done = Made<C::Done>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let Self { sent, change, answer } = self;
        // Whoever holds no account sends nothing that is known again.
        let Some(person) = work.actor.person else {
            let (done, note) = change.apply(work).await?;
            return Ok((Made { answer: answer(&done, false), done: Some(done), another: false }, note));
        };
        // No other change is under way: what is not there now is not written meanwhile.
        if let Some(row) = sent::Entity::find_by_id(key(person, &sent)).one(&work.tx).await? {
            let made = Made { answer: row.answer, done: None, another: false };
            return Ok((made, Note::unchanged(work.own(person)?)));
        }
        let same = sent::Entity::find()
            .filter(sent::Column::Person.eq(person))
            .filter(sent::Column::Form.eq(&sent.form));
        let another = same.count(&work.tx).await? > 0;
        let (done, note) = change.apply(work).await?;
        let answer = answer(&done, another);
        let Sent { form, content } = sent;
        let row = sent::Model { person, form, content, answer: answer.clone(), at: work.now };
        sent::Entity::insert(sent::ActiveModel::from(row)).exec_without_returning(&work.tx).await?;
        Ok((Made { answer, done: Some(done), another }, note))
    }
}

fn key(person: i64, sent: &Sent) -> (i64, String, String) {
    (person, sent.form.clone(), sent.content.clone())
}

impl Store {
    /// Where a form led that the same person sent with the same content before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sent(&self, person: i64, sent: &Sent) -> Result<Option<String>, StoreError> {
        let found = sent::Entity::find_by_id(key(person, sent)).one(&self.db).await?;
        Ok(found.map(|row| row.answer))
    }
}
