//! The result of a campaign as it is printed, exported and published.

use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::settings::RoundAt;
use parindex_scoring::board::Board;
use parindex_scoring::compare;
use parindex_scoring::unit::{Cell, Total};

use super::{BlockData, CampaignData, MemberData, Scored, StageData};

/// Whether a unit is assessed and ranked.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// Assessed and ranked.
    #[default]
    Ranked,
    /// Assessed, but takes no rank; why.
    Unranked(String),
    /// Not assessed at all; why.
    Exempt(String),
}

impl Standing {
    /// Whether the unit is assessed at all, ranked or not.
    #[must_use]
    pub fn is_assessed(&self) -> bool {
        !matches!(self, Self::Exempt(_))
    }
}

/// How far a unit's result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every criterion that applies has its points.
    Complete,
    /// Some criteria have none yet.
    Partial,
    /// Nothing was entered.
    NotScored,
    /// Not assessed.
    Exempt,
}

/// All units at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignResult {
    pub stage: StageData,
    /// The units, block by block, best first.
    pub units: Vec<UnitResult>,
}

/// The result of one unit at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitResult {
    /// Its block's place.
    pub block: usize,
    /// Its place in the block.
    pub seat: usize,
    /// How far it is.
    pub status: Status,
    /// Its points; those so far when partial.
    pub points: Option<Number>,
    /// Its applicable maximum.
    pub max: Option<Number>,
    /// Its index as published.
    pub index: Option<Number>,
    /// Its rank in the block.
    pub rank: Option<usize>,
    /// Its class.
    pub band: Option<String>,
    /// Every node of the set, in the order of the set; none where only totals were asked for.
    pub criteria: Vec<CriterionResult>,
}

/// One node of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionResult {
    /// Its place in the set.
    pub node: usize,
    pub points: Option<Number>,
    /// Its applicable maximum.
    pub max: Number,
    /// Whether it does not apply to the unit.
    pub not_applicable: bool,
}

impl Scored<'_> {
    /// The result with every node of every unit.
    #[must_use]
    pub fn result(&self) -> CampaignResult {
        let mut result = self.totals();
        for unit in &mut result.units {
            let there = self.campaign.blocks.get(unit.block).zip(self.boards.get(unit.block));
            if let Some((block, board)) = there.filter(|_| unit.points.is_some()) {
                unit.criteria = criteria(block, board, unit.seat);
            }
        }
        result
    }

    /// The result with the totals alone: a ranking of thousands of units asks for no tree.
    #[must_use]
    pub fn totals(&self) -> CampaignResult {
        let year = self.campaign.about.year;
        let mut units = Vec::new();
        for (at, (block, board)) in self.campaign.blocks.iter().zip(&self.boards).enumerate() {
            let mut of_block: Vec<_> =
                (0..block.members.len()).map(|seat| unit(block, board, at, seat, year)).collect();
            of_block.sort_by_key(order);
            units.extend(of_block);
        }
        let stage = self.campaign.stages.get(self.stage).cloned();
        let stage = stage.unwrap_or(StageData { code: String::new(), name: String::new(), counts: None });
        CampaignResult { stage, units }
    }
}

/// Ranked first, then results without a rank, then what is open, then what is exempt.
fn order(unit: &UnitResult) -> (usize, u8, std::cmp::Reverse<Option<Number>>) {
    let state = match unit.status {
        Status::Complete => 0,
        Status::Partial => 1,
        Status::NotScored => 2,
        Status::Exempt => 3,
    };
    (unit.rank.unwrap_or(usize::MAX), state, std::cmp::Reverse(unit.index.clone()))
}

fn unit(block: &BlockData, board: &Board<'_>, at: usize, seat: usize, year: i16) -> UnitResult {
    let mut unit = UnitResult {
        block: at,
        seat,
        status: Status::NotScored,
        points: None,
        max: None,
        index: None,
        rank: None,
        band: None,
        criteria: Vec::new(),
    };
    let exempt = block.members.get(seat).is_some_and(|member| !member.standing.is_assessed());
    if exempt {
        unit.status = Status::Exempt;
        return unit;
    }
    let Some(total) = board.total(seat) else { return unit };
    match total {
        Total::NotScored => return unit,
        Total::Partial { points, max } => {
            unit.status = Status::Partial;
            (unit.points, unit.max) = (Some(points.clone()), Some(max.clone()));
        }
        Total::Complete(complete) => {
            unit.status = Status::Complete;
            (unit.points, unit.max) = (Some(complete.points.clone()), Some(complete.max.clone()));
            unit.band = board.class(seat, year).map(str::to_owned);
            unit.index = Some(complete.index.clone());
            unit.rank = board.rank(seat);
        }
    }
    unit
}

