//! What stands is accepted on many sheets at once.

use std::collections::HashSet;

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{CampaignDetail, Member, RulingKind, Stage};
use parindex_domain::right::{Act, Subject};
use parindex_entity::verdict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use super::{changed_since, within_remit};
use crate::campaign::read_detail;
use crate::own::Judge;
use crate::{Change, Note, Refusal, Work};

/// Accepts what stands for a criterion on many sheets at once, where nothing was decided yet and something can be.
#[derive(Clone, Debug)]
pub struct AcceptAll {
    pub campaign: i64,
    /// The place of the round.
    pub stage: i64,
    /// The block of the sheets.
    pub block: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The code of its domain.
    pub domain: String,
    /// The sheets.
    pub members: Vec<i64>,
    /// How many rows the log had when they were looked at: what changed since has been seen by nobody, and waits on.
    pub looked: i64,
}

impl Change for AcceptAll {
    /// How many sheets changed since they were looked at, and wait on.
    type Done = usize;

    async fn apply(self, work: &Work) -> Result<(usize, Note), Refusal> {
        let permit = work.permit(Act::Appraise, &Subject::Everything)?;
        let detail = read_detail(&work.tx, self.campaign).await?.ok_or(Refusal::NotFound)?;
        let block = detail.block(self.block).ok_or(Refusal::NotFound)?;
        within_remit(work, &block.code, &self.domain)?;
        let stage = detail.rounds().find(|stage| stage.place == self.stage).ok_or(Refusal::NotFound)?;
        let about = (self.members.as_slice(), self.criterion.as_str());
        let changed = changed_since(work, self.campaign, about, self.looked).await?;
        let (changed, open): (Vec<&Member>, Vec<&Member>) = self
            .open(work, (&detail, stage))
            .await?
            .into_iter()
            .partition(|member| changed.contains(&member.id));
        if open.is_empty() {
            return Ok((changed.len(), Note::unchanged(permit)));
        }
        let row = |member: &Member| verdict::ActiveModel {
            member: Set(member.id),
            stage: Set(stage.id),
            criterion: Set(self.criterion.clone()),
            kind: Set(RulingKind::Accept.word().to_owned()),
            reason: Set(String::new()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            person: Set(work.actor.person),
            ..Default::default()
        };
        for part in open.chunks(PART) {
            verdict::Entity::insert_many(part.iter().map(|each| row(each)))
                .exec_without_returning(&work.tx)
                .await?;
        }
        let units: Vec<&str> = open.iter().map(|member| member.code.as_str()).collect();
        let detail = json!({
            "criterion": self.criterion, "round": stage.code, "verdict": RulingKind::Accept.word(), "units": units,
        });
        let note =
            Note::new(permit, AuditAct::VerdictAcceptAll, format!("campaign {}", self.campaign), detail);
        Ok((changed.len(), note))
    }
}

/// Rows in one statement: SQLite takes 32,766 values at a time.
const PART: usize = 1_000;

impl AcceptAll {
    /// The sheets on which nothing was decided and something can be; never those of one’s own unit.
    async fn open<'w>(
        &self,
        work: &Work,
        (detail, stage): (&'w CampaignDetail, &Stage),
    ) -> Result<Vec<&'w Member>, Refusal> {
        let decided: HashSet<i64> = verdict::Entity::find()
            .select_only()
            .column(verdict::Column::Member)
            .filter(verdict::Column::Stage.eq(stage.id))
            .filter(verdict::Column::Criterion.eq(&self.criterion))
            .into_tuple::<i64>()
            .all(&work.tx)
            .await?
            .into_iter()
            .collect();
        let judge = Judge::of(work, &self.members).await?;
        let open = detail.members.iter().filter(|member| {
            member.block == self.block
                && self.members.contains(&member.id)
                && !decided.contains(&member.id)
                && !judge.bars(member.id)
                && detail.decidable(stage, member, work.now).is_ok()
        });
        Ok(open.collect())
    }
}
