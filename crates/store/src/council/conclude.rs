//! A point is closed: adopted by more than half of the members, its points are the result.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Campaign, EntryKind, VoteRefusal};
use parindex_domain::right::{Act, OwnUnit};
use parindex_entity::motion;
use serde_json::json;

use super::{BETWEEN, close, open, sitting};
use crate::campaign::member_at;
use crate::own::Judge;
use crate::sheet::{Place, TypedCell};
use crate::{Change, Note, Refusal, Work};

/// Closes a point: adopted by more than half of the members, its points are the result.
pub struct Conclude {
    pub motion: i64,
}

impl Change for Conclude {
    /// The campaign.
    type Done = Result<i64, OwnUnit>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let (motion, campaign) = open(work, self.motion).await?;
        let judge = Judge::of(work, &[motion.member]).await?;
        let permit = judge.permit(work, Act::RunCouncil, motion.member)?;
        let subject = format!("motion {}", self.motion);
        if judge.bars(motion.member) {
            let (member, _) = member_at(&work.tx, motion.member).await?.ok_or(Refusal::NotFound)?;
            let own = judge.refusal(work, Act::RunCouncil, &member).await?;
            let detail = json!({ "unit": member.code, "criterion": motion.criterion, "able": own.able });
            return Ok((Err(own), Note::new(permit, AuditAct::CouncilOwnUnit, subject, detail)));
        }
        let sitting = sitting(work, &campaign, &motion).await?;
        let count = sitting.count;
        if motion.until_at.is_some_and(|until| work.now < until) && count.voted() < sitting.voters {
            return Err(VoteRefusal::Open.into());
        }
        if motion.until_at.is_none() && !count.is_quorate() {
            return Err(VoteRefusal::TooFew(count).into());
        }
        let adopted = count.adopted();
        let cells = if adopted { result(work, &campaign, &motion).await? } else { Vec::new() };
        let detail = json!({
            "criterion": motion.criterion, "points": motion.points, "adopted": adopted, "cells": cells,
            "members": count.members, "for": count.yes, "against": count.no, "abstained": count.abstained,
            "barred": sitting.barred.join(BETWEEN),
        });
        let campaign = motion.campaign;
        close(work, motion, (adopted, &sitting)).await?;
        Ok((Ok(campaign), Note::new(permit, AuditAct::CouncilConclude, subject, detail)))
    }
}

/// What the council adopted stands at the last stage.
async fn result(
    work: &Work,
    campaign: &Campaign,
    motion: &motion::Model,
) -> Result<Vec<serde_json::Value>, Refusal> {
    let stage = campaign.stages.last().ok_or(Refusal::NotFound)?.id;
    let place =
        Place { campaign: motion.campaign, member: motion.member, stage, criterion: &motion.criterion };
    let rows = place.cells(work).await?;
    let seen = rows.iter().find(|row| row.input.is_empty()).map_or(0, |row| row.revision);
    let cell = TypedCell { input: String::new(), kind: EntryKind::Points, text: motion.points.clone(), seen };
    place.write(work, &[cell], &motion.proposal).await
}
