//! The total of a unit without its tree: what a ranking of thousands of units needs.
//!
//! Where points are rounded at each criterion, the total is the sum of the criteria, whatever stands between. A tally adds
//! them up in whole numbers and leaves every sheet with more to it (something open, scaled up, failed) to
//! [`UnitScore`](crate::unit::UnitScore), whose total it always equals; a property test holds both together.

use parindex_rulebook::eval::{Direct, Earned};
use parindex_rulebook::input::Value;
use parindex_rulebook::number::{Number, RoundMode};
use parindex_rulebook::set::{Compiled, Method, NotApplicable};
use parindex_rulebook::settings::{DueOff, RoundAt, Rounding};

use crate::sheet::Sheet;
use crate::unit::{Cell, Stage, Sums, Total, leaf};

/// A set at a stage, ready for adding up.
pub(crate) struct Tally<'c> {
    compiled: &'c Compiled,
    stage: Stage<'c>,
    leaves: Vec<Leaf<'c>>,
    /// The maximum of all that counts, in the smallest unit of points.
    max: i64,
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
    max: i64,
    /// Nothing that the tree has to be asked about.
    plain: bool,
    /// How many of the sheet's entries lie behind.
    passed: usize,
}

impl Sum {
    fn new(max: i64) -> Self {
        Self { points: 0, max, plain: true, passed: 0 }
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
    /// `None` for sets whose totals need the tree: rounded at the end, bonus and penalty, points of the unit above.
    pub fn new(compiled: &'c Compiled, stage: Stage<'c>) -> Option<Self> {
        let rounding = compiled.set.settings.rounding;
        let plain = rounding.at != RoundAt::End && rounding.mode == RoundMode::HalfUp;
        if !plain || compiled.has_outside() || compiled.takes_parent {
            return None;
        }
        let mut tally = Self { compiled, stage, leaves: Vec::new(), max: 0 };
        let mut open: Vec<usize> = compiled.roots.clone();
        while let Some(node) = open.pop() {
            open.extend(compiled.addends(node));
            if compiled.tree.is_leaf(node) {
                tally.add(node, rounding)?;
            }
        }
        // In the order of the set, as entries and values stand in a sheet.
        tally.leaves.sort_by_key(|leaf| leaf.node);
        Some(tally)
    }

    fn add(&mut self, node: usize, rounding: Rounding) -> Option<()> {
        let criterion = self.compiled.set.criteria.get(node)?;
        let method = criterion.method?;
        if method == Method::Information
            || self.stage.counts.is_some_and(|methods| !methods.contains(&method))
        {
            return Some(());
        }
        let max = self.scaled(self.compiled.max(node))?;
        let rule = self.compiled.rules.get(node)?;
        // A due date that moves on from a day off is for the general evaluator.
        let stays = self.compiled.set.settings.due_off == DueOff::Keep;
        let direct = || Direct::new(rule, self.compiled.max(node), rounding.digits, self.stage.calendar);
        let rule = stays.then(direct).flatten();
        self.max = self.max.checked_add(max)?;
        self.leaves.push(Leaf { node, max, rule, not_applicable: criterion.not_applicable });
        Some(())
    }

    /// A number in the smallest unit of points.
    fn scaled(&self, number: &Number) -> Option<i64> {
        let scale = 10_i64.pow(u32::from(self.compiled.set.settings.rounding.digits.get()));
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
                sum.plain = !nothing_in(sheet);
            }
            for leaf in &self.leaves {
                for (sheet, sum) in tile.iter().zip(&mut sums) {
                    self.add_to(sum, leaf, sheet);
                }
            }
            totals.extend(sums.iter().take(tile.len()).map(|sum| self.total(sum)));
        }
        totals
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

    fn total(&self, sum: &Sum) -> Option<Total> {
        if !sum.plain || sum.max == 0 {
            return None;
        }
        let number = |count: i64| Number::scaled(count, self.compiled.set.settings.rounding.digits);
        let (points, max) = (number(sum.points), number(sum.max));
        Some(Total::of(self.compiled, Sums { points, max, bonus: Number::ZERO, penalty: Number::ZERO }))
    }

    /// What the general evaluator says of one criterion, where that can be added up.
    fn by_tree(&self, of: &Leaf<'_>, sheet: &Sheet) -> Option<Earned> {
        match leaf(self.compiled, sheet, &self.stage, &|_| None, of.node, &mut ()) {
            Cell::Points(points) => Some(Earned::Points(self.scaled(&points)?)),
            Cell::LeftOut => Some(Earned::NotApplicable),
            Cell::NotScored | Cell::Rescaled | Cell::Information | Cell::Failed(_) => None,
        }
    }
}

/// Whether a sheet is empty. Looks at every value, though the first might do: whoever goes on to add them up finds them
/// in the processor's cache, which takes a fifth off the time.
fn nothing_in(sheet: &Sheet) -> bool {
    let missing = sheet.values().iter().filter(|value| matches!(value, Value::Missing)).count();
    missing == sheet.values().len() && sheet.entries().is_empty()
}
