//! Rows that decide points are compared with the log: each with the last row of the log that wrote it. What was changed beside the log is
//! named, with what stands there and what the log says.

mod arrived;
mod difference;
mod row;
mod told;

use parindex_domain::audit::AuditAct;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{CampaignDetail, Life, Member};
use parindex_entity::{audit, campaign, motion};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

pub(crate) use arrived::arrived;
pub use difference::{Difference, DifferenceKind, MAX, Unlogged, Unmarked};
use row::{Look, server_days};
use told::{Ground, Told};

use crate::campaign::{read_detail, word};
use crate::{Store, StoreError};

/// Sheets that are compared at a time: what the log says of them is held meanwhile.
const SHEETS: usize = 40;
/// Rows of the log that are read at a time.
const PART: u64 = 2_000;

/// The acts that write what decides points.
const ACTS: [AuditAct; 20] = [
    AuditAct::ExternalPointsEnter,
    AuditAct::CampaignAdd,
    AuditAct::CampaignApprove,
    AuditAct::CampaignBlock,
    AuditAct::CampaignKeepResult,
    AuditAct::CampaignMembers,
    AuditAct::CampaignMove,
    AuditAct::CampaignOpen,
    AuditAct::CampaignRelease,
    AuditAct::CampaignStanding,
    AuditAct::CouncilConclude,
    AuditAct::CouncilVote,
    AuditAct::EvidenceAttach,
    AuditAct::EvidenceDetach,
    AuditAct::SheetKeep,
    AuditAct::SheetReason,
    AuditAct::SheetReturn,
    AuditAct::SheetSubmit,
    AuditAct::VerdictAcceptAll,
    AuditAct::VerdictGive,
];

/// Putting points on the agenda is looked up for all campaigns: who took one away took its row with it.
const TABLED: AuditAct = AuditAct::CouncilTable;

impl Store {
    /// Compares all campaigns with the log, each at one moment, and the days of the server once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beside_the_log(&self) -> Result<Unlogged, StoreError> {
        let ids = campaign::Entity::find().select_only().column(campaign::Column::Id);
        let ids = ids.order_by_asc(campaign::Column::Id).into_tuple::<i64>().all(&self.db).await?;
        let mut found = self.days_beside_the_log().await?;
        for id in ids {
            let moment = self.one_moment().await?;
            let tx = &*moment;
            if let Some(detail) = read_detail(tx, id).await? {
                found.extend(all_of(tx, &detail).await?);
            }
        }
        Ok(found)
    }

    /// Compares one campaign with the log, at one moment; and the days of the server, which decide its points until it is approved.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaign_beside_the_log(&self, id: i64) -> Result<Unlogged, StoreError> {
        let moment = self.one_moment().await?;
        let tx = &*moment;
        let Some(detail) = read_detail(tx, id).await? else { return Ok(Unlogged::default()) };
        let mut found = all_of(tx, &detail).await?;
        if !matches!(detail.campaign.life, Life::Approved { .. }) {
            found.extend(server_days(tx).await?);
        }
        Ok(found)
    }

    async fn days_beside_the_log(&self) -> Result<Unlogged, StoreError> {
        let moment = self.one_moment().await?;
        let tx = &*moment;
        server_days(tx).await
    }

    /// Compares one sheet with the log, at one moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sheet_beside_the_log(&self, campaign: i64, member: i64) -> Result<Unlogged, StoreError> {
        let moment = self.one_moment().await?;
        let tx = &*moment;
        let Some(detail) = read_detail(tx, campaign).await? else { return Ok(Unlogged::default()) };
        let members: Vec<&Member> = detail.member(member).into_iter().collect();
        sheets(tx, &detail, &members, false).await
    }
}

