//! What figures of a sheet can be compared with: those of other units, and those of the same unit in campaigns before. One question.

use parindex_entity::{block, campaign, criteria_version, entry, member, stage};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::kind;
use crate::campaign::{Block, Campaign, Member};
use crate::{Store, StoreError};

/// Which figures are asked for.
pub struct Comparing<'c> {
    /// Of which campaign.
    pub campaign: &'c Campaign,
    /// The row of its first stage.
    pub stage: i64,
    /// Whose sheet.
    pub member: &'c Member,
    /// Its block: campaigns before count where their blocks use another version of the same set.
    pub block: &'c Block,
    /// Other units of the block.
    pub others: &'c [i64],
    /// The codes of the criteria that own the figures.
    pub criteria: &'c [String],
}

/// A figure of another unit, or of another campaign.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Compared {
    /// Of which campaign.
    pub campaign: i64,
    /// Its year.
    pub year: i64,
    /// The set and the number of its version.
    pub set: i64,
    /// The number.
    pub number: i64,
    /// The code of the criterion.
    pub criterion: String,
    /// The input.
    pub input: String,
    /// The text, as files write it.
    pub text: String,
}

impl Store {
    /// The figures, those of earlier years and stages first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn compared(&self, comparing: &Comparing<'_>) -> Result<Vec<Compared>, StoreError> {
        let rows = self.db.query_all(&question(comparing)).await?;
        Ok(rows.iter().map(|row| Compared::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }
}

fn question(of: &Comparing<'_>) -> SelectStatement {
    let year = || Expr::col((campaign::Entity, campaign::Column::Year));
    let campaign = || Expr::col((campaign::Entity, campaign::Column::Id));
    let here = Condition::all()
        .add(campaign().eq(of.campaign.id))
        .add(Expr::col((entry::Entity, entry::Column::Stage)).eq(of.stage));
    let before = Condition::all()
        .add(campaign().ne(of.campaign.id))
        .add(year().lt(i64::from(of.campaign.year)))
        .add(Expr::col((campaign::Entity, campaign::Column::OpenedAt)).is_not_null())
        .add(Expr::col((criteria_version::Entity, criteria_version::Column::Set)).eq(of.block.set));
    let mut question = joined();
    question
        .expr_as(campaign(), "campaign")
        .expr_as(year(), "year")
        .expr_as(Expr::col((criteria_version::Entity, criteria_version::Column::Set)), "set")
        .expr_as(Expr::col((criteria_version::Entity, criteria_version::Column::Number)), "number")
        .expr_as(Expr::col((entry::Entity, entry::Column::Criterion)), "criterion")
        .expr_as(Expr::col((entry::Entity, entry::Column::Input)), "input")
        .expr_as(Expr::col((entry::Entity, entry::Column::Text)), "text")
        // By the sheets first: entries are found by them, and those of a whole server are many.
        .and_where(Expr::col((entry::Entity, entry::Column::Member)).in_subquery(sheets(of)))
        .and_where(Expr::col((entry::Entity, entry::Column::Kind)).eq(kind::VALUE))
        .and_where(Expr::col((entry::Entity, entry::Column::Text)).ne(""))
        .and_where(Expr::col((entry::Entity, entry::Column::Criterion)).is_in(of.criteria))
        .cond_where(Condition::any().add(here).add(before))
        .order_by((campaign::Entity, campaign::Column::Year), Order::Asc)
        .order_by((campaign::Entity, campaign::Column::Id), Order::Asc)
        .order_by((stage::Entity, stage::Column::Place), Order::Asc)
        .order_by((entry::Entity, entry::Column::Id), Order::Asc);
    question
}

/// Every entry with its campaign, stage, and the version of the set that its block uses.
fn joined() -> SelectStatement {
    let mut joined = Query::select();
    joined
        .from(entry::Entity)
        .inner_join(
            member::Entity,
            Expr::col((member::Entity, member::Column::Id)).equals((entry::Entity, entry::Column::Member)),
        )
        .inner_join(
            campaign::Entity,
            Expr::col((campaign::Entity, campaign::Column::Id))
                .equals((member::Entity, member::Column::Campaign)),
        )
        .inner_join(
            stage::Entity,
            Expr::col((stage::Entity, stage::Column::Id)).equals((entry::Entity, entry::Column::Stage)),
        )
        .inner_join(
            block::Entity,
            Expr::col((block::Entity, block::Column::Id)).equals((member::Entity, member::Column::Block)),
        )
        .inner_join(
            criteria_version::Entity,
            Expr::col((criteria_version::Entity, criteria_version::Column::Id))
                .equals((block::Entity, block::Column::Version)),
        );
    joined
}

/// The sheets of the other units, and those of this unit in other campaigns. A member that is in no list is known by its code and name.
fn sheets(of: &Comparing<'_>) -> SelectStatement {
    let own = match of.member.unit {
        Some(unit) => Condition::all().add(Expr::col(member::Column::Unit).eq(unit)),
        None => Condition::all()
            .add(Expr::col(member::Column::Unit).is_null())
            .add(Expr::col(member::Column::Code).eq(of.member.code.as_str()))
            .add(Expr::col(member::Column::Name).eq(of.member.name.as_str())),
    };
    let elsewhere = own.add(Expr::col(member::Column::Campaign).ne(of.campaign.id));
    let others = Expr::col(member::Column::Id).is_in(of.others.iter().copied());
    let mut sheets = Query::select();
    sheets
        .column(member::Column::Id)
        .from(member::Entity)
        .cond_where(Condition::any().add(others).add(elsewhere));
    sheets
}
