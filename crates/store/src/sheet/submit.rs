//! A sheet is submitted by the head of the unit, sealed; the standing body can give it back.

use parindex_domain::moment::Moment;
use parindex_domain::procedure::{Done, Paper, SheetAct};
use parindex_domain::right::{Act, Subject};
use parindex_entity::member;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use super::keep::{open_sheet, subject};
use super::seal::{FORM, seal_now};
use crate::campaign::{More, give, word};
use crate::{Change, Note, Refusal, Work};

/// Submits a sheet.
pub struct Submit {
    /// Whose.
    pub member: i64,
    /// The seal over what was looked at, as [`Store::stands`] said; whatever stands there when none.
    pub seen: Option<String>,
}

impl Change for Submit {
    type Done = String;

    async fn apply(self, work: &Work) -> Result<(String, Note), Refusal> {
        let (member, path, course) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::SubmitSheets, &subject(path))?;
        course.submittable(&member, work.now).map_err(Refusal::Locked)?;
        let stage = course.stages.first().ok_or(Refusal::Gone)?;
        let seal = seal_now(&work.tx, self.member, stage.id).await?;
        // The head signs what he has looked at, and nothing else.
        if self.seen.is_some_and(|seen| seen != seal) {
            return Err(Refusal::Outdated);
        }
        let phase = stage.phase(member.more, work.now);
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let act = SheetAct::Submit { seal: seal.clone() };
        let paper = member.paper.after(act, done, (&course.campaign.life, phase)).map_err(Refusal::Locked)?;
        kept(work, self.member, paper).await?;
        let detail = json!({ "unit": member.code, "sha256": seal, "form": FORM });
        Ok((seal, Note::new(permit, "sheet.submit", format!("member {}", self.member), detail)))
    }
}

/// Gives a sheet back.
pub struct Return {
    /// Whose.
    pub member: i64,
    /// What is to be mended.
    pub remark: String,
    /// Until when.
    pub until: Moment,
    /// Who has signed for it.
    pub signer: String,
}

impl Change for Return {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let (member, _, course) = open_sheet(work, self.member).await?;
        let stage = course.stages.first().ok_or(Refusal::Gone)?;
        course.no_draft().map_err(Refusal::Locked)?;
        let phase = stage.phase(member.more, work.now);
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let act = SheetAct::Return { remark: self.remark.clone() };
        let paper = member.paper.after(act, done, (&course.campaign.life, phase)).map_err(Refusal::Locked)?;
        kept(work, self.member, paper).await?;
        let detail = json!({
            "unit": member.code, "remark": self.remark, "until": self.until, "signer": self.signer,
        });
        let more = More { until: self.until, reason: self.remark, signer: self.signer };
        give(work, (self.member, stage.id), more).await?;
        Ok(((), Note::new(permit, "sheet.return", format!("member {}", self.member), detail)))
    }
}

async fn kept(change: &Work, id: i64, paper: Paper) -> Result<(), Refusal> {
    let (word, done, said) = match paper {
        Paper::Filling => (word::FILLING, None, String::new()),
        Paper::Submitted { done, seal } => (word::SUBMITTED, Some(done), seal),
        Paper::Returned { done, remark } => (word::RETURNED, Some(done), remark),
    };
    let row = member::Entity::find_by_id(id).one(&change.tx).await?.ok_or(Refusal::Gone)?;
    let mut row: member::ActiveModel = row.into();
    row.paper = Set(word.to_owned());
    row.paper_at = Set(done.as_ref().map(|done| done.at));
    row.paper_by = Set(done.map(|done| done.by));
    row.paper_said = Set(said);
    row.update(&change.tx).await?;
    Ok(())
}
