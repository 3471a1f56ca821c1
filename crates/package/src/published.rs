//! `published`: figures that were published, kept as they were, to compare a computation with.

use parindex_domain::campaign::{CampaignData, CampaignResult};
use parindex_rulebook::finding::{Finding, Place, Text};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::table::{ColumnSpec, Table};

use crate::rows::{MAX_FINDINGS, Rows, column, text_column};
use crate::{Findings, PackageProblem};

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 4] = [
    text_column(&["unit", "Mã đơn vị"], true),
    text_column(&["item", "Mục"], true),
    column(&["value", "Giá trị"], true),
    column(&["source", "Nguồn"], false),
];

/// A figure that an administration published: of a unit, for one item, as it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Where it stands in the file.
    pub place: Place,
    /// The unit's code; empty for the mean of all ranked units of the first block.
    pub unit: String,
    /// What was published.
    pub item: Item,
    /// The figure, with the digits that were printed.
    pub value: String,
    /// Where it was published.
    pub source: String,
}

/// What a published figure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Total points.
    Points,
    Index,
    Rank,
    /// The class.
    Band,
    /// The mean index of the block.
    Mean,
    /// Points of one criterion.
    Criterion(String),
}

impl Item {
    /// The item of a word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "points" => Self::Points,
            "index" => Self::Index,
            "rank" => Self::Rank,
            "band" => Self::Band,
            "mean" => Self::Mean,
            code => Self::Criterion(code.to_owned()),
        }
    }

    /// The word that tables write.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Points => "points",
            Self::Index => "index",
            Self::Rank => "rank",
            Self::Band => "band",
            Self::Mean => "mean",
            Self::Criterion(code) => code,
        }
    }
}

/// A published figure that the computation does not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigure {
    pub unit: String,
    pub item: String,
    pub published: String,
    /// As computed, with the same digits.
    pub computed: String,
}

impl Say for PublishedFigure {
    fn say(&self, lang: Lang) -> String {
        let Self { unit, item, published, computed } = self;
        lang.pick(
            format!("{unit} {item}: công bố {published}, tính được {computed}"),
            format!("{unit} {item}: published {published}, computed {computed}"),
        )
    }
}

/// Reads `published.csv`: one figure in each row.
///
/// # Errors
/// Columns or texts that are wrong.
pub fn read(table: &Table) -> Result<Vec<Published>, Findings> {
    let rows = Rows::new(table, &COLUMNS)?;
    let empty = |row| rows.cell(row, 1).is_empty() || rows.cell(row, 2).is_empty();
    let findings: Findings = table
        .rows
        .iter()
        .filter(|row| empty(row))
        .take(MAX_FINDINGS)
        .map(|row| -> Finding<Text> { rows.error(row, 1, PackageProblem::EmptyCell) })
        .collect();
    if !findings.is_empty() {
        return Err(findings);
    }
    let one = |row: &parindex_rulebook::table::Row| Published {
        place: table.place(row.number, "value"),
        unit: rows.cell(row, 0).to_owned(),
        item: Item::of(rows.cell(row, 1)),
        value: rows.cell(row, 2).to_owned(),
        source: rows.cell(row, 3).to_owned(),
    };
    Ok(table.rows.iter().map(one).collect())
}

/// The figures that differ, each compared with as many digits as were printed.
#[must_use]
pub fn differences(
    published: &[Published],
    campaign: &CampaignData,
    result: &CampaignResult,
) -> Vec<PublishedFigure> {
    let differs = |each: &Published| {
        let computed = computed(each, campaign, result).unwrap_or_else(|| "–".to_owned());
        (computed != each.value).then(|| PublishedFigure {
            unit: each.unit.clone(),
            item: each.item.word().to_owned(),
            published: each.value.clone(),
            computed,
        })
    };
    published.iter().filter_map(differs).collect()
}

fn computed(each: &Published, campaign: &CampaignData, result: &CampaignResult) -> Option<String> {
    let digits = each.value.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let shown = |number: &Number| {
        let digits = u8::try_from(digits).unwrap_or(9);
        // A figure printed without decimals is the whole figure, not a rounding of it.
        if digits == 0 { number.to_string() } else { number.to_fixed(digits) }
    };
    if each.item == Item::Mean {
        return result.mean(campaign, 0).as_ref().map(shown);
    }
    let (block, seat) = campaign.member(&each.unit)?;
    let unit = result.units.iter().find(|unit| (unit.block, unit.seat) == (block, seat))?;
    match &each.item {
        Item::Points => unit.points.as_ref().map(shown),
        Item::Index => unit.index.as_ref().map(shown),
        Item::Rank => unit.rank.map(|rank| rank.to_string()),
        Item::Band => unit.band.clone(),
        Item::Mean => None,
        Item::Criterion(code) => {
            let node = campaign.blocks.get(block)?.set.set.find(code)?;
            unit.criteria.iter().find(|criterion| criterion.node == node)?.points.as_ref().map(shown)
        }
    }
}
