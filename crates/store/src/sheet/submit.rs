//! A sheet is submitted by the head of the unit, sealed; the standing body can give it back.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::procedure::{Done, SheetAct, SheetState};
use parindex_domain::right::{Act, Subject};
use parindex_entity::member;
use parindex_rulebook::input::NOT_DONE;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use super::keep::{Place, decided_anew, open_sheet, subject};
use super::seal::{FORM, seal_now};
use crate::campaign::{More, give, word};
use crate::{Change, Note, Refusal, Work};

/// Submits a sheet as its head has seen it.
pub struct Submit {
    pub member: i64,
    /// The seal over what was looked at, as [`Store::stands`](crate::Store::stands) said; whatever stands there when none.
    pub seen: Option<String>,
    /// Dates that nobody touched, by the codes of their criteria and their names: of them it says that the thing was not done.
    pub not_done: Vec<(String, String)>,
    /// Criteria whose cross-checks the figures that were looked at do not satisfy, without a reason: the sets know them.
    pub unexplained: Vec<String>,
}

impl Change for Submit {
    type Done = String;

    async fn apply(self, work: &Work) -> Result<(String, Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::SubmitSheets, &subject(path))?;
        campaign.submittable(&member, work.now)?;
        let stage = campaign.stages.first().ok_or(Refusal::NotFound)?;
        let seal = seal_now(&work.tx, self.member, stage.id).await?;
        // The head signs what he has looked at, and nothing else.
        if self.seen.is_some_and(|seen| seen != seal) {
            return Err(Refusal::Stale);
        }
        let at = |criterion| Place { campaign: campaign.id, member: self.member, stage: stage.id, criterion };
        let mut said = Vec::new();
        for (criterion, input) in &self.not_done {
            let cells = at(criterion).write_where_empty(work, input, NOT_DONE[0]).await?;
            if !cells.is_empty() {
                decided_anew(work, (&campaign, self.member), criterion).await?;
            }
            said.push(json!({ "criterion": criterion, "cells": cells }));
        }
        let seal = if said.is_empty() { seal } else { seal_now(&work.tx, self.member, stage.id).await? };
        let phase = stage.phase(member.more, work.now);
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let act = SheetAct::Submit { seal: seal.clone(), unexplained: self.unexplained };
        let after = member.sheet_state.after(act, done, (&campaign.life, phase))?;
        kept(work, self.member, after).await?;
        let mut detail = json!({ "unit": member.code, "sha256": seal, "form": FORM });
        if !said.is_empty()
            && let Some(detail) = detail.as_object_mut()
        {
            detail.insert("changed".to_owned(), said.into());
        }
        Ok((seal, Note::new(permit, AuditAct::SheetSubmit, format!("member {}", self.member), detail)))
    }
}

/// Gives a sheet back.
pub struct Return {
    pub member: i64,
    /// What to correct.
    pub remark: String,
    pub until: Moment,
    /// Who has signed for it.
    pub signer: String,
}

impl Change for Return {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let (member, _, campaign) = open_sheet(work, self.member).await?;
        let stage = campaign.stages.first().ok_or(Refusal::NotFound)?;
        campaign.no_draft()?;
        let phase = stage.phase(member.more, work.now);
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let act = SheetAct::Return { remark: self.remark.clone() };
        let after = member.sheet_state.after(act, done, (&campaign.life, phase))?;
        kept(work, self.member, after).await?;
        let detail = json!({
            "unit": member.code, "remark": self.remark, "until": self.until, "signer": self.signer,
        });
        let more = More { until: self.until, reason: self.remark, signer: self.signer };
        give(work, (self.member, stage.id), more).await?;
        Ok(((), Note::new(permit, AuditAct::SheetReturn, format!("member {}", self.member), detail)))
    }
}

async fn kept(change: &Work, id: i64, state: SheetState) -> Result<(), Refusal> {
    let (word, done, said) = match state {
        SheetState::Filling => (word::FILLING, None, String::new()),
        SheetState::Submitted { done, seal } => (word::SUBMITTED, Some(done), seal),
        SheetState::Returned { done, remark } => (word::RETURNED, Some(done), remark),
    };
    let row = member::Entity::find_by_id(id).one(&change.tx).await?.ok_or(Refusal::NotFound)?;
    let mut row: member::ActiveModel = row.into();
    row.sheet_state = Set(word.to_owned());
    row.sheet_at = Set(done.as_ref().map(|done| done.at));
    row.sheet_by = Set(done.map(|done| done.by));
    row.sheet_said = Set(said);
    row.update(&change.tx).await?;
    Ok(())
}
