//! What was approved stays: kept with its hash at the approval, read from then on.

use std::collections::HashMap;

use parindex_domain::audit::AuditAct;
use parindex_domain::campaign::{ApprovedText, ResultHash};
use parindex_domain::procedure::{CampaignDetail, Life, Moment};
use parindex_entity::{approved, approved_sheet, campaign};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::{Value, json};

use super::of;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Sheets in one statement: the texts of each are some 40 KB.
const PART: usize = 50;

/// A result as it is to be kept: of one revision of the campaign, scored by one version of the program.
#[derive(Clone, Debug)]
pub struct ApprovedResult {
    /// The revision that was scored.
    pub revision: i64,
    /// The version of the program.
    pub version: String,
    /// Every member at every stage, in the order of the campaign.
    pub sheets: Vec<ApprovedRow>,
}

/// A sheet at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedRow {
    pub member: i64,
    /// The row of the stage.
    pub stage: i64,
    pub text: ApprovedText,
}

/// That a result is kept, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The version of the program that scored it.
    pub version: String,
    /// The hash over the whole result; the log holds it too.
    pub sha256: String,
    /// When it was kept.
    pub at: Moment,
}

/// Which sheets are read.
#[derive(Clone, Debug)]
pub struct Wanted<'w> {
    pub campaign: i64,
    pub members: &'w [i64],
    pub stages: &'w [i64],
    /// With their sentences: they are ten times as long as the points.
    pub sentences: bool,
}

impl Store {
    /// The result that was approved; none while nothing is approved, or what was approved is not kept yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approval(&self, campaign: i64) -> Result<Option<Approval>, StoreError> {
        approval(&self.db, campaign).await
    }

    /// Sheets as they were approved.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approved_sheets(&self, wanted: &Wanted<'_>) -> Result<Vec<ApprovedRow>, StoreError> {
        use approved_sheet::Column;
        let points = [Column::Member, Column::Stage, Column::Points];
        let mut rows = approved_sheet::Entity::find().select_only().columns(points);
        rows = if wanted.sentences {
            rows.column(Column::Sentences)
        } else {
            rows.expr_as(Expr::value(""), "sentences")
        };
        let rows = rows
            .filter(Column::Campaign.eq(wanted.campaign))
            .filter(Column::Member.is_in(wanted.members.iter().copied()))
            .filter(Column::Stage.is_in(wanted.stages.iter().copied()))
            .into_tuple::<(i64, i64, String, String)>();
        let row = |(member, stage, points, sentences)| ApprovedRow {
            member,
            stage,
            text: ApprovedText { points, sentences },
        };
        Ok(rows.all(&self.db).await?.into_iter().map(row).collect())
    }

    /// Campaigns that were approved before results were kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approved_unkept(&self) -> Result<Vec<i64>, StoreError> {
        let kept = Query::select().column(approved::Column::Campaign).from(approved::Entity).to_owned();
        let rows = campaign::Entity::find()
            .select_only()
            .column(campaign::Column::Id)
            .filter(campaign::Column::ApprovedAt.is_not_null())
            .filter(campaign::Column::Id.not_in_subquery(kept))
            .order_by_asc(campaign::Column::Id)
            .into_tuple::<i64>();
        Ok(rows.all(&self.db).await?)
    }

    /// The hash of the result of a campaign as it stands in its rows now, beside the one that is kept; none where none is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn approved_digest(
        &self,
        of: &CampaignDetail,
    ) -> Result<Option<(Approval, String)>, StoreError> {
        approved_digest(&self.db, of).await
    }
}

/// The same, as this connection sees it; some sheets are held at a time.
pub(crate) async fn approved_digest(
    db: &impl ConnectionTrait,
    of: &CampaignDetail,
) -> Result<Option<(Approval, String)>, StoreError> {
    let Some(approval) = approval(db, of.campaign.id).await? else { return Ok(None) };
    let mut hashed = ResultHash::begun(&approval.version, &of.campaign.code);
    let (codes, mut last) = (Codes::of(of), 0);
    loop {
        let part = approved_sheet::Entity::find()
            .filter(approved_sheet::Column::Campaign.eq(of.campaign.id))
            .filter(approved_sheet::Column::Id.gt(last))
            .order_by_asc(approved_sheet::Column::Id)
            .limit(u64::try_from(PART).unwrap_or(u64::MAX))
            .all(db)
            .await?;
        let Some(end) = part.last() else { return Ok(Some((approval, hashed.end()))) };
        last = end.id;
        for row in part {
            let text = ApprovedText { points: row.points, sentences: row.sentences };
            hashed.add(codes.of_row(row.member, row.stage), &text);
        }
    }
}

