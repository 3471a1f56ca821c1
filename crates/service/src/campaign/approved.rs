//! What was approved stays: the result is written down when it is approved, and pages read it from then on.

use std::collections::HashMap;

use parindex_domain::campaign::{ApprovedSheet, CampaignData};
use parindex_domain::procedure::{CampaignDetail, Life};
use parindex_rulebook::lang::{Lang, Say};
use parindex_scoring::kept::Kept;
use parindex_store::campaign::{Approval, ApprovedResult, ApprovedRow, KeepResult, Wanted};
use parindex_store::{Actor, Refusal, Store, StoreError};

use super::load::{Loaded, fresh, gather};
use crate::ServiceError;

/// The version of the program that scores.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The system, where it acts by itself.
const SYSTEM: &str = "hệ thống";

/// A result that was approved.
pub struct Approved {
    /// By which version of the program, and its hash.
    pub approval: Approval,
    /// Stage by stage, block by block, seat by seat.
    pub stages: Vec<Vec<Vec<Kept>>>,
}

/// What of an approved result is read.
pub struct Extent<'e> {
    pub members: &'e [i64],
    /// Up to the stage of this place.
    pub upto: usize,
    /// With their sentences.
    pub sentences: bool,
}

/// The result that was approved, where one was and is kept.
///
/// # Errors
/// The database.
pub async fn approval(store: &Store, detail: &CampaignDetail) -> Result<Option<Approval>, ServiceError> {
    match detail.campaign.life {
        Life::Approved { .. } => Ok(store.approval(detail.campaign.id).await?),
        Life::Draft | Life::Running(_) => Ok(None),
    }
}

/// What was loaded, with the result as it was approved where it was.
///
/// # Errors
/// A row that no version of the program writes.
pub async fn with_approved(
    store: &Store,
    detail: &CampaignDetail,
    mut loaded: Loaded,
    extent: &Extent<'_>,
) -> Result<Loaded, ServiceError> {
    let Some(approval) = approval(store, detail).await? else { return Ok(loaded) };
    let upto = extent.upto.saturating_add(1);
    let stages: Vec<i64> = detail.stages.iter().take(upto).map(|stage| stage.id).collect();
    let (campaign, sentences) = (detail.campaign.id, extent.sentences);
    let wanted = Wanted { campaign, members: extent.members, stages: &stages, sentences };
    let rows = store.approved_sheets(&wanted).await?;
    let mut rows: HashMap<(i64, i64), ApprovedRow> =
        rows.into_iter().map(|row| ((row.stage, row.member), row)).collect();
    let seats = seats(detail, extent.members);
    let mut kept = Vec::new();
    for stage in &stages {
        let mut blocks = Vec::new();
        for (block, members) in seats.iter().enumerate() {
            let set = loaded.set(block)?;
            let mut of_block = Vec::new();
            for member in members {
                let row = rows.remove(&(*stage, *member)).ok_or_else(|| lost(*member, "no such sheet"))?;
                of_block.push(row.text.read(set).map_err(|bad| lost(*member, &bad.say(Lang::En)))?);
            }
            blocks.push(of_block);
        }
        kept.push(blocks);
    }
    loaded.approved = Some(Approved { approval, stages: kept });
    Ok(loaded)
}

fn lost(member: i64, what: &str) -> StoreError {
    StoreError::Inconsistent { table: "approved_sheet", row: member, what: what.to_owned() }
}

/// The members of each block, seat by seat, as they are loaded.
fn seats(detail: &CampaignDetail, wanted: &[i64]) -> Vec<Vec<i64>> {
    let seats = |block: i64| {
        let here = detail.members.iter().filter(move |each| each.block == block && wanted.contains(&each.id));
        here.map(|member| member.id).collect()
    };
    detail.blocks.iter().map(|block| seats(block.id)).collect()
}

/// The result of a campaign as it is scored now, ready to be approved: whoever approves it says which revision he has seen.
///
/// # Errors
/// A set that cannot be read.
pub async fn result(store: &Store, detail: &CampaignDetail) -> Result<ApprovedResult, ServiceError> {
    let mut sets = Vec::new();
    for block in &detail.blocks {
        sets.push(fresh(store, block).await?);
    }
    let all = detail.ids();
    let loaded = gather(store, detail, &all, (usize::MAX, sets)).await?;
    // Every sentence of every sheet takes its time; pages are served meanwhile.
    let scored = tokio::task::spawn_blocking(move || to_approve(&loaded.campaign)).await;
    let scored = scored.map_err(|error| ServiceError::Internal(Box::new(error)))??;
    let members = seats(detail, &all);
    let row = |sheet: ApprovedSheet| {
        let member = members.get(sheet.block).and_then(|seats| seats.get(sheet.seat));
        let stage = detail.stages.get(sheet.stage);
        member.zip(stage).map(|(member, stage)| ApprovedRow {
            member: *member,
            stage: stage.id,
            text: sheet.text,
        })
    };
    Ok(ApprovedResult {
        revision: detail.campaign.revision,
        version: VERSION.to_owned(),
        sheets: scored.into_iter().filter_map(row).collect(),
    })
}

fn to_approve(campaign: &CampaignData) -> Result<Vec<ApprovedSheet>, ServiceError> {
    campaign.to_approve().map_err(|problem| ServiceError::Internal(format!("{problem:?}").into()))
}

/// A result of before that cannot be kept: which campaign, and why.
#[derive(Debug)]
pub struct NotKept {
    /// Its code.
    pub campaign: String,
    /// Why, for whoever runs the server.
    pub why: String,
}

/// Keeps the results that were approved before results were kept, under the rules as they are now. Called wherever a database has been
/// brought up to this version, before anything else: a later version may score in another way.
///
/// # Errors
/// The database. What cannot be scored is handed back: nobody has seen a result of it either.
pub async fn keep_results(store: &Store, now: i64) -> Result<Vec<NotKept>, StoreError> {
    let mut failed = Vec::new();
    for campaign in store.approved_unkept().await? {
        let Some(detail) = store.campaign(campaign).await? else { continue };
        let code = detail.campaign.code.clone();
        let result = match result(store, &detail).await {
            Ok(result) => result,
            Err(ServiceError::Store(error)) => return Err(error),
            Err(other) => {
                failed.push(NotKept { campaign: code, why: format!("{other:?}") });
                continue;
            }
        };
        match store.commit(&Actor::console(SYSTEM), now, KeepResult { campaign, result }).await {
            Ok(_first) => tracing::info!(
                event = "approved.kept",
                campaign = code,
                "an approved result is kept as it is scored now"
            ),
            Err(Refusal::Store(error) | Refusal::CommitUnknown(error)) => return Err(error),
            Err(other) => failed.push(NotKept { campaign: code, why: other.say(Lang::En) }),
        }
    }
    Ok(failed)
}

/// What a page says under an approved result.
#[must_use]
pub fn said(approval: &Approval, lang: Lang) -> String {
    let Approval { version, sha256, .. } = approval;
    lang.pick(
        format!("Kết quả đã phê duyệt, giữ nguyên như lúc phê duyệt; phiên bản chương trình {version}; mã băm SHA-256 {sha256}."),
        format!("The approved result, kept as it was approved; version of the program {version}; SHA-256 {sha256}."),
    )
}
