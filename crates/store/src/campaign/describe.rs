//! What a campaign is called, where it comes from, which days it is about, what units see: until the result is approved.

use jiff::civil::Date;
use parindex_domain::procedure::Sight;
use parindex_domain::right::{Act, Subject};
use parindex_entity::campaign;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use super::{of, revised};
use crate::{Change, Note, Refusal, Work};

/// Says it anew.
pub struct Describe {
    /// Which campaign.
    pub campaign: i64,
    /// The title.
    pub title: String,
    /// The decision it comes from.
    pub legal_basis: String,
    /// The first and the last assessed day.
    pub days: (Date, Date),
    /// Anything a reader must know.
    pub note: String,
    /// What units see of each other.
    pub sight: Sight,
}

impl Change for Describe {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        of(work, self.campaign).await?.not_approved()?;
        let row = campaign::Entity::find_by_id(self.campaign).one(&work.tx).await?.ok_or(Refusal::Gone)?;
        let from = told(&row);
        let mut row: campaign::ActiveModel = row.into();
        row.title = Set(self.title);
        row.legal_basis = Set(self.legal_basis);
        row.from_day = Set(Some(self.days.0.to_string()));
        row.to_day = Set(Some(self.days.1.to_string()));
        row.note = Set(self.note);
        row.sight = Set(self.sight.word().to_owned());
        let to = told(&row.update(&work.tx).await?);
        if from == to {
            return Ok(((), Note::unchanged(permit)));
        }
        revised(work, self.campaign).await?;
        let detail = json!({ "from": from, "to": to });
        Ok(((), Note::new(permit, "campaign.describe", format!("campaign {}", self.campaign), detail)))
    }
}

fn told(row: &campaign::Model) -> serde_json::Value {
    json!({
        "title": row.title, "legal_basis": row.legal_basis, "days": [row.from_day, row.to_day],
        "note": row.note, "sight": row.sight,
    })
}
