//! What runs, asked for all campaigns at once: the home page asks as often for many campaigns as for few, and loads no campaign whole.

use std::collections::{HashMap, HashSet};

use parindex_domain::procedure::{Block, Campaign, Member, Moment, RulingKind, Side};
use parindex_domain::right::UnitPath;
use parindex_entity::{block, campaign, member, motion, remark, verdict, vote};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{blocks, row, with_stages, word};
use crate::like::stands_below;
use crate::own::standing_units;
use crate::{Store, StoreError};

/// A point of the council on which somebody has not voted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unvoted {
    pub campaign: i64,
    /// Whose sheet it is about.
    pub member: i64,
    /// Until when votes are taken.
    pub until: Option<Moment>,
}

/// How far rounds are, all sheets together, by the row of the stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// Criteria that were decided.
    pub decided: HashMap<i64, i64>,
    /// Criteria that units explained.
    pub explained: HashMap<i64, i64>,
}

impl Store {
    /// The campaigns that run, newest year first, without those who are in them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn running(&self) -> Result<Vec<Campaign>, StoreError> {
        let rows = campaign::Entity::find()
            .filter(campaign::Column::OpenedAt.is_not_null())
            .filter(campaign::Column::ApprovedAt.is_null())
            .order_by_desc(campaign::Column::Year)
            .order_by_asc(campaign::Column::Code)
            .all(&self.db)
            .await?;
        with_stages(&self.db, rows).await
    }

    /// The members of campaigns whose units stand at or below places: each of one campaign, or of all of these.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn members_at(
        &self,
        campaigns: &[i64],
        places: &[(Option<i64>, UnitPath)],
    ) -> Result<Vec<Member>, StoreError> {
        if campaigns.is_empty() || places.is_empty() {
            return Ok(Vec::new());
        }
        let mut by_campaign: HashMap<Option<i64>, Vec<UnitPath>> = HashMap::new();
        for (campaign, path) in places {
            by_campaign.entry(*campaign).or_default().push(path.clone());
        }
        let at = |any: Condition, (campaign, paths): (Option<i64>, Vec<UnitPath>)| {
            let below = Condition::all().add(stands_below((member::Entity, member::Column::Unit), &paths));
            any.add(match campaign {
                Some(campaign) => below.add(member::Column::Campaign.eq(campaign)),
                None => below,
            })
        };
        let rows = member::Entity::find()
            .filter(member::Column::Campaign.is_in(campaigns.iter().copied()))
            .filter(by_campaign.into_iter().fold(Condition::any(), at))
            .order_by_asc(member::Column::Id);
        rows.all(&self.db).await?.into_iter().map(row::member).collect()
    }

    /// Members by their rows, of campaigns.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn members_of(&self, campaigns: &[i64], ids: &[i64]) -> Result<Vec<Member>, StoreError> {
        if campaigns.is_empty() || ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = member::Entity::find()
            .filter(member::Column::Campaign.is_in(campaigns.iter().copied()))
            .filter(member::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(member::Column::Id);
        rows.all(&self.db).await?.into_iter().map(row::member).collect()
    }

    /// Blocks by their rows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn blocks(&self, ids: &[i64]) -> Result<HashMap<i64, Block>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let blocks = blocks(&self.db, block::Column::Id.is_in(ids.iter().copied())).await?;
        Ok(blocks.into_iter().map(|block| (block.id, block)).collect())
    }

    /// The codes of the blocks of campaigns.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn block_codes(&self, campaigns: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        if campaigns.is_empty() {
            return Ok(Vec::new());
        }
        let rows = block::Entity::find()
            .select_only()
            .columns([block::Column::Campaign, block::Column::Code])
            .filter(block::Column::Campaign.is_in(campaigns.iter().copied()));
        Ok(rows.into_tuple().all(&self.db).await?)
    }

    /// How far rounds of campaigns are: what was decided in these, what was explained of those.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rounds(
        &self,
        campaigns: &[i64],
        (decided, explained): (&[i64], &[i64]),
    ) -> Result<Rounds, StoreError> {
        let mut rounds = Rounds::default();
        if !decided.is_empty() {
            let rows = verdict::Entity::find()
                .select_only()
                .column(verdict::Column::Stage)
                .column_as(verdict::Column::Id.count(), "count")
                .filter(verdict::Column::Member.in_subquery(members_in(campaigns)))
                .filter(verdict::Column::Stage.is_in(decided.iter().copied()))
                .group_by(verdict::Column::Stage);
            rounds.decided = rows.into_tuple::<(i64, i64)>().all(&self.db).await?.into_iter().collect();
        }
        if !explained.is_empty() {
            // A unit may say several things about one criterion.
            let once = Expr::cust("count(distinct member || ' ' || criterion)");
            let rows = remark::Entity::find()
                .select_only()
                .column(remark::Column::Stage)
                .column_as(once.cast_as(Alias::new("bigint")), "count")
                .filter(remark::Column::Member.in_subquery(members_in(campaigns)))
                .filter(remark::Column::Stage.is_in(explained.iter().copied()))
                .filter(remark::Column::Side.eq(Side::Unit.word()))
                .group_by(remark::Column::Stage);
            rounds.explained = rows.into_tuple::<(i64, i64)>().all(&self.db).await?.into_iter().collect();
        }
        Ok(rounds)
    }

    /// The open points of campaigns on which somebody has not voted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unvoted(&self, campaigns: &[i64], person: i64) -> Result<Vec<Unvoted>, StoreError> {
        if campaigns.is_empty() {
            return Ok(Vec::new());
        }
        let voted = vote::Entity::find()
            .select_only()
            .column(vote::Column::Motion)
            .filter(vote::Column::Person.eq(person))
            .into_query();
        let rows = motion::Entity::find()
            .filter(motion::Column::Campaign.is_in(campaigns.iter().copied()))
            .filter(motion::Column::ClosedAt.is_null())
            .filter(motion::Column::Id.not_in_subquery(voted))
            .order_by_asc(motion::Column::Id);
        let unvoted =
            |row: motion::Model| Unvoted { campaign: row.campaign, member: row.member, until: row.until_at };
        Ok(rows.all(&self.db).await?.into_iter().map(unvoted).collect())
    }

    /// How many assessed units of campaigns have not submitted their sheets and were given no more time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn not_submitted(
        &self,
        campaigns: &[i64],
        now: Moment,
    ) -> Result<HashMap<i64, i64>, StoreError> {
        if campaigns.is_empty() {
            return Ok(HashMap::new());
        }
        let more =
            Condition::any().add(member::Column::MoreUntil.is_null()).add(member::Column::MoreUntil.lte(now));
        let rows = member::Entity::find()
            .select_only()
            .column(member::Column::Campaign)
            .column_as(member::Column::Id.count(), "count")
            .filter(member::Column::Campaign.is_in(campaigns.iter().copied()))
            .filter(member::Column::Standing.ne(word::EXEMPT))
            .filter(member::Column::SheetState.ne(word::SUBMITTED))
            .filter(more)
            .group_by(member::Column::Campaign);
        Ok(rows.into_tuple::<(i64, i64)>().all(&self.db).await?.into_iter().collect())
    }

    /// The members of campaigns that are their standing body, where others are assessed too: the chair decides about them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn standing_bodies(&self, campaigns: &[i64]) -> Result<Vec<Member>, StoreError> {
        if campaigns.is_empty() {
            return Ok(Vec::new());
        }
        let rows = member::Entity::find()
            .filter(member::Column::Campaign.is_in(campaigns.iter().copied()))
            .filter(member::Column::Standing.ne(word::EXEMPT))
            .filter(member::Column::Unit.is_in(standing_units(&self.db).await?))
            .order_by_asc(member::Column::Id)
            .all(&self.db)
            .await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        // Of which campaign somebody is the standing body is said there.
        let owners = self.owners(&ids).await?;
        let theirs = |row: &member::Model| {
            owners.get(&row.id).is_some_and(|owners| owners.are_the_standing_body() && !owners.run_it_alone())
        };
        rows.into_iter().filter(theirs).map(row::member).collect()
    }
}

