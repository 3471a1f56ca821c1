//! Campaigns: their stages with windows, their blocks, the units in them.

use std::collections::HashMap;

use parindex_domain::procedure::{Block, Campaign, CampaignDetail, Member, Stage};
use parindex_domain::right::UnitPath;
use parindex_entity::{block, campaign, criteria_version, member, stage, unit};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::like::stands_below;
use crate::{Refusal, Store, StoreError, Work};

mod add;
mod advance;
mod approved;
mod belongs;
mod beside;
mod describe;
mod edit;
mod history;
mod members;
mod move_set;
mod progress;
mod release;
mod remove;
mod round;
mod row;
mod running;
mod window;

pub use add::{AddCampaign, NewBlock, NewEntry, NewMember, NewStage};
pub use advance::{Approve, Known, OpenCampaign};
pub(crate) use approved::approved_digest;
pub use approved::{Approval, ApprovedResult, ApprovedRow, KeepResult, Wanted};
pub use belongs::Thing;
pub use describe::Describe;
pub use edit::{AddBlock, RemoveBlock, SetStanding};
pub use members::{AddMembers, LinkUnits, RemoveMember};
pub use move_set::MoveSet;
pub use progress::{Codes, Progress};
pub use release::{Release, SetExplanation};
pub use remove::RemoveCampaign;
pub use round::{AddRound, MAX_ROUNDS, RemoveRound};
pub(crate) use row::word;
pub use running::{Rounds, Unvoted};
pub use window::{Extend, Extension, SetWindow, SetWindows};
pub(crate) use window::{More, give};

impl Store {
    /// All campaigns, newest year first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, StoreError> {
        let rows = campaign::Entity::find()
            .order_by_desc(campaign::Column::Year)
            .order_by_asc(campaign::Column::Code);
        with_stages(&self.db, rows.all(&self.db).await?).await
    }

    /// One campaign with all that belongs to it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaign(&self, id: i64) -> Result<Option<CampaignDetail>, StoreError> {
        read_detail(&self.db, id).await
    }

    /// A member and the place of its unit among all units.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn member(&self, id: i64) -> Result<Option<(Member, Option<UnitPath>)>, StoreError> {
        member_at(&self.db, id).await
    }

    /// The members of a campaign whose units stand at or below these paths.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn members_below(&self, campaign: i64, paths: &[UnitPath]) -> Result<Vec<Member>, StoreError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let rows = member::Entity::find()
            .filter(member::Column::Campaign.eq(campaign))
            .filter(stands_below((member::Entity, member::Column::Unit), paths))
            .order_by_asc(member::Column::Id);
        rows.all(&self.db).await?.into_iter().map(row::member).collect()
    }
}

/// Where a campaign stands, as this connection sees it: what is done on one sheet asks for no other one.
pub(crate) async fn read_campaign(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Campaign>, StoreError> {
    // Asked with every change, so both at once.
    let of =
        stage::Entity::belongs_to(campaign::Entity).from(stage::Column::Campaign).to(campaign::Column::Id);
    let rows = stage::Entity::find()
        .filter(stage::Column::Campaign.eq(id))
        .order_by_asc(stage::Column::Place)
        .join(JoinType::InnerJoin, of.into())
        .select_also(campaign::Entity)
        .all(db)
        .await?;
    let row = match rows.first() {
        Some((_, campaign)) => campaign.clone(),
        None => campaign::Entity::find_by_id(id).one(db).await?,
    };
    let Some(row) = row else { return Ok(None) };
    let stages = rows.into_iter().map(|(stage, _)| row::stage(stage)).collect::<Result<_, _>>()?;
    row::campaign(row, stages).map(Some)
}

/// A campaign, as this connection sees it.
pub(crate) async fn read_detail(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<CampaignDetail>, StoreError> {
    let Some(campaign) = read_campaign(db, id).await? else { return Ok(None) };
    let members = member::Entity::find()
        .filter(member::Column::Campaign.eq(id))
        .order_by_asc(member::Column::Block)
        .order_by_asc(member::Column::Place);
    Ok(Some(CampaignDetail {
        campaign,
        blocks: blocks(db, block::Column::Campaign.eq(id)).await?,
        members: members.all(db).await?.into_iter().map(row::member).collect::<Result<_, _>>()?,
    }))
}

/// Campaigns with their stages.
async fn with_stages(
    db: &impl ConnectionTrait,
    rows: Vec<campaign::Model>,
) -> Result<Vec<Campaign>, StoreError> {
    let stages = stage::Entity::find()
        .filter(stage::Column::Campaign.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(stage::Column::Place);
    let mut of_campaign: HashMap<i64, Vec<Stage>> = HashMap::new();
    for row in stages.all(db).await? {
        of_campaign.entry(row.campaign).or_default().push(row::stage(row)?);
    }
    let campaign = |row: campaign::Model| {
        let stages = of_campaign.remove(&row.id).unwrap_or_default();
        row::campaign(row, stages)
    };
    rows.into_iter().map(campaign).collect()
}

/// Blocks in order, with the version of the criteria set that each uses.
async fn blocks(db: &impl ConnectionTrait, which: Expr) -> Result<Vec<Block>, StoreError> {
    use criteria_version::Column;
    let version =
        block::Entity::belongs_to(criteria_version::Entity).from(block::Column::Version).to(Column::Id);
    // The content of a version is long, and not needed here.
    let rows = block::Entity::find()
        .filter(which)
        .order_by_asc(block::Column::Place)
        .join(JoinType::InnerJoin, version.into())
        .select_only()
        .columns([block::Column::Id, block::Column::Code, block::Column::Name])
        .columns([Column::Set, Column::Number, Column::State])
        .into_tuple::<(i64, String, String, i64, i64, String)>();
    let block = |(id, code, name, set, number, state): (_, _, _, _, _, String)| Block {
        id,
        code,
        name,
        set,
        number,
        draft: state == crate::criteria_set::DRAFT,
    };
    Ok(rows.all(db).await?.into_iter().map(block).collect())
}

/// A member and the place of its unit, as this connection sees it.
pub(crate) async fn member_at(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<(Member, Option<UnitPath>)>, StoreError> {
    let of = member::Entity::belongs_to(unit::Entity).from(member::Column::Unit).to(unit::Column::Id);
    let found = member::Entity::find_by_id(id)
        .join(JoinType::LeftJoin, of.into())
        .select_also(unit::Entity)
        .one(db)
        .await?;
    let Some((row, unit)) = found else { return Ok(None) };
    Ok(Some((row::member(row)?, unit.map(|unit| UnitPath(unit.path)))))
}

/// Something that can change a point of a campaign was written.
pub(crate) async fn revised(work: &Work, id: i64) -> Result<(), Refusal> {
    campaign::Entity::update_many()
        .col_expr(campaign::Column::Revision, Expr::col(campaign::Column::Revision).add(1))
        .filter(campaign::Column::Id.eq(id))
        .exec(&work.tx)
        .await?;
    Ok(())
}

/// The campaign of a change; none is gone.
async fn of(work: &Work, id: i64) -> Result<CampaignDetail, Refusal> {
    read_detail(&work.tx, id).await?.ok_or(Refusal::NotFound)
}
