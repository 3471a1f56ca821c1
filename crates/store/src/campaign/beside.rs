//! What a package holds beside what is scored: it comes in with the campaign, and is given back with it.

use std::collections::HashSet;

use parindex_entity::{brought, calendar_day, day_effect, published, set_move};
use parindex_package::beside::PackageExtras;
use parindex_package::history::{History, HistoryTable, MOTIONS, NOTES, TABLES, VOTES};
use parindex_package::manifest::MoveEntry;
use parindex_package::published::{Item, Published};
use parindex_rulebook::finding::Place;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::add::PART;
use crate::calendar::row;
use crate::sheet::Reason;
use crate::{Refusal, Store, StoreError, Work};
use parindex_domain::procedure::CampaignDetail;

/// Writes it down; notes stand on the sheets already.
pub(super) async fn add_beside(
    work: &Work,
    campaign: i64,
    blocks: &[i64],
    beside: &PackageExtras,
) -> Result<(), Refusal> {
    let days = beside.days.iter().map(|day| row(campaign, day)).collect();
    all::<calendar_day::Entity>(work, days).await?;
    all::<published::Entity>(work, figures(campaign, beside)).await?;
    all::<set_move::Entity>(work, moves(blocks, beside)).await?;
    all::<brought::Entity>(work, history(campaign, beside)).await
}

fn figures(campaign: i64, beside: &PackageExtras) -> Vec<published::ActiveModel> {
    let figure = |figure: &Published| published::ActiveModel {
        campaign: Set(campaign),
        unit: Set(figure.unit.clone()),
        item: Set(figure.item.word().to_owned()),
        value: Set(figure.value.clone()),
        source: Set(figure.source.clone()),
        ..Default::default()
    };
    beside.published.iter().map(figure).collect()
}

fn moves(blocks: &[i64], beside: &PackageExtras) -> Vec<set_move::ActiveModel> {
    let act = |block: i64, each: &MoveEntry| set_move::ActiveModel {
        block: Set(block),
        from_version: Set(each.from.clone()),
        to_version: Set(each.to.clone()),
        on_day: Set(each.date.clone()),
        reason: Set(each.reason.clone()),
        ..Default::default()
    };
    let of_block = |(block, moves): (&i64, &Vec<MoveEntry>)| {
        moves.iter().map(|each| act(*block, each)).collect::<Vec<_>>()
    };
    blocks.iter().zip(&beside.moves).flat_map(of_block).collect()
}

fn history(campaign: i64, beside: &PackageExtras) -> Vec<brought::ActiveModel> {
    let row = |kept: &HistoryTable, cells: &Vec<String>| brought::ActiveModel {
        campaign: Set(campaign),
        kind: Set(kept.name.to_owned()),
        unit: Set(kept.cell(cells, "unit").to_owned()),
        cells: Set(as_json(kept, cells)),
        ..Default::default()
    };
    let brought = TABLES.into_iter().filter(|kept| kept.name != NOTES.name);
    brought.flat_map(|kept| beside.history.rows(kept).iter().map(move |cells| row(kept, cells))).collect()
}

async fn all<E: EntityTrait>(work: &Work, rows: Vec<E::ActiveModel>) -> Result<(), Refusal>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    for part in rows.chunks(PART) {
        E::insert_many(part.to_vec()).exec_without_returning(&work.tx).await?;
    }
    Ok(())
}

/// The cells by their columns: a column that comes later moves nothing.
fn as_json(kept: &HistoryTable, cells: &[String]) -> String {
    let named = kept.fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let object: serde_json::Map<String, serde_json::Value> =
        named.map(|(field, cell)| (field.spec().title().to_owned(), cell.clone().into())).collect();
    serde_json::Value::Object(object).to_string()
}

/// The table of a row and its cells.
fn read(row: &brought::Model) -> Result<(&'static HistoryTable, Vec<String>), StoreError> {
    let unknown = || StoreError::inconsistent("brought", row.id, format!("no table «{}»", row.kind));
    let kept = HistoryTable::of(&row.kind).ok_or_else(unknown)?;
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row.cells)
        .map_err(|error| StoreError::inconsistent("brought", row.id, error.to_string()))?;
    let cell = |title: &str| object.get(title).and_then(serde_json::Value::as_str).unwrap_or_default();
    Ok((kept, kept.fields.iter().map(|field| cell(field.spec().title()).to_owned()).collect()))
}

/// What is forgotten with units of a draft.
pub(super) async fn forget(work: &Work, campaign: i64, units: Vec<String>) -> Result<(), Refusal> {
    let rows = brought::Entity::delete_many().filter(brought::Column::Campaign.eq(campaign));
    rows.filter(brought::Column::Unit.is_in(units)).exec(&work.tx).await?;
    Ok(())
}

