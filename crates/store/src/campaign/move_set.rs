//! A block moves to another version of its criteria set: with a reason, and only where nothing that was entered is lost.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::local;
use parindex_domain::refusal::CriteriaSetRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{block, criteria_version, set_move};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::{of, revised};
use crate::criteria_set::DRAFT;
use crate::{Change, Note, Refusal, Work};

/// Moves a block to another version of its criteria set.
pub struct MoveSet {
    pub campaign: i64,
    /// The revision that was looked at: whoever entered something since may have entered what the new version does not know.
    pub revision: i64,
    pub block: i64,
    /// Set and number of the new version.
    pub to: (i64, i64),
    /// What both versions call themselves: before and after.
    pub versions: (String, String),
    /// Why, with the document behind it.
    pub reason: String,
}

impl Change for MoveSet {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.not_approved()?;
        if detail.campaign.revision != self.revision {
            return Err(Refusal::Stale);
        }
        let from = detail.block(self.block).ok_or(Refusal::NotFound)?;
        let version = criteria_version::Entity::find()
            .filter(criteria_version::Column::Set.eq(self.to.0))
            .filter(criteria_version::Column::Number.eq(self.to.1))
            .one(&work.tx)
            .await?
            .ok_or(Refusal::NotFound)?;
        if version.state == DRAFT {
            return Err(CriteriaSetRefusal::NotSettled.into());
        }
        let row = block::Entity::find_by_id(self.block).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let mut row: block::ActiveModel = row.into();
        row.version = Set(version.id);
        row.update(&work.tx).await?;
        self.record(work).await?;
        revised(work, self.campaign).await?;
        let detail = json!({
            "block": from.code, "from": [from.set, from.number], "to": [self.to.0, self.to.1], "reason": self.reason,
        });
        Ok(((), Note::new(permit, AuditAct::CampaignMove, format!("campaign {}", self.campaign), detail)))
    }
}

impl MoveSet {
    /// The act goes with the campaign wherever its package goes.
    async fn record(&self, work: &Work) -> Result<(), Refusal> {
        let row = set_move::ActiveModel {
            block: Set(self.block),
            from_version: Set(self.versions.0.clone()),
            to_version: Set(self.versions.1.clone()),
            on_day: Set(local(work.now).date().to_string()),
            reason: Set(self.reason.clone()),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        Ok(())
    }
}
