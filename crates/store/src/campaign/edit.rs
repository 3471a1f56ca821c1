//! A draft is put together: blocks come and go, units are exempt or unranked.

use std::collections::HashSet;

use parindex_domain::audit::AuditAct;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{CampaignDetail, Life, LifeRefusal};
use parindex_domain::right::{Act, Subject};
use parindex_entity::{block, member};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::add::{NewBlock, add_block};
use super::beside::{forget, forget_moves};
use super::members::clear;
use super::{of, revised, word};
use crate::unlogged::arrived;
use crate::{Change, InUse, Note, Refusal, Work};

/// Adds a block to a draft.
pub struct AddBlock {
    pub campaign: i64,
    pub block: NewBlock,
}

/// Takes a block out of a draft.
pub struct RemoveBlock {
    pub campaign: i64,
    pub block: i64,
}

/// Says whether a unit is assessed and ranked; while nothing is approved.
pub struct SetStanding {
    pub member: i64,
    /// Whether.
    pub standing: Standing,
}

pub(super) fn draft(detail: &CampaignDetail) -> Result<(), Refusal> {
    match &detail.campaign.life {
        Life::Draft => Ok(()),
        Life::Running(_) => Err(LifeRefusal::Running.into()),
        Life::Approved { .. } => Err(LifeRefusal::Approved.into()),
    }
}

impl Change for AddBlock {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        draft(&detail)?;
        if detail.blocks.iter().any(|block| block.code == self.block.code) {
            return Err(Refusal::Taken(InUse::Block(self.block.code)));
        }
        let there: HashSet<&str> = detail.members.iter().map(|member| member.code.as_str()).collect();
        if let Some(twice) = self.block.members.iter().find(|member| there.contains(member.code.as_str())) {
            return Err(Refusal::Taken(InUse::Member(twice.name.clone())));
        }
        let place = detail.blocks.len();
        let stages: Vec<i64> = detail.stages.iter().map(|stage| stage.id).collect();
        let (code, units) = (self.block.code.clone(), self.block.members.len());
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        add_block(work, (self.campaign, place), self.block, &stages).await?;
        let arrived = arrived(work, self.campaign, Some(&code)).await?;
        let detail = json!({ "block": code, "units": units, "arrived": arrived });
        revised(work, self.campaign).await?;
        Ok(((), Note::new(permit, AuditAct::CampaignBlock, format!("campaign {}", self.campaign), detail)))
    }
}

impl Change for RemoveBlock {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        draft(&detail)?;
        let gone = detail.block(self.block).ok_or(Refusal::NotFound)?;
        let members = || {
            let mut members = member::Entity::find().select_only().column(member::Column::Id);
            members = members.filter(member::Column::Block.eq(gone.id));
            sea_orm::QueryTrait::into_query(members)
        };
        let tx = &work.tx;
        clear(work, &members).await?;
        let codes = detail.members.iter().filter(|member| member.block == gone.id);
        forget(work, self.campaign, codes.map(|member| member.code.clone()).collect()).await?;
        forget_moves(work, &[gone.id]).await?;
        member::Entity::delete_many().filter(member::Column::Block.eq(gone.id)).exec(tx).await?;
        block::Entity::delete_by_id(gone.id).exec(tx).await?;
        self.close_ranks(work, &detail).await?;
        revised(work, self.campaign).await?;
        let detail = json!({ "removed": gone.code });
        Ok(((), Note::new(permit, AuditAct::CampaignBlock, format!("campaign {}", self.campaign), detail)))
    }
}

impl RemoveBlock {
    /// The blocks after it move up.
    async fn close_ranks(&self, work: &Work, detail: &CampaignDetail) -> Result<(), Refusal> {
        let left = detail.blocks.iter().filter(|block| block.id != self.block);
        for (place, block) in (0..).zip(left) {
            let row = block::Entity::find_by_id(block.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
            let mut row: block::ActiveModel = row.into();
            row.place = Set(place);
            row.update(&work.tx).await?;
        }
        Ok(())
    }
}

impl Change for SetStanding {
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let row = member::Entity::find_by_id(self.member).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        of(work, row.campaign).await?.not_approved()?;
        let (standing, reason) = match self.standing {
            Standing::Ranked => (word::RANKED, String::new()),
            Standing::Unranked(reason) => (word::UNRANKED, reason),
            Standing::Exempt(reason) => (word::EXEMPT, reason),
        };
        if row.standing == standing && row.reason == reason {
            return Ok((row.campaign, Note::unchanged(permit)));
        }
        let detail = json!({ "unit": row.code, "from": row.standing, "to": standing, "reason": reason });
        let campaign = row.campaign;
        let mut row: member::ActiveModel = row.into();
        row.standing = Set(standing.to_owned());
        row.reason = Set(reason);
        row.update(&work.tx).await?;
        revised(work, campaign).await?;
        Ok((
            campaign,
            Note::new(permit, AuditAct::CampaignStanding, format!("member {}", self.member), detail),
        ))
    }
}