/// Compares all sheets of a campaign, and what belongs to it as a whole.
async fn all_of(tx: &DatabaseTransaction, detail: &CampaignDetail) -> Result<Unlogged, StoreError> {
    let members: Vec<&Member> = detail.members.iter().collect();
    let mut parts = members.chunks(SHEETS);
    let mut found = sheets(tx, detail, parts.next().unwrap_or_default(), true).await?;
    for part in parts {
        found.extend(sheets(tx, detail, part, false).await?);
    }
    Ok(found)
}

/// Compares some sheets, and with them what belongs to the campaign itself.
async fn sheets(
    tx: &DatabaseTransaction,
    detail: &CampaignDetail,
    members: &[&Member],
    with_campaign: bool,
) -> Result<Unlogged, StoreError> {
    let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
    let ground = Ground::new(detail, &ids);
    let motions = motion::Entity::find().filter(motion::Column::Member.is_in(ids.iter().copied()));
    let motions = motions.all(tx).await?;
    let mut told = Told::default();
    hear(tx, &ground, &motions, &mut told).await?;
    let mut look = Look::new(tx, &ground, told);
    look.cells().await?;
    look.verdicts().await?;
    look.documents().await?;
    look.members(members).await?;
    look.council(&motions).await?;
    if with_campaign {
        look.campaign().await?;
    }
    Ok(look.found)
}

/// Reads what the log says of them, in its order, part by part.
async fn hear(
    db: &impl ConnectionTrait,
    ground: &Ground<'_>,
    motions: &[motion::Model],
    told: &mut Told,
) -> Result<(), StoreError> {
    let mut subjects: Vec<String> = ground.members.iter().map(|member| format!("member {member}")).collect();
    subjects.push(format!("campaign {}", ground.detail.campaign.id));
    subjects.extend(tabled(db, ground, motions).await?);
    let mut last = 0;
    loop {
        // By the number of the row alone: an index of subjects would be written with every figure that is typed, and this is asked
        // at night and at an approval.
        let part = audit::Entity::find()
            .filter(audit::Column::Subject.is_in(subjects.iter().map(String::as_str)))
            .filter(audit::Column::Seq.gt(last))
            .order_by_asc(audit::Column::Seq)
            .limit(PART)
            .all(db)
            .await?;
        for row in part.iter().filter(|row| {
            AuditAct::from_word(&row.act).is_some_and(|act| act == TABLED || ACTS.contains(&act))
        }) {
            told.hear(ground, row);
        }
        let Some(end) = part.last() else { return Ok(()) };
        last = end.seq;
    }
}

/// The points of the council about these sheets: those that are there, and those that the log says were put on the agenda.
async fn tabled(
    db: &impl ConnectionTrait,
    ground: &Ground<'_>,
    motions: &[motion::Model],
) -> Result<Vec<String>, StoreError> {
    let rows = audit::Entity::find()
        .select_only()
        .columns([audit::Column::Subject, audit::Column::Detail])
        .filter(audit::Column::Act.eq(TABLED.word()))
        .order_by_asc(audit::Column::Seq)
        .into_tuple::<(String, String)>();
    let here = |detail: &str| {
        let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
        let member = detail.get("member").and_then(serde_json::Value::as_i64);
        member.is_some_and(|member| ground.members.contains(&member))
    };
    let told = rows.all(db).await?.into_iter().filter(|(_, detail)| here(detail)).map(|(subject, _)| subject);
    let mut subjects: Vec<String> = told.collect();
    let there = motions.iter().map(|motion| format!("motion {}", motion.id));
    subjects.extend(there.filter(|subject| !subjects.contains(subject)).collect::<Vec<_>>());
    Ok(subjects)
}

/// The word of the standing of a member.
fn standing_word(member: &Member) -> &'static str {
    match member.standing {
        Standing::Ranked => word::RANKED,
        Standing::Unranked(_) => word::UNRANKED,
        Standing::Exempt(_) => word::EXEMPT,
    }
}

/// How a unit is called in a difference.
fn named(member: &Member) -> String {
    format!("{} ({})", member.name, member.code)
}
