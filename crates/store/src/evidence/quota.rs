//! How much room the documents of a unit take, and how much they may.

use parindex_domain::refusal::EvidenceRefusal;
use parindex_entity::{evidence, file, member};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::{AttachAll, standing};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Attaches documents as far as the unit has room for them.
#[derive(Clone, Debug)]
pub struct WithinQuota {
    /// Bytes that the documents of a unit may have, over all its sheets; as many as they like when none.
    pub quota: Option<u64>,
    /// What is to be attached.
    pub attach: AttachAll,
}

impl Store {
    /// Bytes of the documents of a unit, on all its sheets; the same content counts once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn room_taken(&self, member: i64) -> Result<u64, StoreError> {
        taken(&self.db, member).await
    }
}

/// One question, whatever the unit has: members by their unit, documents by their members, files by their hash.
async fn taken(db: &impl ConnectionTrait, of: i64) -> Result<u64, StoreError> {
    let unit = member::Entity::find_by_id(of).select_only().column(member::Column::Unit).into_query();
    // A member that is no unit of the list has its own sheet alone.
    let sheets = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(Condition::any().add(member::Column::Unit.in_subquery(unit)).add(member::Column::Id.eq(of)))
        .into_query();
    let hashes = standing()
        .select_only()
        .column(evidence::Column::File)
        .filter(evidence::Column::Member.in_subquery(sheets))
        .filter(evidence::Column::File.is_not_null())
        .into_query();
    let sum = file::Entity::find()
        .select_only()
        .expr(Expr::col(file::Column::Size).sum().cast_as("bigint"))
        .filter(file::Column::Hash.in_subquery(hashes));
    let sum: Option<Option<i64>> = sum.into_tuple().one(db).await?;
    Ok(sum.flatten().and_then(|sum| u64::try_from(sum).ok()).unwrap_or(0))
}

impl Change for WithinQuota {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (member, Some(quota)) = (self.attach.member, self.quota) else {
            return self.attach.apply(work).await;
        };
        let before = taken(&work.tx, member).await?;
        let done = self.attach.apply(work).await?;
        let after = taken(&work.tx, member).await?;
        // A link, or a file that is there already, takes no room, also where the quota was made smaller meanwhile.
        if after > before && after > quota {
            return Err(EvidenceRefusal::NoRoom { taken: before, more: after - before, quota }.into());
        }
        Ok(done)
    }
}