async fn approval(db: &impl ConnectionTrait, campaign: i64) -> Result<Option<Approval>, StoreError> {
    let row = approved::Entity::find_by_id(campaign).one(db).await?;
    Ok(row.map(|row| Approval { version: row.version, sha256: row.sha256, at: row.at }))
}

/// By which codes members and stages are named.
struct Codes<'w> {
    members: HashMap<i64, &'w str>,
    stages: HashMap<i64, &'w str>,
}

impl<'w> Codes<'w> {
    fn of(detail: &'w CampaignDetail) -> Self {
        Self {
            members: detail.members.iter().map(|member| (member.id, member.code.as_str())).collect(),
            stages: detail.stages.iter().map(|stage| (stage.id, stage.code.as_str())).collect(),
        }
    }

    fn of_row(&self, member: i64, stage: i64) -> (&'w str, &'w str) {
        let code = |codes: &HashMap<i64, &'w str>, id| codes.get(&id).copied().unwrap_or_default();
        (code(&self.members, member), code(&self.stages, stage))
    }
}

impl ApprovedResult {
    /// Keeps it, and gives what the log says of it.
    ///
    /// # Errors
    /// [`Refusal::Stale`] when something else stands there than what was scored.
    pub(super) async fn keep(self, work: &Work, detail: &CampaignDetail) -> Result<Value, Refusal> {
        if self.revision != detail.campaign.revision || !self.is_whole(detail) {
            return Err(Refusal::Stale);
        }
        let (campaign, codes) = (detail.campaign.id, Codes::of(detail));
        let mut hashed = ResultHash::begun(&self.version, &detail.campaign.code);
        for sheet in &self.sheets {
            hashed.add(codes.of_row(sheet.member, sheet.stage), &sheet.text);
        }
        let (sheets, sha256) = (self.sheets.len(), hashed.end());
        let mut rows = self.sheets.into_iter().map(|sheet| approved_sheet::ActiveModel {
            campaign: Set(campaign),
            member: Set(sheet.member),
            stage: Set(sheet.stage),
            points: Set(sheet.text.points),
            sentences: Set(sheet.text.sentences),
            ..Default::default()
        });
        loop {
            let part: Vec<_> = rows.by_ref().take(PART).collect();
            if part.is_empty() {
                break;
            }
            approved_sheet::Entity::insert_many(part).exec_without_returning(&work.tx).await?;
        }
        let told = json!({ "version": self.version, "sha256": sha256, "sheets": sheets });
        let row = approved::ActiveModel {
            campaign: Set(campaign),
            version: Set(self.version),
            sha256: Set(sha256),
            at: Set(work.now),
        };
        approved::Entity::insert(row).exec_without_returning(&work.tx).await?;
        Ok(told)
    }

    /// Whether every member has its sheet at every stage, in the order of the campaign.
    fn is_whole(&self, detail: &CampaignDetail) -> bool {
        let members = detail.blocks.iter().flat_map(|block| {
            detail.members.iter().filter(move |member| member.block == block.id).map(|member| member.id)
        });
        let needed = members.flat_map(|member| detail.stages.iter().map(move |stage| (member, stage.id)));
        needed.eq(self.sheets.iter().map(|sheet| (sheet.member, sheet.stage)))
    }
}

/// Keeps the result of a campaign that was approved before results were kept, under the rules as they are.
pub struct KeepResult {
    pub campaign: i64,
    pub result: ApprovedResult,
}

impl Change for KeepResult {
    /// Whether it was kept; another server may have been the first.
    type Done = bool;

    async fn apply(self, work: &Work) -> Result<(bool, Note), Refusal> {
        let permit = work.console()?;
        let detail = of(work, self.campaign).await?;
        let approved = matches!(detail.campaign.life, Life::Approved { .. });
        if !approved || approval(&work.tx, self.campaign).await?.is_some() {
            return Ok((false, Note::unchanged(permit)));
        }
        let told = self.result.keep(work, &detail).await?;
        let detail = json!({ "code": detail.campaign.code, "result": told });
        let note =
            Note::new(permit, AuditAct::CampaignKeepResult, format!("campaign {}", self.campaign), detail);
        Ok((true, note))
    }
}
