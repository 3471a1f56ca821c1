//! Single units come into a campaign and go; those that stood in no list are found in it.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{CampaignDetail, Life, SheetState};
use parindex_domain::refusal::{CampaignRefusal, SheetRefusal};
use parindex_domain::right::{Act, Subject};
use parindex_entity::{
    delegation, entry, entry_history, evidence, extension, member, motion, remark, unit, verdict, visit,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Set,
};
use serde_json::json;

use super::add::{NewMember, add_member};
use super::beside::forget;
use super::{of, revised};
use crate::unit::exists_on;
use crate::{Change, InUse, Note, Refusal, Work};

/// Adds units to a block; also while the campaign runs.
pub struct AddMembers {
    pub campaign: i64,
    pub block: i64,
    /// The units, with nothing on their sheets.
    pub members: Vec<NewMember>,
}

/// Takes a unit out; while the campaign runs only one with whose sheet nothing was done.
pub struct RemoveMember {
    pub member: i64,
}

/// Looks units that stood in no list up in it.
pub struct LinkUnits {
    pub campaign: i64,
    /// The day on which they exist.
    pub on_day: String,
}

impl Change for AddMembers {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.not_approved()?;
        if detail.no_draft().is_err() {
            return Err(CampaignRefusal::AfterDraft.into());
        }
        let block = detail.block(self.block).ok_or(Refusal::NotFound)?;
        let there = |new: &&NewMember| detail.members.iter().any(|member| member.code == new.code);
        if let Some(twice) = self.members.iter().find(there) {
            return Err(Refusal::Taken(InUse::Member(twice.name.clone())));
        }
        let last = member::Entity::find()
            .select_only()
            .column_as(member::Column::Place.max(), "place")
            .filter(member::Column::Block.eq(block.id))
            .into_tuple::<Option<i64>>()
            .one(&work.tx)
            .await?;
        let first = last.flatten().map_or(0, |place| place + 1);
        let codes: Vec<String> = self.members.iter().map(|new| new.code.clone()).collect();
        for (place, new) in (first..).zip(self.members) {
            add_member(work, (self.campaign, block.id, place), new, (&[], Vec::new())).await?;
        }
        revised(work, self.campaign).await?;
        let detail = json!({ "block": block.code, "added": codes });
        Ok(((), Note::new(permit, AuditAct::CampaignMembers, format!("campaign {}", self.campaign), detail)))
    }
}

impl Change for RemoveMember {
    /// Of which campaign.
    type Done = i64;

    async fn apply(self, work: &Work) -> Result<(i64, Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let row = member::Entity::find_by_id(self.member).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let detail = of(work, row.campaign).await?;
        detail.not_approved()?;
        if detail.campaign.life != Life::Draft && touched(work, &detail, self.member).await? {
            return Err(SheetRefusal::Used.into());
        }
        clear(work, &|| only(self.member)).await?;
        forget(work, row.campaign, vec![row.code.clone()]).await?;
        member::Entity::delete_by_id(self.member).exec(&work.tx).await?;
        revised(work, row.campaign).await?;
        let detail = json!({ "removed": row.code, "name": row.name });
        let note = Note::new(permit, AuditAct::CampaignMembers, format!("campaign {}", row.campaign), detail);
        Ok((row.campaign, note))
    }
}

fn only(member: i64) -> SelectStatement {
    let rows = member::Entity::find().select_only().column(member::Column::Id);
    rows.filter(member::Column::Id.eq(member)).into_query()
}

/// Whether anybody has done anything with a sheet.
async fn touched(work: &Work, detail: &CampaignDetail, id: i64) -> Result<bool, Refusal> {
    let tx = &work.tx;
    let begun = detail.member(id).is_some_and(|member| member.sheet_state != SheetState::Filling);
    let rows = entry_history::Entity::find().filter(entry_history::Column::Member.eq(id)).count(tx).await?
        + entry::Entity::find().filter(entry::Column::Member.eq(id)).count(tx).await?
        + evidence::Entity::find().filter(evidence::Column::Member.eq(id)).count(tx).await?
        + delegation::Entity::find().filter(delegation::Column::Member.eq(id)).count(tx).await?
        + verdict::Entity::find().filter(verdict::Column::Member.eq(id)).count(tx).await?
        + remark::Entity::find().filter(remark::Column::Member.eq(id)).count(tx).await?
        + motion::Entity::find().filter(motion::Column::Member.eq(id)).count(tx).await?
        + visit::Entity::find().filter(visit::Column::Member.eq(id)).count(tx).await?;
    Ok(begun || rows > 0)
}

/// What can stand on sheets with which nobody worked goes with them.
pub(super) async fn clear(
    work: &Work,
    members: &(dyn Fn() -> SelectStatement + Sync),
) -> Result<(), Refusal> {
    let tx = &work.tx;
    entry::Entity::delete_many().filter(entry::Column::Member.in_subquery(members())).exec(tx).await?;
    let history = entry_history::Entity::delete_many();
    history.filter(entry_history::Column::Member.in_subquery(members())).exec(tx).await?;
    let extensions = extension::Entity::delete_many();
    extensions.filter(extension::Column::Member.in_subquery(members())).exec(tx).await?;
    Ok(())
}

impl Change for LinkUnits {
    /// How many were found.
    type Done = usize;

    async fn apply(self, work: &Work) -> Result<(usize, Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.not_approved()?;
        let lost: HashMap<&str, i64> = detail
            .members
            .iter()
            .filter(|member| member.unit.is_none())
            .map(|member| (member.code.as_str(), member.id))
            .collect();
        let units = unit::Entity::find()
            .filter(unit::Column::Code.is_in(lost.keys().copied()))
            .filter(exists_on(&self.on_day))
            .all(&work.tx)
            .await?;
        let mut codes = Vec::new();
        for unit in units {
            let Some(member) = lost.get(unit.code.as_str()) else { continue };
            let row = member::Entity::find_by_id(*member).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
            let mut row: member::ActiveModel = row.into();
            row.unit = Set(Some(unit.id));
            row.update(&work.tx).await?;
            codes.push(unit.code);
        }
        if codes.is_empty() {
            return Ok((0, Note::unchanged(permit)));
        }
        let (found, detail) = (codes.len(), json!({ "linked": codes }));
        Ok((
            found,
            Note::new(permit, AuditAct::CampaignMembers, format!("campaign {}", self.campaign), detail),
        ))
    }
}
