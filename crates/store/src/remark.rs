//! What units and appraisers say to each other about a criterion, after the draft of a round was shown.

use parindex_domain::audit::AuditAct;
use parindex_domain::moment::Moment;
use parindex_domain::procedure::Side;
use parindex_domain::right::Act;
use parindex_entity::remark;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

use crate::own::Judge;
use crate::sheet::{open_sheet, subject};
use crate::{Change, Note, Refusal, Store, StoreError, Work};

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// On whose sheet.
    pub member: i64,
    /// The row of the round whose draft it is about.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    pub side: Side,
    pub text: String,
    pub at: Moment,
    pub by: String,
}

/// Adds a remark of the unit or the appraiser about a criterion in a round.
#[derive(Clone, Debug)]
pub struct Remarked {
    /// On whose sheet.
    pub member: i64,
    /// The place of the round whose draft it is about.
    pub stage: i64,
    /// The code of the criterion.
    pub criterion: String,
    pub side: Side,
    pub text: String,
}

impl Store {
    /// All that was said on the sheets of members, in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remarks(&self, members: &[i64]) -> Result<Vec<Remark>, StoreError> {
        let rows = remark::Entity::find()
            .filter(remark::Column::Member.is_in(members.iter().copied()))
            .order_by_asc(remark::Column::Id);
        rows.all(&self.db).await?.into_iter().map(Remark::try_from).collect()
    }
}

impl TryFrom<remark::Model> for Remark {
    type Error = StoreError;

    fn try_from(row: remark::Model) -> Result<Self, StoreError> {
        let side = Side::from_word(&row.side)
            .ok_or_else(|| StoreError::inconsistent("remark", row.id, &row.side))?;
        let remark::Model { member, stage, criterion, text, at, by, .. } = row;
        Ok(Self { member, stage, criterion, side, text, at, by })
    }
}

impl Change for Remarked {
    type Done = ();

    async fn apply(self, work: &Work) -> Result<((), Note), Refusal> {
        let (member, path, campaign) = open_sheet(work, self.member).await?;
        let permit = match self.side {
            Side::Unit => work.permit(Act::FillSheets, &subject(path))?,
            Side::Appraiser => {
                Judge::of(work, &[self.member]).await?.permit(work, Act::Appraise, self.member)?
            }
        };
        let stage = campaign.rounds().find(|stage| stage.place == self.stage).ok_or(Refusal::NotFound)?;
        let explained = stage.round.explain(&campaign.life, member.more, work.now);
        explained?;
        let row = remark::ActiveModel {
            member: Set(self.member),
            stage: Set(stage.id),
            criterion: Set(self.criterion.clone()),
            side: Set(self.side.word().to_owned()),
            text: Set(self.text.clone()),
            at: Set(work.now),
            by: Set(work.actor.who.clone()),
            ..Default::default()
        };
        row.insert(&work.tx).await?;
        let detail = json!({
            "unit": member.code, "criterion": self.criterion, "side": self.side.word(), "text": self.text,
        });
        Ok(((), Note::new(permit, AuditAct::SheetRemark, format!("member {}", self.member), detail)))
    }
}