/// What is forgotten with a block of a draft.
pub(super) async fn forget_moves(work: &Work, blocks: &[i64]) -> Result<(), Refusal> {
    let rows = set_move::Entity::delete_many();
    rows.filter(set_move::Column::Block.is_in(blocks.iter().copied())).exec(&work.tx).await?;
    Ok(())
}

/// What is forgotten with a draft.
pub(super) async fn forget_all(work: &Work, detail: &CampaignDetail) -> Result<(), Refusal> {
    let (id, tx) = (detail.campaign.id, &work.tx);
    let blocks: Vec<i64> = detail.blocks.iter().map(|block| block.id).collect();
    forget_moves(work, &blocks).await?;
    day_effect::Entity::delete_many().filter(day_effect::Column::Campaign.eq(id)).exec(tx).await?;
    calendar_day::Entity::delete_many().filter(calendar_day::Column::Campaign.eq(id)).exec(tx).await?;
    published::Entity::delete_many().filter(published::Column::Campaign.eq(id)).exec(tx).await?;
    brought::Entity::delete_many().filter(brought::Column::Campaign.eq(id)).exec(tx).await?;
    Ok(())
}

impl Store {
    /// The figures that were published of a campaign.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn published(&self, campaign: i64) -> Result<Vec<Published>, StoreError> {
        let rows = published::Entity::find().filter(published::Column::Campaign.eq(campaign));
        let rows = rows.order_by_asc(published::Column::Id).all(&self.db).await?;
        let figure = |row: published::Model| Published {
            place: Place::file("published"),
            unit: row.unit,
            item: Item::of(&row.item),
            value: row.value,
            source: row.source,
        };
        Ok(rows.into_iter().map(figure).collect())
    }

    /// All that a package of the campaign holds beside what is scored; of reasons for figures that do not agree, those that are given:
    /// the sets know which of them are about the figures that stand there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beside(
        &self,
        detail: &CampaignDetail,
        reasons: Vec<Reason>,
    ) -> Result<PackageExtras, StoreError> {
        let id = detail.campaign.id;
        Ok(PackageExtras {
            days: self.days(detail).await?,
            published: self.published(id).await?,
            moves: self.moves(detail).await?,
            history: self.history(detail, reasons).await?,
        })
    }

    /// The recorded moves of each block, in order.
    async fn moves(&self, detail: &CampaignDetail) -> Result<Vec<Vec<MoveEntry>>, StoreError> {
        let blocks = detail.blocks.iter().map(|block| block.id);
        let rows = set_move::Entity::find().filter(set_move::Column::Block.is_in(blocks));
        let rows = rows.order_by_asc(set_move::Column::Id).all(&self.db).await?;
        let entry = |row: &set_move::Model| MoveEntry {
            from: row.from_version.clone(),
            to: row.to_version.clone(),
            date: row.on_day.clone(),
            reason: row.reason.clone(),
        };
        let of = |block: i64| rows.iter().filter(|row| row.block == block).map(entry).collect();
        Ok(detail.blocks.iter().map(|block| of(block.id)).collect())
    }
}

/// What came with the package of a campaign, as it came.
pub(super) async fn brought_along(db: &impl ConnectionTrait, campaign: i64) -> Result<History, StoreError> {
    let rows = brought::Entity::find().filter(brought::Column::Campaign.eq(campaign));
    let mut history = History::default();
    for row in rows.order_by_asc(brought::Column::Id).all(db).await? {
        let (kept, cells) = read(&row)?;
        history.add(kept, [cells]);
    }
    Ok(history)
}

impl Store {
    /// The codes of the units about which a package brought a history, with how many rows each.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn units_brought(&self, campaign: i64) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = brought::Entity::find()
            .filter(brought::Column::Campaign.eq(campaign))
            .filter(brought::Column::Unit.ne(""))
            .select_only()
            .column(brought::Column::Unit)
            .column_as(brought::Column::Id.count(), "rows")
            .group_by(brought::Column::Unit)
            .order_by_asc(brought::Column::Unit);
        Ok(rows.into_tuple().all(&self.db).await?)
    }

    /// What a package brought about one unit: the votes are those on its motions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn brought(&self, campaign: i64, unit: &str) -> Result<History, StoreError> {
        let rows = brought::Entity::find()
            .filter(brought::Column::Campaign.eq(campaign))
            .filter(brought::Column::Unit.is_in(["", unit]));
        let mut about = History::default();
        let mut votes = Vec::new();
        for row in rows.order_by_asc(brought::Column::Id).all(&self.db).await? {
            let (kept, cells) = read(&row)?;
            if kept.name == VOTES.name { votes.push(cells) } else { about.add(kept, [cells]) }
        }
        let motion = |cells: &Vec<String>| MOTIONS.cell(cells, "motion").to_owned();
        let motions: HashSet<String> = about.rows(&MOTIONS).iter().map(motion).collect();
        votes.retain(|cells| motions.contains(VOTES.cell(cells, "motion")));
        about.add(&VOTES, votes);
        Ok(about)
    }
}
