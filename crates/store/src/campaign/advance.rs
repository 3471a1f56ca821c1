//! A campaign is opened by the standing body, and approved by the chair.

use std::collections::HashSet;

use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{Act as Step, Done, Life, Missing};
use parindex_domain::right::{Act, Role, Subject};
use parindex_entity::{appointment, campaign, motion};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    Set,
};
use serde_json::json;

use super::{Whole, of};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Opens a campaign: from then on units see it.
pub struct OpenCampaign {
    /// Which.
    pub campaign: i64,
}

/// Approves the result: from then on nothing changes.
pub struct Approve {
    /// Which.
    pub campaign: i64,
    /// The revision that was looked at; whatever stands there when none.
    pub seen: Option<i64>,
}

impl Store {
    /// What a campaign still needs before it can open, and what should be looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn missing(&self, of: &Whole, now: i64) -> Result<Vec<Missing>, StoreError> {
        missing(&self.db, of, now).await
    }
}

async fn missing(db: &impl ConnectionTrait, of: &Whole, now: i64) -> Result<Vec<Missing>, StoreError> {
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
    let (officers, heads) = (holders(db, Role::Officer).await?, holders(db, Role::Head).await?);
    for member in of.members.iter().filter(|member| !matches!(member.standing, Standing::Exempt(_))) {
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
async fn holders(db: &impl ConnectionTrait, role: Role) -> Result<HashSet<i64>, StoreError> {
    let rows = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Unit)
        .filter(appointment::Column::Role.eq(role.word()))
        .filter(appointment::Column::EndedAt.is_null())
        .into_tuple::<Option<i64>>();
    Ok(rows.all(db).await?.into_iter().flatten().collect())
}

impl Change for OpenCampaign {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let whole = of(work, self.campaign).await?;
        let missing = missing(&work.tx, &whole, work.now).await?;
        let life = whole.campaign.life.after(Step::Open(missing), done(work)).map_err(Refusal::Life)?;
        kept(work, self.campaign, life).await?;
        let detail = json!({ "code": whole.campaign.code });
        Ok(((), Note::new(permit, "campaign.open", format!("campaign {}", self.campaign), detail)))
    }
}

impl Change for Approve {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::ApproveCampaigns, &Subject::Everything)?;
        let whole = of(work, self.campaign).await?;
        // The chair signs what he has looked at, and nothing else.
        if self.seen.is_some_and(|seen| seen != whole.campaign.revision) {
            return Err(Refusal::Outdated);
        }
        let assessed = whole.members.iter().filter(|member| !matches!(member.standing, Standing::Exempt(_)));
        let open_sheets = assessed.filter(|member| !member.paper.is_submitted()).count();
        let open_motions = open_motions(work, self.campaign).await?;
        let step = Step::Approve { open_sheets, open_motions };
        let life = whole.campaign.life.after(step, done(work)).map_err(Refusal::Life)?;
        kept(work, self.campaign, life).await?;
        let detail = json!({ "code": whole.campaign.code });
        Ok(((), Note::new(permit, "campaign.approve", format!("campaign {}", self.campaign), detail)))
    }
}

async fn open_motions(work: &Work, campaign: i64) -> Result<usize, StoreError> {
    let open = motion::Entity::find()
        .filter(motion::Column::Campaign.eq(campaign))
        .filter(motion::Column::ClosedAt.is_null());
    Ok(usize::try_from(open.count(&work.tx).await?).unwrap_or(usize::MAX))
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
    let row = campaign::Entity::find_by_id(id).one(&work.tx).await?.ok_or(Refusal::Gone)?;
    let mut row: campaign::ActiveModel = row.into();
    row.opened_at = Set(opened.as_ref().map(|done| done.at));
    row.opened_by = Set(opened.map(|done| done.by));
    row.approved_at = Set(approved.as_ref().map(|done| done.at));
    row.approved_by = Set(approved.map(|done| done.by));
    row.update(&work.tx).await?;
    Ok(())
}
