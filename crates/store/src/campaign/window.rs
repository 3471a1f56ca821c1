//! When a stage is open, and more time for one unit.

use parindex_domain::audit::AuditAct;
use parindex_domain::procedure::{Moment, Window};
use parindex_domain::right::{Act, Subject};
use parindex_entity::{extension, member, stage};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use super::of;
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Sets the window of a stage.
pub struct SetWindow {
    pub campaign: i64,
    /// The place of the stage.
    pub stage: i64,
    /// When it is open.
    pub window: Window,
}

impl Change for SetWindow {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let SetWindow { campaign, stage, window } = self;
        SetWindows { campaign, windows: vec![(stage, window)] }.apply(work).await
    }
}

/// Sets the windows of several stages: all of them or none.
pub struct SetWindows {
    pub campaign: i64,
    /// The places of the stages, and when each is open.
    pub windows: Vec<(i64, Window)>,
}

impl Change for SetWindows {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        of(work, self.campaign).await?.not_approved()?;
        let mut said = Vec::new();
        for (stage, window) in self.windows {
            said.extend(set(work, (self.campaign, stage), window).await?);
        }
        let subject = format!("campaign {}", self.campaign);
        let note = |detail| Note::new(permit, AuditAct::CampaignWindow, subject, detail);
        Ok(match said.len() {
            0 => ((), Note::unchanged(work.permit(Act::RunCampaigns, &Subject::Everything)?)),
            1 => ((), note(said.remove(0))),
            _ => ((), note(json!({ "windows": said }))),
        })
    }
}

/// Sets one of them; says what it was and became, or nothing when it was so already.
async fn set(
    work: &Work,
    (campaign, stage): (i64, i64),
    window: Window,
) -> Result<Option<serde_json::Value>, Refusal> {
    let row = stage::Entity::find()
        .filter(stage::Column::Campaign.eq(campaign))
        .filter(stage::Column::Place.eq(stage))
        .one(&work.tx)
        .await?
        .ok_or(Refusal::NotFound)?;
    let (opens, closes) = (window.opens(), window.closes());
    if (row.opens_at, row.closes_at) == (Some(opens), Some(closes)) {
        return Ok(None);
    }
    let detail = json!({ "stage": row.code, "from": [row.opens_at, row.closes_at], "to": [opens, closes] });
    let mut row: stage::ActiveModel = row.into();
    row.opens_at = Set(Some(opens));
    row.closes_at = Set(Some(closes));
    row.update(&work.tx).await?;
    Ok(Some(detail))
}

/// Gives one unit more time: with a reason and a signer, for all units of its block to see.
pub struct Extend {
    pub member: i64,
    pub until: Moment,
    pub reason: String,
    /// Who has signed for it.
    pub signer: String,
}

/// More time, with its reason and who has signed for it.
pub(crate) struct More {
    pub until: Moment,
    pub reason: String,
    pub signer: String,
}

/// Writes it down for all to see.
pub(crate) async fn give(work: &Work, (member, stage): (i64, i64), more: More) -> Result<(), Refusal> {
    let row = member::Entity::find_by_id(member).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
    let mut row: member::ActiveModel = row.into();
    row.more_until = Set(Some(more.until));
    row.update(&work.tx).await?;
    let public = extension::ActiveModel {
        member: Set(member),
        stage: Set(stage),
        until_at: Set(more.until),
        reason: Set(more.reason),
        signer: Set(more.signer),
        at: Set(work.now),
        by: Set(work.actor.who.clone()),
        ..Default::default()
    };
    public.insert(&work.tx).await?;
    Ok(())
}

impl Change for Extend {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let permit = work.permit(Act::RunCampaigns, &Subject::Everything)?;
        let row = member::Entity::find_by_id(self.member).one(&work.tx).await?.ok_or(Refusal::NotFound)?;
        let detail = of(work, row.campaign).await?;
        detail.not_approved()?;
        let stage = detail.stages.first().ok_or(Refusal::NotFound)?;
        let detail =
            json!({ "unit": row.code, "until": self.until, "reason": self.reason, "signer": self.signer });
        let more = More { until: self.until, reason: self.reason, signer: self.signer };
        give(work, (self.member, stage.id), more).await?;
        Ok(((), Note::new(permit, AuditAct::CampaignExtend, format!("member {}", self.member), detail)))
    }
}

/// More time that a unit was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub member: i64,
    pub until: Moment,
    pub reason: String,
    /// Who has signed for it.
    pub signer: String,
}

impl Store {
    /// All extensions of a campaign's members, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn extensions(&self, members: &[i64]) -> Result<Vec<Extension>, StoreError> {
        let rows = extension::Entity::find()
            .filter(extension::Column::Member.is_in(members.iter().copied()))
            .order_by_desc(extension::Column::Id);
        let shown = |row: extension::Model| Extension {
            member: row.member,
            until: row.until_at,
            reason: row.reason,
            signer: row.signer,
        };
        Ok(rows.all(&self.db).await?.into_iter().map(shown).collect())
    }
}
