//! What appraisers decide about the criteria of sheets, round by round.

mod accept;

use std::collections::{HashMap, HashSet};

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::procedure::{EntryKind, Ruling, RulingKind, Side};
use parindex_domain::refusal::SheetRefusal;
use parindex_domain::right::{Act, Denied, OwnUnit, Role};
use parindex_entity::{audit, block, verdict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use crate::own::Judge;
use crate::sheet::{Place, TypedCell, open_sheet};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

pub use accept::AcceptAll;

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// On whose sheet.
    pub member: i64,
    /// The row of the round.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// What was decided.
    pub kind: RulingKind,
    pub reason: String,
    pub at: Moment,
    pub by: String,
}

/// Decides about a criterion of a sheet.
#[derive(Clone, Debug)]
pub struct Decide {
    /// Whose sheet.
    pub member: i64,
    /// The place of the round.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The code of its domain.
    pub domain: String,
    /// What is decided.
    pub ruling: Ruling,
    /// Why; needed wherever points change.
    pub reason: String,
    /// When what was seen had been decided; zero where nothing was: whoever decides second sees what the first one did.
    pub seen: Moment,
    /// How many rows the log had when the sheet was looked at: whoever decides has seen what he decides about.
    pub looked: i64,
}

impl Store {
    /// All decisions on the sheets of members.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verdicts(&self, members: &[i64]) -> Result<Vec<Verdict>, StoreError> {
        let rows = verdict::Entity::find().filter(verdict::Column::Member.is_in(members.iter().copied()));
        rows.all(&self.db).await?.into_iter().map(Verdict::try_from).collect()
    }
}

impl TryFrom<verdict::Model> for Verdict {
    type Error = StoreError;

    fn try_from(row: verdict::Model) -> Result<Self, StoreError> {
        let kind = RulingKind::from_word(&row.kind)
            .ok_or_else(|| StoreError::inconsistent("verdict", row.id, &row.kind))?;
        let verdict::Model { member, stage, criterion, reason, at, by, .. } = row;
        Ok(Self { member, stage, criterion, kind, reason, at, by })
    }
}

impl Change for Decide {
    type Done = Result<(), OwnUnit>;

    async fn apply(self, work: &Work) -> Result<(Self::Done, Note), Refusal> {
        let (member, _, campaign) = open_sheet(work, self.member).await?;
        let judge = Judge::of(work, &[self.member]).await?;
        let permit = judge.permit(work, Act::Appraise, self.member)?;
        if !judge.stands_in(work, Act::Appraise, self.member) {
            let block =
                block::Entity::find_by_id(member.block).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
            within_remit(work, &block.code, &self.domain)?;
        }
        let subject = format!("member {}", self.member);
        if judge.bars(self.member) {
            let own = judge.refusal(work, Act::Appraise, &member).await?;
            let detail = json!({ "unit": member.code, "criterion": self.criterion, "able": own.able });
            return Ok((Err(own), Note::new(permit, AuditAct::VerdictOwnUnit, subject, detail)));
        }
        let stage = campaign.rounds().find(|stage| stage.place == self.stage).ok_or(Refusal::NotFound)?;
        campaign.decidable(stage, &member, work.now)?;
        if self.decided(work, stage.id).await?.map_or(0, |there| there.at) != self.seen {
            return Err(Refusal::Stale);
        }
        let members = [self.member];
        let about = (members.as_slice(), self.criterion.as_str());
        if !changed_since(work, campaign.id, about, self.looked).await?.is_empty() {
            return Err(SheetRefusal::Changed.into());
        }
        let points = self.points(work, (campaign.id, stage.id)).await?;
        self.write(work, stage.id).await?;
        let detail = json!({
            "unit": member.code, "criterion": self.criterion, "round": stage.code,
            "verdict": self.ruling.kind().word(), "points": points, "reason": self.reason,
        });
        Ok((Ok(()), Note::new(permit, AuditAct::VerdictGive, subject, detail)))
    }
}

/// What units do on a sheet, as the log calls it; each is about one criterion but the first two: a check may stand above it.
const BY_UNITS: [AuditAct; 6] = [
    AuditAct::SheetKeep,
    AuditAct::SheetReason,
    AuditAct::SheetSubmit,
    AuditAct::EvidenceAttach,
    AuditAct::EvidenceDetach,
    AuditAct::SheetRemark,
];

