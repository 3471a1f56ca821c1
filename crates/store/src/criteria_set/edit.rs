//! A draft is edited in the browser.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject};
use parindex_entity::criteria_version;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::draft;
use crate::{Change, Note, Refusal, Work};

/// Replaces the table of a draft.
pub struct Edit {
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
        let row = draft(work, self.set, self.number).await?;
        if row.text != self.from {
            return Err(Refusal::Stale);
        }
        let mut row: criteria_version::ActiveModel = row.into();
        row.text = Set(self.to);
        row.update(&work.tx).await?;
        let detail = json!({ "number": self.number, "change": self.what });
        Ok(((), Note::new(permit, AuditAct::CriteriaSetEdit, format!("criteria-set {}", self.set), detail)))
    }
}
