//! Campaigns: their stages with windows, their blocks, the units in them.

use std::collections::HashMap;

use parindex_domain::campaign::{About, Standing};
use parindex_domain::procedure::{Base, Life, Moment, Paper, Phase, Round, Sight};
use parindex_domain::right::UnitPath;
use parindex_entity::{block, campaign, criteria_version, member, stage, unit};
use parindex_rulebook::set::{Criterion, Method};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::like::stands_below;
use crate::{Refusal, Store, StoreError, Work};

mod add;
mod advance;
mod approved;
mod belongs;
mod beside;
mod course;
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
mod whole;
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

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// The row.
    pub id: i64,
    /// What it is called, and which days it is about.
    pub about: About,
    /// How far it is.
    pub life: Life,
    /// Grows with everything that can change a point.
    pub revision: i64,
    /// What units see of each other.
    pub sight: Sight,
    /// Of whom more than half decide in the council.
    pub base: Base,
}

impl std::ops::Deref for Campaign {
    type Target = About;

    fn deref(&self) -> &About {
        &self.about
    }
}

/// A stage with its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The row.
    pub id: i64,
    /// Its place; the first is self-assessment.
    pub place: i64,
    /// A short code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The methods that count; all when `None`.
    pub counts: Option<Vec<Method>>,
    /// When it is open, and what became of its draft.
    pub round: Round,
}

impl Stage {
    /// Whether a criterion is scored at this stage.
    #[must_use]
    pub fn counts(&self, criterion: &Criterion) -> bool {
        criterion.is_scored_among(self.counts.as_deref())
    }

    /// Where a moment stands; a stage without a window has not opened.
    #[must_use]
    pub fn phase(&self, more: Option<Moment>, now: Moment) -> Phase {
        self.round.window.map_or(Phase::Before(Moment::MAX), |window| window.phase(more, now))
    }
}

/// A block and the version of the criteria set that it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The row.
    pub id: i64,
    /// A short code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The criteria set.
    pub set: i64,
    /// The number of its version.
    pub number: i64,
    /// Whether the version is a draft that can still change.
    pub draft: bool,
}

/// A unit in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The row.
    pub id: i64,
    /// The campaign.
    pub campaign: i64,
    /// The block.
    pub block: i64,
    /// The unit of the list, where it is in one.
    pub unit: Option<i64>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the unit above, where points depend on it.
    pub parent: Option<String>,
    /// Whether it is assessed and ranked.
    pub standing: Standing,
    /// How far its sheet is.
    pub paper: Paper,
    /// Until when it was given more time.
    pub more: Option<Moment>,
}

/// A campaign and its stages: where it stands, whoever is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The campaign.
    pub campaign: Campaign,
    /// Its stages in order.
    pub stages: Vec<Stage>,
}

/// A campaign with all that belongs to it, read in as many questions as it has tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Where it stands.
    pub course: Course,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// All members, block by block, in order.
    pub members: Vec<Member>,
}

impl Store {
    /// All campaigns, newest year first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, StoreError> {
        let rows = campaign::Entity::find()
            .order_by_desc(campaign::Column::Year)
            .order_by_asc(campaign::Column::Code);
        rows.all(&self.db).await?.into_iter().map(Campaign::try_from).collect()
    }

    /// One campaign with all that belongs to it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn campaign(&self, id: i64) -> Result<Option<Whole>, StoreError> {
        whole(&self.db, id).await
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
        rows.all(&self.db).await?.into_iter().map(Member::try_from).collect()
    }
}

/// Where a campaign stands, as this connection sees it: what is done on one sheet asks for no other one.
pub(crate) async fn course(db: &impl ConnectionTrait, id: i64) -> Result<Option<Course>, StoreError> {
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
    let stages = rows.into_iter().map(|(stage, _)| Stage::try_from(stage)).collect::<Result<_, _>>()?;
    Ok(Some(Course { campaign: Campaign::try_from(row)?, stages }))
}

/// A campaign, as this connection sees it.
pub(crate) async fn whole(db: &impl ConnectionTrait, id: i64) -> Result<Option<Whole>, StoreError> {
    let Some(course) = course(db, id).await? else { return Ok(None) };
    let blocks =
        block::Entity::find().filter(block::Column::Campaign.eq(id)).order_by_asc(block::Column::Place);
    let members = member::Entity::find()
        .filter(member::Column::Campaign.eq(id))
        .order_by_asc(member::Column::Block)
        .order_by_asc(member::Column::Place);
    Ok(Some(Whole {
        course,
        blocks: with_versions(db, blocks.all(db).await?).await?,
        members: members.all(db).await?.into_iter().map(Member::try_from).collect::<Result<_, _>>()?,
    }))
}

async fn with_versions(db: &impl ConnectionTrait, rows: Vec<block::Model>) -> Result<Vec<Block>, StoreError> {
    use criteria_version::Column;
    let versions = criteria_version::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Set, Column::Number, Column::State])
        .filter(Column::Id.is_in(rows.iter().map(|row| row.version)))
        .into_tuple::<(i64, i64, i64, String)>()
        .all(db)
        .await?;
    let versions: HashMap<i64, (i64, i64, String)> =
        versions.into_iter().map(|(id, set, number, state)| (id, (set, number, state))).collect();
    let block = |row: block::Model| {
        let (set, number, state) = versions
            .get(&row.version)
            .ok_or_else(|| StoreError::inconsistent("block", row.id, "its criteria set is not there"))?;
        let draft = state == crate::criteria_set::DRAFT;
        Ok(Block { id: row.id, code: row.code, name: row.name, set: *set, number: *number, draft })
    };
    rows.into_iter().map(block).collect()
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
    Ok(Some((Member::try_from(row)?, unit.map(|unit| UnitPath(unit.path)))))
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
async fn of(work: &Work, id: i64) -> Result<Whole, Refusal> {
    whole(&work.tx, id).await?.ok_or(Refusal::Gone)
}