/// Rows of the log that are looked through for what changed since a page was made.
const MAX_SINCE: u64 = 5_000;

/// On which sheets something about a criterion came after so many rows of the log: figures, documents, an explanation, another version
/// of the set. The log is written in the order in which changes took effect, whatever clocks say.
async fn changed_since(
    work: &Work,
    campaign: i64,
    (members, criterion): (&[i64], &str),
    rows: i64,
) -> Result<HashSet<i64>, Refusal> {
    let since = || audit::Entity::find().filter(audit::Column::Seq.gt(rows));
    let moved = since()
        .filter(audit::Column::Act.eq(AuditAct::CampaignMove.word()))
        .filter(audit::Column::Subject.eq(format!("campaign {campaign}")));
    if moved.one(&work.tx).await?.is_some() {
        return Ok(members.iter().copied().collect());
    }
    let subjects: HashMap<String, i64> =
        members.iter().map(|member| (format!("member {member}"), *member)).collect();
    let done = since()
        .filter(audit::Column::Act.is_in(BY_UNITS.map(AuditAct::word)))
        .filter(audit::Column::Subject.is_in(subjects.keys()))
        .limit(MAX_SINCE)
        .all(&work.tx)
        .await?;
    // A page so old, or a number that somebody made up, counts as if everything had changed.
    if u64::try_from(done.len()).is_ok_and(|rows| rows == MAX_SINCE) {
        return Ok(members.iter().copied().collect());
    }
    let here = |row: &audit::Model| {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
        let about = detail.get("criterion").and_then(serde_json::Value::as_str);
        let about = about.filter(|_| row.act != AuditAct::SheetReason.word());
        let asked = detail.get("side").is_some_and(|side| side == Side::Appraiser.word());
        // Submitting changes figures only where it says of untouched days that nothing was done.
        let changes = row.act != AuditAct::SheetSubmit.word() || detail.get("changed").is_some();
        changes && !asked && about.is_none_or(|about| about == criterion)
    };
    let changed = done.iter().filter(|row| here(row)).filter_map(|row| subjects.get(&row.subject).copied());
    Ok(changed.collect())
}

fn within_remit(work: &Work, block: &str, domain: &str) -> Result<(), Refusal> {
    let mut remits =
        work.actor.held.iter().filter(|held| held.role == Role::Appraiser).map(|held| &held.remit);
    if work.console().is_ok() || remits.any(|remit| remit.covers(block, domain)) {
        return Ok(());
    }
    Err(Refusal::Denied(Denied { act: Act::Appraise, elsewhere: true }))
}

impl Decide {
    /// The points of this round: set where they are adjusted, else those from before hold on.
    async fn points(
        &self,
        work: &Work,
        (campaign, stage): (i64, i64),
    ) -> Result<Vec<serde_json::Value>, Refusal> {
        let place = Place { campaign, member: self.member, stage, criterion: &self.criterion };
        let text = match &self.ruling {
            Ruling::Adjust(points) => points.clone(),
            Ruling::Accept | Ruling::Council => String::new(),
        };
        let rows = place.cells(work).await?;
        let seen = rows.iter().find(|row| row.input.is_empty()).map_or(0, |row| row.revision);
        let source = if text.is_empty() { "" } else { &self.reason };
        let cell = TypedCell { input: String::new(), kind: EntryKind::Points, text, seen };
        place.write(work, &[cell], source).await
    }

    async fn decided(&self, work: &Work, stage: i64) -> Result<Option<verdict::Model>, StoreError> {
        let there = verdict::Entity::find()
            .filter(verdict::Column::Member.eq(self.member))
            .filter(verdict::Column::Stage.eq(stage))
            .filter(verdict::Column::Criterion.eq(&self.criterion));
        Ok(there.one(&work.tx).await?)
    }

    async fn write(&self, work: &Work, stage: i64) -> Result<(), Refusal> {
        let there = self.decided(work, stage).await?;
        let mut row = verdict::ActiveModel {
            member: Set(self.member),
            stage: Set(stage),
            criterion: Set(self.criterion.clone()),
            kind: Set(self.ruling.kind().word().to_owned()),
            reason: Set(self.reason.clone()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            person: Set(work.actor.person),
            ..Default::default()
        };
        if let Some(there) = there {
            row.id = Set(there.id);
            row.update(&work.tx).await?;
        } else {
            row.insert(&work.tx).await?;
        }
        Ok(())
    }
}
