//! A sheet is submitted by the head of the unit, sealed; the standing body can give it back.

use std::collections::HashMap;

use parindex_domain::audit::digest;
use parindex_domain::moment::Moment;
use parindex_domain::procedure::{Done, Paper, SheetAct};
use parindex_domain::right::{Act, Subject};
use parindex_entity::{entry, evidence, member};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use super::keep::{open_sheet, subject};
use crate::campaign::{More, give, word};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Submits a sheet.
pub struct Submit {
    /// Whose.
    pub member: i64,
    /// The seal over what was looked at, as [`Store::stands`] said; whatever stands there when none.
    pub seen: Option<String>,
}

impl Store {
    /// The seal that a sheet would have if it were submitted now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stands(&self, member: i64, stage: i64) -> Result<String, StoreError> {
        Ok(digest(&sealed_text(&self.db, member, stage).await?))
    }

    /// The text whose hash is the seal: one line for each figure, then for each document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sealed_text(&self, member: i64, stage: i64) -> Result<String, StoreError> {
        sealed_text(&self.db, member, stage).await
    }
}

impl Change for Submit {
    type Done = String;

    async fn apply(self, work: &Work) -> Result<(String, Note), Refusal> {
        let (member, path, course) = open_sheet(work, self.member).await?;
        let permit = work.permit(Act::SubmitSheets, &subject(path))?;
        course.submittable(&member, work.now).map_err(Refusal::Locked)?;
        let stage = course.stages.first().ok_or(Refusal::Gone)?;
        let seal = digest(&sealed_text(&work.tx, self.member, stage.id).await?);
        // The head signs what he has looked at, and nothing else.
        if self.seen.is_some_and(|seen| seen != seal) {
            return Err(Refusal::Outdated);
        }
        let phase = stage.phase(member.more, work.now);
        let done = Done { by: work.actor.who.clone(), at: work.now };
        let act = SheetAct::Submit { seal: seal.clone() };
        let paper = member.paper.after(act, done, (&course.campaign.life, phase)).map_err(Refusal::Locked)?;
        kept(work, self.member, paper).await?;
        let detail = json!({ "unit": member.code, "sha256": seal });
        Ok((seal, Note::new(permit, "sheet.submit", format!("member {}", self.member), detail)))
    }
}

/// All that stands on a sheet, figures and documents: whoever has a copy can prove that it is the one that was submitted.
async fn sealed_text(db: &impl ConnectionTrait, member: i64, stage: i64) -> Result<String, StoreError> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Member.eq(member))
        .filter(entry::Column::Stage.eq(stage))
        .filter(entry::Column::Text.ne(""))
        .order_by_asc(entry::Column::Criterion)
        .order_by_asc(entry::Column::Input)
        .all(db)
        .await?;
    let documents = evidence::Entity::find()
        .filter(evidence::Column::Member.eq(member))
        .filter(evidence::Column::Stage.eq(stage))
        .filter(evidence::Column::RemovedAt.is_null())
        .order_by_asc(evidence::Column::Criterion)
        .order_by_asc(evidence::Column::Id)
        .all(db)
        .await?;
    let figures = rows.into_iter().map(|row| json!([row.criterion, row.input, row.kind, row.text]));
    // Whose place a document took is told by the other’s place in this list: rows have other numbers elsewhere.
    let places: HashMap<i64, usize> = documents.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let documents = documents.into_iter().map(|row| {
        let replaces = row.replaces.and_then(|former| places.get(&former));
        let what = row.file.or(row.link);
        json!([row.criterion, row.name, row.genre, row.number, row.issued_on, row.issuer, what, replaces])
    });
    let lines: Vec<String> = figures.chain(documents).map(|line| line.to_string()).collect();
    Ok(lines.join("\n"))
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
