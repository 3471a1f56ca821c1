//! What a report shows, independent of its form.

use parindex_domain::campaign::{BlockData, CampaignData, CampaignResult, MemberData, Scored, UnitResult};
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Part;
use parindex_scoring::explain::{explain_node, explain_total};

/// A report on one stage of a campaign.
pub struct Report<'s> {
    /// The scored campaign.
    pub scored: &'s Scored<'s>,
    pub result: CampaignResult,
    /// The results of the stages before, in order.
    pub earlier: Vec<CampaignResult>,
    /// The language of every word.
    pub lang: Lang,
}

/// What a unit lost at one criterion.
pub struct Loss {
    pub node: usize,
    pub points: Number,
    /// Its applicable maximum.
    pub max: Number,
}

impl Loss {
    /// How many points were lost.
    #[must_use]
    pub fn lost(&self) -> Number {
        self.max.clone() - self.points.clone()
    }
}

impl<'s> Report<'s> {
    /// Gathers a report; stages before the scored one are computed for comparison.
    #[must_use]
    pub fn new(scored: &'s Scored<'s>, lang: Lang) -> Self {
        let stages = (0..scored.stage).filter_map(|stage| scored.campaign.score(stage).ok());
        let earlier = stages.map(|scored| scored.result()).collect();
        Self { scored, result: scored.result(), earlier, lang }
    }

    /// The campaign that the report is about.
    #[must_use]
    pub fn campaign(&self) -> &'s CampaignData {
        self.scored.campaign
    }

    /// The units of a block, best first.
    pub fn units(&self, block: usize) -> impl Iterator<Item = &UnitResult> {
        self.result.units.iter().filter(move |unit| unit.block == block)
    }

    /// The block and the member behind a result.
    #[must_use]
    pub fn member(&self, unit: &UnitResult) -> Option<(&'s BlockData, &'s MemberData)> {
        let block = self.campaign().blocks.get(unit.block)?;
        Some((block, block.members.get(unit.seat)?))
    }

    /// The sentence behind a node's points.
    #[must_use]
    pub fn sentence(&self, unit: &UnitResult, node: usize) -> String {
        let above = self.scored.above(unit.block, unit.seat, node);
        let board = self.scored.boards.get(unit.block);
        board.map(|board| explain_node(board, unit.seat, node, above, self.lang)).unwrap_or_default()
    }

    /// The sentence behind a unit's index and rank.
    #[must_use]
    pub fn total_sentence(&self, unit: &UnitResult) -> String {
        let year = self.campaign().about.year;
        let board = self.scored.boards.get(unit.block);
        board.map(|board| explain_total(board, unit.seat, year, self.lang)).unwrap_or_default()
    }

    /// The class of a unit, or why it has none.
    #[must_use]
    pub fn remark(&self, unit: &UnitResult) -> String {
        self.member(unit).map(|(_, member)| unit.remark(member, self.lang)).unwrap_or_default()
    }

    /// The largest losses of a unit, largest first; equal losses in the order of the set.
    #[must_use]
    pub fn losses(&self, unit: &UnitResult, most: usize) -> Vec<Loss> {
        let Some((block, _)) = self.member(unit) else { return Vec::new() };
        let tree = &block.set.tree;
        let scored =
            unit.criteria.iter().filter(|each| tree.is_leaf(each.node) && tree.part(each.node) == Part::Main);
        let loss = |each: &parindex_domain::campaign::CriterionResult| {
            Some(Loss { node: each.node, points: each.points.clone()?, max: each.max.clone() })
        };
        let mut losses: Vec<Loss> = scored.filter_map(loss).filter(|loss| !loss.lost().is_zero()).collect();
        losses.sort_by_key(|loss| std::cmp::Reverse(loss.lost()));
        losses.truncate(most);
        losses
    }

    /// The middle points of a domain among the ranked units of a block, as a share of its maximum.
    #[must_use]
    pub fn median_share(&self, block: usize, node: usize) -> Option<Number> {
        let share = |unit: &UnitResult| {
            let each = unit.criteria.iter().find(|each| each.node == node)?;
            each.points.as_ref()?.checked_div(&each.max)
        };
        let mut shares: Vec<Number> =
            self.units(block).filter(|unit| unit.rank.is_some()).filter_map(share).collect();
        shares.sort_unstable();
        let middle = shares.len() / 2;
        match (
            shares.len() % 2,
            shares.get(middle),
            middle.checked_sub(1).and_then(|below| shares.get(below)),
        ) {
            (1, Some(middle), _) => Some(middle.clone()),
            (_, Some(upper), Some(lower)) => (upper + lower).checked_div(&Number::whole(2)),
            _ => None,
        }
    }
}

/// A number as the floating value that drawing and workbooks need; never used for a score.
#[must_use]
pub fn drawn(value: &Number) -> f64 {
    value.to_fixed(9).parse().unwrap_or_default()
}
