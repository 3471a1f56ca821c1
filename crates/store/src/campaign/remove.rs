//! A draft that nobody needs goes, with all that was prepared for it.

use parindex_domain::audit::AuditAct;
use parindex_domain::refusal::CampaignRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{appointment, block, campaign, member, stage};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use serde_json::json;

use super::beside::forget_all;
use super::edit::draft;
use super::members::clear;
use super::of;
use crate::{Change, Note, Refusal, Work};

/// Removes a campaign that was never opened.
pub struct RemoveCampaign {
    pub campaign: i64,
}

impl Change for RemoveCampaign {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        draft(&detail)?;
        let (id, tx) = (self.campaign, &work.tx);
        let held = appointment::Entity::find()
            .filter(appointment::Column::Campaign.eq(id))
            .filter(appointment::Column::EndedAt.is_null());
        if held.count(tx).await? > 0 {
            return Err(CampaignRefusal::RolesHeld.into());
        }
        let members = || {
            let rows = member::Entity::find().select_only().column(member::Column::Id);
            rows.filter(member::Column::Campaign.eq(id)).into_query()
        };
        clear(work, &members).await?;
        forget_all(work, &detail).await?;
        member::Entity::delete_many().filter(member::Column::Campaign.eq(id)).exec(tx).await?;
        block::Entity::delete_many().filter(block::Column::Campaign.eq(id)).exec(tx).await?;
        stage::Entity::delete_many().filter(stage::Column::Campaign.eq(id)).exec(tx).await?;
        campaign::Entity::delete_by_id(id).exec(tx).await?;
        let detail = json!({
            "code": detail.campaign.code, "title": detail.campaign.title, "units": detail.members.len(),
        });
        Ok(((), Note::new(permit, AuditAct::CampaignRemove, format!("campaign {id}"), detail)))
    }
}
