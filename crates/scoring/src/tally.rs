//! The total of a unit without its tree: what a ranking of thousands of units needs.
//!
//! Where points are rounded at each criterion, the total is the sum of the criteria, whatever stands between: a tally adds
//! them up in whole numbers. Where a set rounds each level, or only the total, criteria are added up as ten-millionths, each at
//! most half of one off, and the digits that are published are taken where all sums within that bound give the same.
//! Every other sheet (a digit too close to call, something open, scaled up, failed) is for
//! [`UnitScore`](crate::unit::UnitScore), whose total a tally always equals; a property test holds both together.

use parindex_rulebook::eval::{Direct, Earned};
use parindex_rulebook::input::Value;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::{Compiled, NotApplicable};
use parindex_rulebook::settings::{DueOff, RankBy, RoundAt};

use crate::sheet::Sheet;
use crate::unit::{Cell, Stage, Sums, Total, leaf, unrounded};

/// How finely criteria are added up that are not rounded: fine enough that few sums stand at the edge of a published digit.
const FINE: Digits = match Digits::new(7) {
    Some(digits) => digits,
    None => Digits::TWO,
};

/// A set at a stage, ready for adding up.
pub(crate) struct Tally<'c> {
    compiled: &'c Compiled,
    stage: Stage<'c>,
    at: RoundAt,
    /// The decimals of the smallest unit of points.
    digits: Digits,
    groups: Vec<Group<'c>>,
    /// The maximum of all that counts, in the smallest unit of points.
    max: i64,
}

/// Criteria whose sum is rounded together: those of a domain where each level is rounded, else all.
struct Group<'c> {
    leaves: Vec<Leaf<'c>>,
    /// What they can give when everything applies.
    full: Number,
}

/// A criterion that counts at the stage.
struct Leaf<'c> {
    node: usize,
    max: i64,
    rule: Option<Direct<'c>>,
    not_applicable: Option<NotApplicable>,
}

/// How many sheets are added up side by side: their figures fit the processor's cache together.
const TILE: usize = 16;

/// What one sheet has so far, in the smallest unit of points.
#[derive(Clone, Copy)]
struct Sum {
    points: i64,
    /// Sums of domains that are rounded already, in the digits that the set keeps.
    rounded: i64,
    max: i64,
    /// Nothing that the tree has to be asked about.
    plain: bool,
    /// How many of the sheet's entries lie behind.
    passed: usize,
}

impl Sum {
    fn new(max: i64) -> Self {
        Self { points: 0, rounded: 0, max, plain: true, passed: 0 }
    }

    /// Whether a person entered something for a node; nodes come in rising order.
    #[inline]
    fn enters(&mut self, node: usize, sheet: &Sheet) -> bool {
        while let Some((of, _)) = sheet.entries().get(self.passed) {
            if *of >= node {
                return *of == node;
            }
            self.passed += 1;
        }
        false
    }
}

impl<'c> Tally<'c> {
    /// `None` for sets whose totals need the tree: bonus and penalty, points of the unit above, cut criteria.
    pub fn new(compiled: &'c Compiled, stage: Stage<'c>) -> Option<Self> {
        let settings = &compiled.set.settings;
        let at = settings.rounding.at;
        let finest = settings.rounding.digits.max(settings.index.digits);
        if at != RoundAt::Leaf && finest >= FINE {
            return None;
        }
        let digits = match (at, settings.rounding.mode) {
            (RoundAt::Leaf, RoundMode::HalfUp) => Some(settings.rounding.digits),
            (RoundAt::Leaf, RoundMode::Cut) => None,
            (RoundAt::Level, _) => Some(FINE),
            // Ranks by the exact index need the fractions.
            (RoundAt::End, _) => (settings.index.rank_by == RankBy::Published).then_some(FINE),
        }?;
        if compiled.has_outside() || compiled.takes_parent {
            return None;
        }
        let mut tally = Self { compiled, stage, at, digits, groups: Vec::new(), max: 0 };
        match at {
            RoundAt::Leaf | RoundAt::End => tally.add_group(&compiled.roots)?,
            RoundAt::Level => {
                compiled.roots.iter().try_for_each(|root| tally.add_group(std::slice::from_ref(root)))?;
            }
        }
        tally.in_order().then_some(tally)
    }

