//! A draft is edited in the browser.

use parindex_domain::right::{Act, Subject};
use parindex_entity::criteria_version;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::DRAFT;
use crate::error::NotNow;
use crate::{Change, Note, Refusal, Work};

/// Replaces the table of a draft.
pub struct Edit {
    /// The set.
    pub set: i64,
    /// The version.
    pub number: i64,
    /// The table as it was when editing began.
    pub from: String,
    /// The table as it becomes.
    pub to: String,
    /// Which criterion was edited, and how, for the log.
    pub what: serde_json::Value,
}

impl Change for Edit {
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
        if row.text != self.from {
            return Err(Refusal::Outdated);
        }
        let mut row: criteria_version::ActiveModel = row.into();
        row.text = Set(self.to);
        row.update(&work.tx).await?;
        let detail = json!({ "number": self.number, "change": self.what });
        Ok(((), Note::new(permit, "criteria-set.edit", format!("criteria-set {}", self.set), detail)))
    }
}
