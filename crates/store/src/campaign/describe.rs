//! What a campaign is called, where it comes from, which days it is about, what units see, of whom more than half decide: until the
//! result is approved.

use jiff::civil::Date;
use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Base, Visibility};
use parindex_domain::refusal::CampaignRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{campaign, member, motion};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set};
use serde_json::json;

use super::{of, revised};
use crate::{Change, Note, Refusal, Work};

/// Changes what a campaign says of itself: title, days, basis, what units see.
pub struct Describe {
    pub campaign: i64,
    pub title: String,
    /// The decision it comes from.
    pub legal_basis: String,
    /// The first and the last assessed day.
    pub days: (Date, Date),
    /// Anything a reader must know.
    pub note: String,
    /// What units see of each other.
    pub visibility: Visibility,
    /// Of whom more than half decide in the council; as it stands when none. It stays while a vote is open.
    pub base: Option<Base>,
}

impl Change for Describe {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        of(work, self.campaign).await?.not_approved()?;
        let row =
            campaign::Entity::find_by_id(self.campaign).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        if self.base.is_some_and(|base| base.word() != row.base) {
            no_open_vote(work, self.campaign).await?;
        }
        let (from, base) = (told(&row), self.base.map(|base| base.word().to_owned()));
        let mut row: campaign::ActiveModel = row.into();
        row.title = Set(self.title);
        row.legal_basis = Set(self.legal_basis);
        row.from_day = Set(Some(self.days.0.to_string()));
        row.to_day = Set(Some(self.days.1.to_string()));
        row.note = Set(self.note);
        row.visibility = Set(self.visibility.word().to_owned());
        if let Some(base) = base {
            row.base = Set(base);
        }
        let to = told(&row.update(&work.tx).await?);
        if from == to {
            return Ok(((), Note::unchanged(permit)));
        }
        revised(work, self.campaign).await?;
        let detail = json!({ "from": from, "to": to });
        Ok(((), Note::new(permit, AuditAct::CampaignDescribe, format!("campaign {}", self.campaign), detail)))
    }
}

async fn no_open_vote(work: &Work, campaign: i64) -> Result<(), Refusal> {
    let members = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Campaign.eq(campaign));
    let open = motion::Entity::find()
        .filter(motion::Column::ClosedAt.is_null())
        .filter(motion::Column::Member.in_subquery(members.into_query()));
    match open.one(&work.tx).await? {
        Some(_open) => Err(CampaignRefusal::VotesOpen.into()),
        None => Ok(()),
    }
}

fn told(row: &campaign::Model) -> serde_json::Value {
    json!({
        "title": row.title, "legal_basis": row.legal_basis, "days": [row.from_day, row.to_day],
        "note": row.note, "sight": row.visibility, "base": row.base,
    })
}
