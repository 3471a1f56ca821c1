//! A version is settled: from then on it stays as it is.

use parindex_domain::right::{Act, Subject};
use parindex_entity::criteria_version;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::{DRAFT, SETTLED};
use crate::error::NotNow;
use crate::{Change, Note, Refusal, Work};

/// Settles a draft.
pub struct Settle {
    /// The set.
    pub set: i64,
    /// The version.
    pub number: i64,
}

impl Change for Settle {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::ChangeSets, &Subject::Everything)?;
        let row = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(self.set))
            .filter(criteria_version::Column::Number.eq(self.number))
            .one(&work.tx)
            .await?
            .ok_or(Refusal::Gone)?;
        if row.state != DRAFT {
            return Err(Refusal::NotNow(NotNow::NotDraft));
        }
        let mut row: criteria_version::ActiveModel = row.into();
        row.state = Set(SETTLED.to_owned());
        row.update(&work.tx).await?;
        let detail = json!({ "number": self.number });
        Ok(((), Note::new(permit, "criteria-set.settle", format!("criteria-set {}", self.set), detail)))
    }
}
