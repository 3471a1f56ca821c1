//! A round of appraisal more, or one less.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{CampaignDetail, Locked, Stage};
use parindex_domain::refusal::CampaignRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::{entry, entry_history, evidence, remark, stage, verdict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;

use super::{of, revised};
use crate::{Change, Note, Refusal, Work};

/// Adds a round after the last one; also while the campaign runs.
pub struct AddRound {
    pub campaign: i64,
    /// What it is called.
    pub name: String,
}

/// Takes the last round away, while nobody has done anything in it.
pub struct RemoveRound {
    pub campaign: i64,
}

/// Most rounds that anybody holds.
pub const MAX_ROUNDS: usize = 9;

impl Change for AddRound {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.not_approved()?;
        let (last, result) = ends(&detail)?;
        if detail.rounds().count() >= MAX_ROUNDS {
            return Err(CampaignRefusal::Rounds.into());
        }
        moved(work, result, result.place + 1).await?;
        let row = stage::Entity::find_by_id(last.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let code = free_code(&detail);
        let new = stage::ActiveModel {
            campaign: Set(self.campaign),
            place: Set(result.place),
            code: Set(code.clone()),
            name: Set(self.name.clone()),
            // A round decides about what the one before it decided about.
            counts: Set(row.counts),
            opens_at: Set(None),
            closes_at: Set(None),
            released_at: Set(None),
            released_by: Set(None),
            explain_until: Set(None),
            ..Default::default()
        };
        new.insert(&work.tx).await?;
        revised(work, self.campaign).await?;
        let detail = json!({ "added": code, "name": self.name });
        Ok(((), Note::new(permit, AuditAct::CampaignRound, format!("campaign {}", self.campaign), detail)))
    }
}

/// The last round and the result behind it.
fn ends(detail: &CampaignDetail) -> Result<(&Stage, &Stage), Refusal> {
    let ends = detail.rounds().next_back().zip(detail.stages.last());
    ends.ok_or(Refusal::from(CampaignRefusal::Rounds))
}

fn free_code(detail: &CampaignDetail) -> String {
    let used = |code: &str| detail.stages.iter().any(|stage| stage.code == code);
    let codes = (1..).map(|number| format!("appraisal-{number}"));
    codes.into_iter().find(|code| !used(code)).unwrap_or_default()
}

async fn moved(work: &Work, of: &Stage, place: i64) -> Result<(), Refusal> {
    let row = stage::Entity::find_by_id(of.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    let mut row: stage::ActiveModel = row.into();
    row.place = Set(place);
    row.update(&work.tx).await?;
    Ok(())
}

impl Change for RemoveRound {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.not_approved()?;
        let (last, result) = ends(&detail)?;
        if detail.rounds().count() == 1 {
            return Err(CampaignRefusal::Rounds.into());
        }
        if let Some(released) = &last.round.released {
            return Err(Locked::Released(released.clone()).into());
        }
        if used(work, last.id).await? {
            return Err(CampaignRefusal::RoundUsed.into());
        }
        stage::Entity::delete_by_id(last.id).exec(&work.tx).await?;
        moved(work, result, last.place).await?;
        revised(work, self.campaign).await?;
        let detail = json!({ "removed": last.code });
        Ok(((), Note::new(permit, AuditAct::CampaignRound, format!("campaign {}", self.campaign), detail)))
    }
}

/// Whether anything was written in a round.
async fn used(work: &Work, round: i64) -> Result<bool, Refusal> {
    let tx = &work.tx;
    let rows = entry::Entity::find().filter(entry::Column::Stage.eq(round)).count(tx).await?
        + entry_history::Entity::find().filter(entry_history::Column::Stage.eq(round)).count(tx).await?
        + verdict::Entity::find().filter(verdict::Column::Stage.eq(round)).count(tx).await?
        + remark::Entity::find().filter(remark::Column::Stage.eq(round)).count(tx).await?
        + evidence::Entity::find().filter(evidence::Column::Stage.eq(round)).count(tx).await?;
    Ok(rows > 0)
}