impl Store {
    /// What appraisers left to the council on these sheets and is on no agenda: how many points of each sheet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untabled(&self, members: &[i64]) -> Result<HashMap<i64, i64>, StoreError> {
        if members.is_empty() {
            return Ok(HashMap::new());
        }
        let left = verdict::Entity::find()
            .select_only()
            .columns([verdict::Column::Member, verdict::Column::Criterion])
            .filter(verdict::Column::Member.is_in(members.iter().copied()))
            .filter(verdict::Column::Kind.eq(RulingKind::Council.word()));
        let left: HashSet<(i64, String)> = left.into_tuple().all(&self.db).await?.into_iter().collect();
        let tabled = motion::Entity::find()
            .select_only()
            .columns([motion::Column::Member, motion::Column::Criterion])
            .filter(motion::Column::Member.is_in(members.iter().copied()));
        let tabled: HashSet<(i64, String)> = tabled.into_tuple().all(&self.db).await?.into_iter().collect();
        let mut untabled: HashMap<i64, i64> = HashMap::new();
        for (member, _) in left.difference(&tabled) {
            *untabled.entry(*member).or_default() += 1;
        }
        Ok(untabled)
    }
}

fn members_in(campaigns: &[i64]) -> SelectStatement {
    let mut members = Query::select();
    members
        .column(member::Column::Id)
        .from(member::Entity)
        .and_where(Expr::col(member::Column::Campaign).is_in(campaigns.iter().copied()));
    members
}
