//! A version is settled: from then on it stays as it is.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{criteria_set, criteria_version};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::{SETTLED, UploadSet, Uploaded, draft};
use crate::{Change, Note, Refusal, Work};

/// Makes a draft final: campaigns can use it, and it never changes again.
pub struct Settle {
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
        Ok(((), Note::new(permit, AuditAct::CriteriaSetSettle, format!("criteria-set {}", self.set), detail)))
    }
}

/// Takes a table in and settles it at once, unless it stands settled in its set already.
pub struct TakeSettled {
    /// The set it belongs to by its code; a new one where none has it.
    pub code: String,
    /// The title in the table.
    pub title: String,
    /// The table as CSV.
    pub text: String,
}

impl Change for TakeSettled {
    type Done = Uploaded;

    async fn apply(self, work: &Work) -> Result<(Uploaded, Note), Refusal> {
        let permit = work.permit(Act::ChangeSets, &Subject::Everything)?;
        if let Some(there) = self.there(work).await? {
            return Ok((there, Note::unchanged(permit)));
        }
        let hash = parindex_domain::audit::digest(&self.text);
        let Self { code, title, text } = self;
        let upload = UploadSet { code: code.clone(), title, text, note: String::new(), file: None };
        let (uploaded, _told_below) = upload.apply(work).await?;
        let Uploaded { set, number } = uploaded;
        let ((), settled) = Settle { set, number }.apply(work).await?;
        let detail = json!({ "code": code, "number": number, "sha256": hash });
        Ok((uploaded, settled.told_as(AuditAct::CriteriaSetSettle, format!("criteria-set {set}"), detail)))
    }
}

impl TakeSettled {
    /// Where the same table stands.
    async fn there(&self, work: &Work) -> Result<Option<Uploaded>, Refusal> {
        let set = criteria_set::Entity::find().filter(criteria_set::Column::Code.eq(&self.code));
        let Some(set) = set.one(&work.tx).await? else { return Ok(None) };
        let same = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(set.id))
            .filter(criteria_version::Column::State.eq(SETTLED))
            .filter(criteria_version::Column::Text.eq(&self.text));
        let same = same.one(&work.tx).await?;
        Ok(same.map(|version| Uploaded { set: set.id, number: version.number }))
    }
}
