//! A campaign is opened by the standing body, and approved by the chair.

use std::collections::HashSet;

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{
    Campaign, CampaignDetail, Done, Life, LifeStep, Missing, RulingKind, Unsettled,
};
use parindex_domain::right::{Act, Role, Subject};
use parindex_entity::{appointment, campaign, motion, verdict};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::{ApprovedResult, of};
use crate::calendar::settle;
use crate::person::counts_in;
use crate::sheet::broken_seals;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Opens a campaign: from then on units see it.
pub struct OpenCampaign {
    pub campaign: i64,
}

/// Approves the result: from then on nothing changes.
pub struct Approve {
    pub campaign: i64,
    /// The revision that was looked at; whatever stands there when none.
    pub seen: Option<i64>,
    /// Criteria that no appraiser has decided about: their points stay as they are.
    pub undecided: Known,
    /// Points from other sources that nobody has entered: they stay open.
    pub external_points: Known,
    /// The result that is approved, as it was scored.
    pub result: ApprovedResult,
}

/// So many things are open, and of so many somebody said that he knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// How many are open.
    pub left: usize,
    /// Of how many somebody said that he knows.
    pub told: usize,
}

impl Known {
    /// What stands in the way: nothing where somebody knows of exactly so many.
    fn open(self) -> usize {
        if self.left == self.told { 0 } else { self.left }
    }
}

impl Store {
    /// What a campaign still needs before it can open, and what should be looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn missing(&self, of: &CampaignDetail, now: i64) -> Result<Vec<Missing>, StoreError> {
        missing(&self.db, of, now).await
    }
}

impl Store {
    /// What keeps the result from being approved, but for criteria that are not decided: those the sets know.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unsettled(&self, detail: &CampaignDetail) -> Result<Unsettled, StoreError> {
        unsettled(&self.db, detail).await
    }
}

async fn missing(
    db: &impl ConnectionTrait,
    of: &CampaignDetail,
    now: i64,
) -> Result<Vec<Missing>, StoreError> {
    let mut missing = Vec::new();
    if of.members.is_empty() {
        missing.push(Missing::Units);
    }
    for block in &of.blocks {
        if !of.members.iter().any(|member| member.block == block.id) {
            missing.push(Missing::BlockEmpty(block.name.clone()));
        }
        if block.draft {
            missing.push(Missing::SetNotSettled(block.name.clone()));
        }
    }
    match of.stages.first().and_then(|stage| stage.round.window) {
        None => missing.push(Missing::Window),
        Some(window) if window.closes() <= now => missing.push(Missing::WindowOver(window.closes())),
        Some(_) => {}
    }
    let id = of.campaign.id;
    let (officers, heads) = (holders(db, Role::Officer, id).await?, holders(db, Role::Head, id).await?);
    for member in of.members.iter().filter(|member| member.standing.is_assessed()) {
        match member.unit {
            None => missing.push(Missing::UnitUnknown(member.name.clone())),
            Some(unit) => {
                if !officers.contains(&unit) {
                    missing.push(Missing::NoOfficer(member.name.clone()));
                }
                if !heads.contains(&unit) {
                    missing.push(Missing::NoHead(member.name.clone()));
                }
            }
        }
    }
    Ok(missing)
}

/// The units for which somebody holds a role.
async fn holders(db: &impl ConnectionTrait, role: Role, campaign: i64) -> Result<HashSet<i64>, StoreError> {
    let rows = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Unit)
        .filter(appointment::Column::Role.eq(role.word()))
        .filter(counts_in(campaign))
        .filter(appointment::Column::EndedAt.is_null())
        .into_tuple::<Option<i64>>();
    Ok(rows.all(db).await?.into_iter().flatten().collect())
}

impl Change for OpenCampaign {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        let missing = missing(&work.tx, &detail, work.now).await?;
        let Campaign { about, life, .. } = detail.campaign;
        let life = life.after(LifeStep::Open(missing), done(work))?;
        kept(work, self.campaign, life).await?;
        let detail = json!({ "code": about.code });
        Ok(((), Note::new(permit, AuditAct::CampaignOpen, format!("campaign {}", self.campaign), detail)))
    }
}

impl Change for Approve {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::ApproveCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        // The chair signs what he has looked at, and nothing else.
        if self.seen.is_some_and(|seen| seen != detail.campaign.revision) {
            return Err(Refusal::Stale);
        }
        let broken = broken_seals(&work.tx, &detail).await?;
        if !broken.is_empty() {
            let name = |id: &i64| detail.member(*id).map(|member| member.name.clone());
            return Err(Refusal::SealBroken(broken.iter().filter_map(name).collect()));
        }
        let mut open = unsettled(&work.tx, &detail).await?;
        (open.undecided, open.external_points) = (self.undecided.open(), self.external_points.open());
        let life = detail.campaign.life.clone();
        let life = life.after(LifeStep::Approve(open), done(work))?;
        let result = self.result.keep(work, &detail).await?;
        kept(work, self.campaign, life).await?;
        let days = settle(work, self.campaign).await?;
        let detail = json!({
            "code": detail.campaign.code, "undecided": self.undecided.left, "awards": self.external_points.left,
            "days": days, "result": result,
        });
        Ok(((), Note::new(permit, AuditAct::CampaignApprove, format!("campaign {}", self.campaign), detail)))
    }
}

/// What is open but for criteria that are not decided: those the sets know.
async fn unsettled(db: &impl ConnectionTrait, detail: &CampaignDetail) -> Result<Unsettled, StoreError> {
    let assessed = detail.members.iter().filter(|member| member.standing.is_assessed());
    let rounds: Vec<_> = detail.rounds().collect();
    let drafts = rounds.split_last().map_or(&[][..], |(_, before)| before);
    let unseen = drafts.iter().filter(|round| round.round.released.is_none());
    let motions =
        motion::Entity::find().filter(motion::Column::Campaign.eq(detail.campaign.id)).all(db).await?;
    let tabled: HashSet<(i64, &str)> =
        motions.iter().map(|motion| (motion.member, motion.criterion.as_str())).collect();
    let left = verdict::Entity::find()
        .filter(verdict::Column::Member.is_in(detail.members.iter().map(|member| member.id)))
        .filter(verdict::Column::Kind.eq(RulingKind::Council.word()))
        .all(db)
        .await?;
    let left: HashSet<(i64, &str)> =
        left.iter().map(|verdict| (verdict.member, verdict.criterion.as_str())).collect();
    Ok(Unsettled {
        sheets: assessed.filter(|member| !member.sheet_state.is_submitted()).count(),
        rounds: unseen.map(|round| round.name.clone()).collect(),
        undecided: 0,
        external_points: 0,
        untabled: left.difference(&tabled).count(),
        motions: motions.iter().filter(|motion| motion.closed_at.is_none()).count(),
    })
}

fn done(work: &Work) -> Done {
    Done { by: work.actor.who.clone(), at: work.now }
}

async fn kept(work: &Work, id: i64, life: Life) -> Result<(), Refusal> {
    let (opened, approved) = match life {
        Life::Draft => (None, None),
        Life::Running(opened) => (Some(opened), None),
        Life::Approved { opened, approved } => (Some(opened), Some(approved)),
    };
    let row = campaign::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    let mut row: campaign::ActiveModel = row.into();
    row.opened_at = Set(opened.as_ref().map(|done| done.at));
    row.opened_by = Set(opened.map(|done| done.by));
    row.approved_at = Set(approved.as_ref().map(|done| done.at));
    row.approved_by = Set(approved.map(|done| done.by));
    row.update(&work.tx).await?;
    Ok(())
}
