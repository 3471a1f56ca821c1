//! The draft of a round is shown to the units, who explain themselves until a deadline.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Done, Life, Locked, Moment};
use parindex_domain::refusal::CampaignRefusal;
use parindex_domain::right::{Act, Subject};
use parindex_entity::stage;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use super::of;
use crate::{Change, Note, Refusal, Work};

/// Shows the draft of a round.
pub struct Release {
    pub campaign: i64,
    /// The place of the round.
    pub stage: i64,
    /// Until when units explain themselves; not at all when none.
    pub explain_until: Option<Moment>,
    /// Criteria that no appraiser has decided about.
    pub undecided: usize,
    /// So many of them the standing body knows of: their points stay as they are.
    pub knowing: usize,
}

impl Change for Release {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        match &detail.campaign.life {
            Life::Draft => return Err(Locked::Draft.into()),
            Life::Approved { approved, .. } => {
                return Err(Locked::Approved(approved.clone()).into());
            }
            Life::Running(_) => {}
        }
        let stage = detail.rounds().find(|stage| stage.place == self.stage).ok_or(Refusal::NotFound)?;
        if let Some(released) = &stage.round.released {
            return Err(Locked::Released(released.clone()).into());
        }
        detail.in_turn(stage)?;
        if self.undecided != self.knowing {
            return Err(CampaignRefusal::Undecided(self.undecided).into());
        }
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let row = stage::Entity::find_by_id(stage.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let mut row: stage::ActiveModel = row.into();
        row.released_at = Set(Some(done.at));
        row.released_by = Set(Some(done.by));
        row.explain_until = Set(self.explain_until);
        row.update(&work.tx).await?;
        let detail =
            json!({ "round": stage.code, "explain_until": self.explain_until, "undecided": self.undecided });
        Ok(((), Note::new(permit, AuditAct::CampaignRelease, format!("campaign {}", self.campaign), detail)))
    }
}

/// Sets until when all units explain themselves about a draft that they have seen.
pub struct SetExplanation {
    pub campaign: i64,
    /// The place of the round.
    pub stage: i64,
    pub until: Moment,
}

impl Change for SetExplanation {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let detail = of(work, self.campaign).await?;
        detail.running()?;
        let stage = detail.rounds().find(|stage| stage.place == self.stage).ok_or(Refusal::NotFound)?;
        if stage.round.released.is_none() {
            return Err(Locked::NotReleased.into());
        }
        let row = stage::Entity::find_by_id(stage.id).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        if row.explain_until == Some(self.until) {
            return Ok(((), Note::unchanged(permit)));
        }
        let detail = json!({ "round": stage.code, "from": row.explain_until, "explain_until": self.until });
        let mut row: stage::ActiveModel = row.into();
        row.explain_until = Set(Some(self.until));
        row.update(&work.tx).await?;
        Ok((
            (),
            Note::new(permit, AuditAct::CampaignExplanation, format!("campaign {}", self.campaign), detail),
        ))
    }
}
