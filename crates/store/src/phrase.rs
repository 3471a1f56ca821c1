//! Reasons that an office uses often, in its own words.

use parindex_domain::audit::AuditAct;
use parindex_domain::right::{Act, Subject};
use parindex_entity::phrase;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// A reason that an office keeps for its appraisers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The row.
    pub id: i64,
    /// The words.
    pub text: String,
}

/// Adds reasons to those that an office keeps.
#[derive(Clone, Debug)]
pub struct AddPhrases {
    /// In their words; those that are there already are left out.
    pub texts: Vec<String>,
}

/// Takes one out of the list; what was decided with it stays as it is.
pub struct RemovePhrase {
    pub phrase: i64,
}

impl Store {
    /// All of them, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn phrases(&self) -> Result<Vec<Phrase>, StoreError> {
        let rows = phrase::Entity::find()
            .filter(phrase::Column::RemovedAt.is_null())
            .order_by_asc(phrase::Column::Id);
        let phrase = |row: phrase::Model| Phrase { id: row.id, text: row.text };
        Ok(rows.all(&self.db).await?.into_iter().map(phrase).collect())
    }
}

impl Change for AddPhrases {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::BeginCampaigns, &Subject::Everything)?;
        let there = phrase::Entity::find().filter(phrase::Column::RemovedAt.is_null()).all(&work.tx).await?;
        let new: Vec<&String> =
            self.texts.iter().filter(|text| !there.iter().any(|row| row.text == **text)).collect();
        for text in &new {
            let row = phrase::ActiveModel {
                text: Set((*text).clone()),
                at: Set(work.now),
                by: Set(work.actor.who.clone()),
                removed_at: Set(None),
                removed_by: Set(None),
                ..Default::default()
            };
            row.insert(&work.tx).await?;
        }
        Ok(((), Note::new(permit, AuditAct::PhraseAdd, "phrases".to_owned(), json!({ "texts": new }))))
    }
}

impl Change for RemovePhrase {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::BeginCampaigns, &Subject::Everything)?;
        let row = phrase::Entity::find_by_id(self.phrase).one(&work.tx).await?;
        let row = row.filter(|row| row.removed_at.is_none()).ok_or(Refusal::NotFound)?;
        let detail = json!({ "text": row.text });
        let mut row: phrase::ActiveModel = row.into();
        row.removed_at = Set(Some(work.now));
        row.removed_by = Set(Some(work.actor.who.clone()));
        row.update(&work.tx).await?;
        Ok(((), Note::new(permit, AuditAct::PhraseRemove, format!("phrase {}", self.phrase), detail)))
    }
}
