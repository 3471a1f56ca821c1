//! A table comes in: a new set, or a new version of one.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::CriteriaSetRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_domain::search::fold;
use parindex_entity::{criteria_set, criteria_version};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use super::DRAFT;
use crate::file::{Filed, filed};
use crate::{Change, Note, Refusal, Work};

/// A checked table for the library.
pub struct UploadSet {
    /// The set it belongs to by its code; a new one where none has it.
    pub code: String,
    /// The title in the table.
    pub title: String,
    /// The table as CSV.
    pub text: String,
    /// Why this version.
    pub note: String,
    /// The file as it came, where it came as one.
    pub file: Option<Filed>,
}

/// The set and the number of the version that an upload became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uploaded {
    pub set: i64,
    /// The number of the version.
    pub number: i64,
}

impl Change for UploadSet {
    type Done = Uploaded;

    async fn apply(self, work: &Work) -> Result<(Uploaded, Note), Refusal> {
        let permit = work.permit(Act::ChangeSets, &Subject::Everything)?;
        if self.code.trim().is_empty() || self.title.trim().is_empty() {
            return Err(CriteriaSetRefusal::Unnamed.into());
        }
        let found = criteria_set::Entity::find()
            .filter(criteria_set::Column::Code.eq(&self.code))
            .one(&work.tx)
            .await?;
        let set = match found {
            Some(row) => renamed(work, row, &self.title).await?,
            None => added(work, &self).await?,
        };
        let last = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(set))
            .order_by_desc(criteria_version::Column::Number)
            .one(&work.tx)
            .await?;
        let number = last.map_or(1, |row| row.number + 1);
        let version = criteria_version::ActiveModel {
            set: Set(set),
            number: Set(number),
            state: Set(DRAFT.to_owned()),
            text: Set(self.text),
            note: Set(self.note.clone()),
            author: Set(work.actor.person.unwrap_or(0)),
            created_at: Set(work.now),
            file: Set(self.file.as_ref().map(|file| file.hash.clone())),
            file_name: Set(self.file.as_ref().map(|file| file.name.clone())),
            ..Default::default()
        };
        if let Some(file) = &self.file {
            filed(work, file).await?;
        }
        version.insert(&work.tx).await?;
        let file = self.file.map(|file| file.hash);
        let detail = json!({ "code": self.code, "number": number, "note": self.note, "file": file });
        Ok((
            Uploaded { set, number },
            Note::new(permit, AuditAct::CriteriaSetUpload, format!("criteria-set {set}"), detail),
        ))
    }
}

/// The set takes the title of its newest version.
async fn renamed(work: &Work, row: criteria_set::Model, title: &str) -> Result<i64, Refusal> {
    let id = row.id;
    let mut row: criteria_set::ActiveModel = row.into();
    row.folded = Set(fold(title));
    row.title = Set(title.to_owned());
    row.update(&work.tx).await?;
    Ok(id)
}

async fn added(work: &Work, upload: &UploadSet) -> Result<i64, Refusal> {
    let row = criteria_set::ActiveModel {
        code: Set(upload.code.clone()),
        folded: Set(fold(&upload.title)),
        title: Set(upload.title.clone()),
        created_at: Set(work.now),
        ..Default::default()
    };
    Ok(row.insert(&work.tx).await?.id)
}
