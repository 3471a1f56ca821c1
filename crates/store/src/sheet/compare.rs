//! What figures of a sheet can be compared with: those of other units, and those of the same unit in campaigns before.

use parindex_domain::procedure::{Block, Campaign, EntryKind, Member};
use parindex_entity::{block, campaign, criteria_version, entry, member, stage};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{Store, StoreError};

/// Which figures are asked for.
pub struct Comparing<'c> {
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
    pub campaign: i64,
    pub year: i64,
    /// The set and the number of its version.
    pub set: i64,
    pub number: i64,
    /// The code of the criterion.
    pub criterion: String,
    pub input: String,
    /// The text, as files write it.
    pub text: String,
}

impl Store {
    /// The figures: of the unit itself, those of earlier years and stages first, and then of other units.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn compared(&self, comparing: &Comparing<'_>) -> Result<Vec<Compared>, StoreError> {
        let mut all = Vec::new();
        let sheets = self.sheets_elsewhere(comparing).await?;
        if !sheets.is_empty() {
            let rows = self.db.query_all(&before(comparing, &sheets)).await?;
            all = rows.iter().map(|row| Compared::from_query_result(row, "")).collect::<Result<_, _>>()?;
        }
        all.extend(self.of_others(comparing).await?);
        Ok(all)
    }

    /// The sheets of the unit in other campaigns. A member that is in no list is known by its code and name.
    async fn sheets_elsewhere(&self, of: &Comparing<'_>) -> Result<Vec<i64>, StoreError> {
        use member::Column;
        let own = match of.member.unit {
            Some(unit) => Condition::all().add(Column::Unit.eq(unit)),
            None => Condition::all()
                .add(Column::Unit.is_null())
                .add(Column::Code.eq(of.member.code.as_str()))
                .add(Column::Name.eq(of.member.name.as_str())),
        };
        let sheets = member::Entity::find().select_only().column(Column::Id);
        let sheets = sheets.filter(own).filter(Column::Campaign.ne(of.campaign.id));
        Ok(sheets.into_tuple().all(&self.db).await?)
    }

    /// The figures of other units at the same stage; campaign and set are those of this sheet.
    async fn of_others(&self, of: &Comparing<'_>) -> Result<Vec<Compared>, StoreError> {
        use entry::Column;
        let rows = entry::Entity::find()
            .select_only()
            .columns([Column::Criterion, Column::Input, Column::Text])
            .filter(Column::Member.is_in(of.others.iter().copied()))
            .filter(Column::Stage.eq(of.stage))
            .filter(Column::Criterion.is_in(of.criteria))
            .filter(Column::Kind.eq(EntryKind::Value.word()))
            .filter(Column::Text.ne(""))
            .order_by_asc(Column::Id)
            .into_tuple::<(String, String, String)>();
        let here = |(criterion, input, text): (String, String, String)| Compared {
            campaign: of.campaign.id,
            year: i64::from(of.campaign.year),
            set: of.block.set,
            number: of.block.number,
            criterion,
            input,
            text,
        };
        Ok(rows.all(&self.db).await?.into_iter().map(here).collect())
    }
}

/// What stands on sheets of campaigns before that used the same set.
fn before(of: &Comparing<'_>, sheets: &[i64]) -> SelectStatement {
    let year = || Expr::col((campaign::Entity, campaign::Column::Year));
    let mut question = joined();
    question
        .expr_as(Expr::col((campaign::Entity, campaign::Column::Id)), "campaign")
        .expr_as(year(), "year")
        .expr_as(Expr::col((criteria_version::Entity, criteria_version::Column::Set)), "set")
        .expr_as(Expr::col((criteria_version::Entity, criteria_version::Column::Number)), "number")
        .expr_as(Expr::col((entry::Entity, entry::Column::Criterion)), "criterion")
        .expr_as(Expr::col((entry::Entity, entry::Column::Input)), "input")
        .expr_as(Expr::col((entry::Entity, entry::Column::Text)), "text")
        .and_where(Expr::col((entry::Entity, entry::Column::Member)).is_in(sheets.iter().copied()))
        .and_where(Expr::col((entry::Entity, entry::Column::Kind)).eq(EntryKind::Value.word()))
        .and_where(Expr::col((entry::Entity, entry::Column::Text)).ne(""))
        .and_where(Expr::col((entry::Entity, entry::Column::Criterion)).is_in(of.criteria))
        .and_where(year().lt(i64::from(of.campaign.year)))
        .and_where(Expr::col((campaign::Entity, campaign::Column::OpenedAt)).is_not_null())
        .and_where(Expr::col((criteria_version::Entity, criteria_version::Column::Set)).eq(of.block.set))
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
