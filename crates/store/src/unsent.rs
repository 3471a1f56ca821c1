//! What was typed into a form that came after its session had ended: kept for its writer until he has signed in again.
//!
//! It is written beside the log, because nobody is signed in who could do anything, and nothing is done: it is sent again by
//! its writer, or forgotten.

use std::time::Duration;

use parindex_entity::unsent;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::dialect::{self, WAIT};
use crate::{Store, StoreError};

/// Half an hour: enough to sign in again, and no longer than needed.
pub const KEPT_FOR: i64 = 30 * 60 * 1_000_000;
/// Forms of one browser, and of one person.
pub const MAX_OF_ONE: u64 = 20;
/// How many unsent forms are kept in all.
pub const MAX: u64 = 2_000;
/// Whoever only tidies up waits no longer than this for others to write.
const PATIENCE: Duration = Duration::from_millis(500);

/// A form that came too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// The hash of the browser's secret.
    pub browser: String,
    /// Whose session had ended.
    pub person: i64,
    /// Where the form was sent to.
    pub action: String,
    /// What was typed, encrypted for this person.
    pub content: String,
    pub at: i64,
}

impl Store {
    /// Keeps it in place of an earlier one of the same form; nothing when there are too many of others.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_unsent(&self, unsent: Unsent) -> Result<Option<i64>, StoreError> {
        let keep = async {
            let tx = dialect::begin(&self.pool).await?;
            make_room(&tx, &unsent).await?;
            if unsent::Entity::find().count(&tx).await? >= MAX {
                return Ok(None);
            }
            let Unsent { browser, person, action, content, at } = unsent;
            let row = unsent::ActiveModel {
                browser: Set(browser),
                person: Set(person),
                action: Set(action),
                content: Set(content),
                at: Set(at),
                ..Default::default()
            };
            let id = unsent::Entity::insert(row).exec(&tx).await?.last_insert_id;
            tx.commit().await?;
            Ok(Some(id))
        };
        self.exclusive(WAIT, keep).await
    }

    /// What a person typed in a browser, while it is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unsent(
        &self,
        id: i64,
        (browser, person): (&str, i64),
        now: i64,
    ) -> Result<Option<Unsent>, StoreError> {
        let found = unsent::Entity::find_by_id(id)
            .filter(unsent::Column::Browser.eq(browser))
            .filter(unsent::Column::Person.eq(person))
            .filter(unsent::Column::At.gt(now - KEPT_FOR));
        let row = found.one(&self.db).await?;
        Ok(row.map(|row| {
            let unsent::Model { browser, person, action, content, at, .. } = row;
            Unsent { browser, person, action, content, at }
        }))
    }

    /// Forgets what was sent after all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_unsent(
        &self,
        (id, action): (i64, &str),
        (browser, person): (&str, i64),
    ) -> Result<(), StoreError> {
        let sent = unsent::Entity::delete_many()
            .filter(unsent::Column::Id.eq(id))
            .filter(unsent::Column::Action.eq(action))
            .filter(unsent::Column::Browser.eq(browser))
            .filter(unsent::Column::Person.eq(person));
        self.exclusive(PATIENCE, sent.exec(&self.pool)).await?;
        Ok(())
    }

    /// How many forms are kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_unsent(&self) -> Result<u64, StoreError> {
        Ok(unsent::Entity::find().count(&self.db).await?)
    }
}

/// Forgets what is too old, the same form as it was typed before, and the oldest of one who has too many.
async fn make_room(tx: &DatabaseTransaction, new: &Unsent) -> Result<(), DbErr> {
    let all = unsent::Entity::delete_many;
    all().filter(unsent::Column::At.lte(new.at - KEPT_FOR)).exec(tx).await?;
    let same = all()
        .filter(unsent::Column::Browser.eq(&new.browser))
        .filter(unsent::Column::Person.eq(new.person))
        .filter(unsent::Column::Action.eq(&new.action));
    same.exec(tx).await?;
    for whose in [unsent::Column::Browser.eq(&new.browser), unsent::Column::Person.eq(new.person)] {
        let newest = unsent::Entity::find()
            .filter(whose)
            .order_by_desc(unsent::Column::At)
            .order_by_desc(unsent::Column::Id)
            .offset(MAX_OF_ONE - 1)
            .limit(MAX_OF_ONE);
        let old: Vec<i64> = newest.all(tx).await?.into_iter().map(|row| row.id).collect();
        if !old.is_empty() {
            all().filter(unsent::Column::Id.is_in(old)).exec(tx).await?;
        }
    }
    Ok(())
}