    /// The criteria below some nodes, in the order of the set, as entries and values stand in a sheet.
    fn add_group(&mut self, nodes: &[usize]) -> Option<()> {
        let full = nodes.iter().map(|node| self.compiled.full(*node)).sum();
        let (mut leaves, mut open) = (Vec::new(), nodes.to_vec());
        while let Some(node) = open.pop() {
            open.extend(self.compiled.addends(node));
            if self.compiled.tree.is_leaf(node) && self.counts(node)? {
                leaves.push(self.leaf(node)?);
            }
        }
        leaves.sort_by_key(|leaf| leaf.node);
        self.groups.push(Group { leaves, full });
        Some(())
    }

    /// Whether each group ends before the next begins.
    fn in_order(&self) -> bool {
        let nodes = self.groups.iter().flat_map(|group| &group.leaves).map(|leaf| leaf.node);
        nodes.is_sorted()
    }

    fn counts(&self, node: usize) -> Option<bool> {
        let criterion = self.compiled.set.criteria.get(node)?;
        criterion.method?;
        Some(self.stage.counts(criterion))
    }

    fn leaf(&mut self, node: usize) -> Option<Leaf<'c>> {
        let max = self.scaled(self.compiled.max(node))?;
        let rule = self.compiled.rules.get(node)?;
        // A due date that moves on from a day off is for the general evaluator.
        let stays = self.compiled.set.settings.due_off == DueOff::Keep;
        let direct = || Direct::new(rule, self.compiled.max(node), self.digits, self.stage.calendar);
        let rule = stays.then(direct).flatten();
        self.max = self.max.checked_add(max)?;
        let not_applicable = self.compiled.set.criteria.get(node)?.not_applicable;
        Some(Leaf { node, max, rule, not_applicable })
    }

    /// A number in the smallest unit of points.
    fn scaled(&self, number: &Number) -> Option<i64> {
        let scale = 10_i64.pow(u32::from(self.digits.get()));
        let (num, den) = number.parts()?;
        (scale % den == 0).then(|| num.checked_mul(scale / den)).flatten()
    }

    /// The totals of sheets; `None` where the tree has to be asked. Criterion by criterion for a few sheets at a time,
    /// so that the same rule runs many times in a row over figures that the processor holds.
    pub fn totals(&self, sheets: &[&Sheet]) -> Vec<Option<Total>> {
        let mut totals = Vec::with_capacity(sheets.len());
        for tile in sheets.chunks(TILE) {
            let mut sums = [Sum::new(self.max); TILE];
            for (sheet, sum) in tile.iter().zip(&mut sums) {
                sum.plain = !nothing_in(sheet) && !sheet.is_open() && self.on_criteria(sheet);
            }
            for group in &self.groups {
                for leaf in &group.leaves {
                    for (sheet, sum) in tile.iter().zip(&mut sums) {
                        self.add_to(sum, leaf, sheet);
                    }
                }
                for sum in sums.iter_mut().take(tile.len()) {
                    self.close(group, sum);
                }
            }
            totals.extend(sums.iter().take(tile.len()).map(|sum| self.total(sum)));
        }
        totals
    }

    /// Whether all entries stand on criteria; a domain that does not apply is for the tree.
    fn on_criteria(&self, sheet: &Sheet) -> bool {
        sheet.entries().iter().all(|(node, _)| self.compiled.tree.is_leaf(*node))
    }

    #[inline]
    fn add_to(&self, sum: &mut Sum, leaf: &Leaf<'_>, sheet: &Sheet) {
        let entered = sum.enters(leaf.node, sheet);
        let direct = leaf.rule.as_ref().filter(|_| !entered).and_then(|rule| rule.points(sheet.values()));
        let earned = match direct.or_else(|| self.by_tree(leaf, sheet)) {
            Some(Earned::Points(earned)) => Some(earned),
            Some(Earned::NotApplicable) => match leaf.not_applicable {
                Some(NotApplicable::Full) => Some(leaf.max),
                Some(NotApplicable::Zero) => Some(0),
                Some(NotApplicable::LeaveOut) => {
                    sum.max -= leaf.max;
                    Some(0)
                }
                Some(NotApplicable::Rescale) | None => None,
            },
            None => None,
        };
        match earned.and_then(|earned| sum.points.checked_add(earned)) {
            Some(points) => sum.points = points,
            None => sum.plain = false,
        }
    }

    /// Rounds the sum of a domain, where the set does so.
    fn close(&self, group: &Group<'_>, sum: &mut Sum) {
        if self.at != RoundAt::Level || !sum.plain {
            return;
        }
        let rounding = self.compiled.set.settings.rounding;
        let rounded = |points: Number| points.round(rounding.digits, rounding.mode).min(group.full.clone());
        let ends = bounds(sum.points, group.leaves.len()).map(|ends| ends.map(rounded));
        let decided = ends.and_then(|[low, high]| (low == high).then_some(low));
        let scale = Number::whole(10_i64.pow(u32::from(rounding.digits.get())));
        let units = decided.and_then(|points| (points * scale).to_whole());
        match units.and_then(|units| sum.rounded.checked_add(units)) {
            Some(rounded) => (sum.rounded, sum.points) = (rounded, 0),
            None => sum.plain = false,
        }
    }

    fn total(&self, sum: &Sum) -> Option<Total> {
        if !sum.plain || sum.max == 0 {
            return None;
        }
        let digits = self.compiled.set.settings.rounding.digits;
        match self.at {
            RoundAt::Leaf => Some(self.of(Number::scaled(sum.points, digits), sum.max)),
            RoundAt::Level => Some(self.of(Number::scaled(sum.rounded, digits), sum.max)),
            RoundAt::End => self.decided(sum),
        }
    }

    fn of(&self, points: Number, max: i64) -> Total {
        let max = Number::scaled(max, self.digits);
        Total::of(self.compiled, Sums { points, max, bonus: Number::ZERO, penalty: Number::ZERO })
    }

    /// The total, where the least and the greatest sum that the criteria can have are published alike.
    fn decided(&self, sum: &Sum) -> Option<Total> {
        let leaves = self.groups.iter().map(|group| group.leaves.len()).sum();
        let ends = bounds(sum.points, leaves)?.map(|points| self.of(points.max(Number::ZERO), sum.max));
        let [Total::Complete(mut low), Total::Complete(high)] = ends else { return None };
        low.exact_index = None;
        (low.points == high.points && low.index == high.index).then_some(Total::Complete(low))
    }

    /// What the general evaluator says of one criterion, where that can be added up.
    fn by_tree(&self, of: &Leaf<'_>, sheet: &Sheet) -> Option<Earned> {
        let cell = match self.at {
            RoundAt::Leaf => leaf(self.compiled, sheet, &self.stage, &|_| None, of.node, &mut ()),
            RoundAt::Level | RoundAt::End => {
                unrounded(self.compiled, sheet, &self.stage, &|_| None, of.node, &mut ())
            }
        };
        match cell {
            Cell::Points(points) => {
                Some(Earned::Points(self.scaled(&points.round(self.digits, RoundMode::HalfUp))?))
            }
            Cell::LeftOut => Some(Earned::NotApplicable),
            Cell::NotScored | Cell::Rescaled | Cell::Information | Cell::Failed(_) => None,
        }
    }
}

/// The least and the greatest sum of so many criteria that were rounded to [`FINE`] digits: each is half a unit off at most.
fn bounds(points: i64, leaves: usize) -> Option<[Number; 2]> {
    let (twice, loose) = (points.checked_mul(2)?, i64::try_from(leaves).ok()?);
    let halves = 2 * 10_i64.pow(u32::from(FINE.get()));
    Some([
        Number::ratio(twice.checked_sub(loose)?, halves)?,
        Number::ratio(twice.checked_add(loose)?, halves)?,
    ])
}

/// Whether a sheet is empty. Looks at every value, though the first might do: whoever goes on to add them up finds them
/// in the processor's cache, which takes a fifth off the time.
fn nothing_in(sheet: &Sheet) -> bool {
    let missing = sheet.values().iter().filter(|value| matches!(value, Value::Missing)).count();
    missing == sheet.values().len() && sheet.entries().is_empty()
}