fn criteria(block: &BlockData, board: &Board<'_>, seat: usize) -> Vec<CriterionResult> {
    let Some(score) = board.score(seat) else { return Vec::new() };
    let nodes = 0..block.set.set.criteria.len();
    let one = |node| CriterionResult {
        node,
        points: score.cell(node).points().cloned(),
        max: score.max(&block.set, node),
        not_applicable: matches!(score.cell(node), Cell::LeftOut | Cell::Rescaled)
            && counts(block, board, node),
    };
    nodes.map(one).collect()
}

/// Whether anything at or below a node counts at the board's stage.
fn counts(block: &BlockData, board: &Board<'_>, node: usize) -> bool {
    if board.stage().counts.is_none() {
        return true;
    }
    if !block.set.tree.is_leaf(node) {
        return block.set.tree.children(node).iter().any(|child| counts(block, board, *child));
    }
    block.set.set.criteria.get(node).is_some_and(|criterion| board.stage().counts(criterion))
}

impl UnitResult {
    /// The class of the unit, which is `member`, or why it has none.
    #[must_use]
    pub fn remark(&self, member: &MemberData, lang: Lang) -> String {
        let because = |word: &str, reason: &str| {
            if reason.is_empty() { word.to_owned() } else { format!("{word}: {reason}") }
        };
        match (self.status, &member.standing) {
            (_, Standing::Exempt(reason)) => because(lang.pick("miễn đánh giá", "exempt"), reason),
            (Status::NotScored | Status::Exempt, _) => lang.pick("chưa chấm", "not scored").to_owned(),
            (Status::Partial, _) => lang.pick("chưa đủ điểm", "not complete").to_owned(),
            (Status::Complete, Standing::Unranked(reason)) => {
                because(lang.pick("không xếp hạng", "not ranked"), reason)
            }
            (Status::Complete, Standing::Ranked) => self.band.clone().unwrap_or_default(),
        }
    }
}

impl CampaignResult {
    /// The same result by codes, for comparison with another.
    #[must_use]
    pub fn by_codes(&self, campaign: &CampaignData) -> Vec<compare::UnitPoints> {
        let one = |unit: &UnitResult| {
            let block = campaign.blocks.get(unit.block)?;
            let code = block.members.get(unit.seat)?.code.clone();
            let criterion = |each: &CriterionResult| {
                Some((block.set.set.criteria.get(each.node)?.code.clone(), each.points.clone()))
            };
            // Sums follow from their parts; a change is told once, where it happened.
            let leaves = unit.criteria.iter().filter(|each| block.set.tree.is_leaf(each.node));
            let criteria = leaves.filter_map(criterion).collect();
            Some(compare::UnitPoints { code, index: unit.index.clone(), rank: unit.rank, criteria })
        };
        self.units.iter().filter_map(one).collect()
    }

    /// The mean of the published indexes of a block, to the digits of its set.
    #[must_use]
    pub fn mean(&self, campaign: &CampaignData, block: usize) -> Option<Number> {
        let ranked = self.units.iter().filter(|unit| unit.block == block && unit.rank.is_some());
        let indexes: Vec<&Number> = ranked.filter_map(|unit| unit.index.as_ref()).collect();
        let count = i64::try_from(indexes.len()).ok()?;
        let digits = campaign.blocks.get(block)?.set.set.settings.index.digits;
        let mean = indexes.into_iter().sum::<Number>().checked_div(&Number::whole(count))?;
        Some(mean.round_half_up(digits.get()))
    }
}

impl BlockData {
    /// How many decimals points of this block are shown with.
    #[must_use]
    pub fn digits(&self) -> u8 {
        self.set.set.settings.rounding.digits.get()
    }

    /// Points of a criterion for a file: exact where they end, else nine decimals of the unrounded value.
    #[must_use]
    pub fn exact(&self, points: &Number) -> String {
        let digits = self.digits();
        match (self.set.set.settings.rounding.at, points.to_decimal()) {
            (RoundAt::End, None) => points.to_fixed(9),
            (RoundAt::End, Some(decimal)) if !points.fits(digits) => decimal,
            _ => points.to_fixed(digits),
        }
    }
}

/// A number for a file, with the decimals it needs and at least `digits`.
#[must_use]
pub fn decimal(value: &Number, digits: u8) -> String {
    if value.fits(digits) {
        return value.to_fixed(digits);
    }
    value.to_decimal().unwrap_or_else(|| value.to_fixed(9))
}
