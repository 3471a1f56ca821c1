//! A version is settled: from then on it stays as it is.

use parindex_domain::right::{Act, Subject};
use parindex_entity::criteria_version;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::{SETTLED, draft};
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
        let row = draft(work, self.set, self.number).await?;
        // Whoever holds a printed copy can prove that this is the table that was settled.
        let hash = parindex_domain::audit::digest(&row.text);
        let mut row: criteria_version::ActiveModel = row.into();
        row.state = Set(SETTLED.to_owned());
        row.update(&work.tx).await?;
        let detail = json!({ "number": self.number, "sha256": hash });
        Ok(((), Note::new(permit, "criteria-set.settle", format!("criteria-set {}", self.set), detail)))
    }
}
