//! To which campaign something belongs.

use parindex_entity::{campaign, delegation, evidence, member, motion, visit, visit_photo};
use sea_orm::EntityTrait;

use crate::{Store, StoreError};

/// Something of a campaign, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Campaign(i64),
    /// A sheet.
    Member(i64),
    /// A point of the council.
    Motion(i64),
    /// A part that was given to another body.
    Delegation(i64),
    /// A document.
    Evidence(i64),
    /// An on-site check.
    Visit(i64),
    /// A photograph of one.
    Photo(i64),
}

impl Store {
    /// The campaign of something; none where it is not there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaign_of(&self, thing: Thing) -> Result<Option<i64>, StoreError> {
        let db = &self.db;
        let member = match thing {
            Thing::Campaign(id) => {
                return Ok(campaign::Entity::find_by_id(id).one(db).await?.map(|row| row.id));
            }
            Thing::Motion(id) => {
                return Ok(motion::Entity::find_by_id(id).one(db).await?.map(|row| row.campaign));
            }
            Thing::Member(id) => Some(id),
            Thing::Delegation(id) => delegation::Entity::find_by_id(id).one(db).await?.map(|row| row.member),
            Thing::Evidence(id) => evidence::Entity::find_by_id(id).one(db).await?.map(|row| row.member),
            Thing::Visit(id) => visit::Entity::find_by_id(id).one(db).await?.map(|row| row.member),
            Thing::Photo(id) => match visit_photo::Entity::find_by_id(id).one(db).await? {
                Some(photo) => visit::Entity::find_by_id(photo.visit).one(db).await?.map(|row| row.member),
                None => None,
            },
        };
        match member {
            Some(id) => Ok(member::Entity::find_by_id(id).one(db).await?.map(|row| row.campaign)),
            None => Ok(None),
        }
    }
}
