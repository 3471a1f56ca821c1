//! The points of one unit: every node of the tree, the total, the index.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::Stop;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Method, Part};
use parindex_rulebook::settings::{IndexFormula, RoundAt};

use crate::sheet::{Entry, Sheet};

pub(crate) mod branch;
mod leaf;

use leaf::not_applicable;
pub(crate) use leaf::{leaf, under_not_applicable, unrounded};

/// What a stage looks at besides the sheet.
#[derive(Clone, Copy)]
pub struct StageRules<'a> {
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// The methods whose criteria count at this stage; all when `None`.
    pub counts: Option<&'a [Method]>,
}

/// The points of one node.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Cell {
    Points(Number),
    /// Nothing was entered yet. Never zero.
    #[default]
    NotScored,
    /// It does not apply, or does not count at this stage, and has left the maximum.
    LeftOut,
    /// It does not apply, and its siblings stand for it.
    Rescaled,
    /// Shown, never scored.
    Information,
    /// Its rule has no answer.
    Failed(Box<Stop>),
}

impl Cell {
    /// The points, if any.
    #[must_use]
    pub fn points(&self) -> Option<&Number> {
        match self {
            Self::Points(points) => Some(points),
            _ => None,
        }
    }
}

/// The points of one unit at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitScore {
    pub(crate) cells: Vec<Cell>,
    /// The applicable maxima of the nodes whose maximum is not the full one.
    pub(crate) reduced: Vec<(usize, Number)>,
    /// The points of each node before its rounding, where a set adds them up that way; else empty.
    pub(crate) unrounded: Vec<Number>,
    pub(crate) total: Total,
}

/// The result of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Total {
    /// Nothing was entered.
    #[default]
    NotScored,
    /// Some criteria have no points yet; what there is so far. No index, no rank: missing is not zero.
    Partial {
        /// The sum so far.
        points: Number,
        /// The applicable maximum of all criteria.
        max: Number,
    },
    /// Every criterion that applies has its points.
    Complete(Box<Complete>),
}

/// The result of a unit with all its points: index and class can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    /// Points as published.
    pub points: Number,
    /// The applicable maximum.
    pub max: Number,
    /// Bonus points within their cap.
    pub bonus: Number,
    /// Penalty points within their cap.
    pub penalty: Number,
    /// The index as published.
    pub index: Number,
    /// The index before its rounding; none where a board decided the digits without it.
    pub exact_index: Option<Number>,
}

impl Total {
    /// The full result, if there is one.
    #[must_use]
    pub fn complete(&self) -> Option<&Complete> {
        match self {
            Self::Complete(complete) => Some(complete),
            _ => None,
        }
    }
}

impl UnitScore {
    /// Scores a sheet. `parent` gives the points of the unit above for a node.
    pub fn new(
        compiled: &Compiled,
        sheet: &Sheet,
        stage: &StageRules<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
    ) -> Self {
        let cells = vec![Cell::NotScored; compiled.set.criteria.len()];
        let unrounded = match compiled.set.settings.rounding.at {
            RoundAt::Level => vec![Number::ZERO; compiled.set.criteria.len()],
            RoundAt::Leaf | RoundAt::End => Vec::new(),
        };
        let mut score = Self { cells, reduced: Vec::new(), unrounded, total: Total::NotScored };
        // Children come after their parent in the walk, so the way back meets them first.
        for node in compiled.walk.iter().rev() {
            score.recompute(compiled, sheet, stage, parent, *node);
        }
        score.add_up(compiled, sheet);
        score
    }

    /// The result from the nodes as they are.
    pub(crate) fn add_up(&mut self, compiled: &Compiled, sheet: &Sheet) {
        self.total = self.sum(compiled, sheet);
    }

    /// The points of a node.
    #[must_use]
    pub fn cell(&self, node: usize) -> &Cell {
        self.cells.get(node).unwrap_or(&Cell::NotScored)
    }

    /// The total of the unit, or why it has none yet.
    #[must_use]
    pub fn total(&self) -> &Total {
        &self.total
    }

    /// The nodes that still lack points, or whose rule has no answer.
    #[must_use]
    pub fn open(&self, compiled: &Compiled) -> Vec<usize> {
        let open = |node: &usize| {
            compiled.tree.is_leaf(*node) && matches!(self.cell(*node), Cell::NotScored | Cell::Failed(_))
        };
        compiled.walk.iter().copied().filter(open).collect()
    }

    /// Recomputes a leaf that changed, and only what stands above it.
    pub(crate) fn update(
        &mut self,
        compiled: &Compiled,
        sheet: &Sheet,
        stage: &StageRules<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
        leaf: usize,
    ) {
        // Of a domain everything below may apply now, or no more.
        let is_below = |node: &usize| compiled.tree.ancestors(*node).any(|above| above == leaf);
        let leaf_alone = compiled.tree.is_leaf(leaf);
        let below: Vec<usize> = if leaf_alone {
            Vec::new()
        } else {
            compiled.walk.iter().rev().copied().filter(is_below).collect()
        };
        for node in below.into_iter().chain(std::iter::once(leaf)).chain(compiled.tree.ancestors(leaf)) {
            self.recompute(compiled, sheet, stage, parent, node);
        }
        self.add_up(compiled, sheet);
    }

    fn recompute(
        &mut self,
        compiled: &Compiled,
        sheet: &Sheet,
        stage: &StageRules<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
        node: usize,
    ) {
        let cell = if compiled.tree.is_leaf(node) {
            unrounded(compiled, sheet, stage, parent, node, &mut ())
        } else {
            self.reduced.retain(|(other, _)| *other != node);
            self.sum_up(compiled, sheet, stage, node)
        };
        if let (Some(place), Cell::Points(points)) = (self.unrounded.get_mut(node), &cell) {
            *place = points.clone();
        }
        if let Some(place) = self.cells.get_mut(node) {
            *place = cell.rounded(compiled, node);
        }
    }

    /// A node from its children, unless the whole of it does not apply.
    fn sum_up(&mut self, compiled: &Compiled, sheet: &Sheet, stage: &StageRules<'_>, node: usize) -> Cell {
        if under_not_applicable(compiled, sheet, node) {
            return Cell::LeftOut;
        }
        if *sheet.entry(node) == Entry::NotApplicable {
            return self.leave_out(compiled, stage, node);
        }
        let branch = self.branch(compiled, node);
        if let Some(max) = branch.reduced {
            self.reduced.push((node, max));
        }
        branch.cell
    }

    /// A whole node that does not apply: its policy is about what counts at the stage.
    fn leave_out(&mut self, compiled: &Compiled, stage: &StageRules<'_>, node: usize) -> Cell {
        // What stands outside the maximum gives nothing where it does not apply, and takes nothing.
        if compiled.tree.part(node) != Part::Main {
            self.reduced.push((node, compiled.max(node).clone()));
            return Cell::Points(Number::ZERO);
        }
        let max = stage.max_below(compiled, node);
        if max.is_zero() {
            return Cell::LeftOut;
        }
        let policy = compiled.set.criteria.get(node).and_then(|criterion| criterion.not_applicable);
        let cell = not_applicable(policy, &max);
        if max != *compiled.full(node) && !matches!(cell, Cell::LeftOut) {
            self.reduced.push((node, max));
        }
        cell
    }

    /// What a node adds to the sum above it: its points, or those before their rounding.
    #[must_use]
    pub fn addend(&self, node: usize) -> Option<&Number> {
        let points = self.cell(node).points()?;
        Some(self.unrounded.get(node).unwrap_or(points))
    }

    fn sum(&self, compiled: &Compiled, sheet: &Sheet) -> Total {
        // Rules may say what an absent date earns; a unit that entered nothing at all is still not scored.
        if sheet.is_empty() && !compiled.takes_parent {
            return Total::NotScored;
        }
        let main = self.roots(compiled);
        let bonus = self.outside(compiled, Part::Bonus);
        let penalty = self.outside(compiled, Part::Penalty);
        let points = (main.points + bonus.clone() - penalty.clone()).max(Number::ZERO);
        if main.open || self.fails_outside(compiled) {
            return if sheet.is_empty() && points.is_zero() {
                Total::NotScored
            } else {
                Total::Partial { points, max: main.max }
            };
        }
        if !main.counted {
            return Total::NotScored;
        }
        Total::of(compiled, Sums { points, max: main.max, bonus, penalty })
    }
}

/// What a full result is made of.
pub(crate) struct Sums {
    pub points: Number,
    pub max: Number,
    pub bonus: Number,
    pub penalty: Number,
}

impl Total {
    /// The index from the sums, and both as published.
    pub(crate) fn of(compiled: &Compiled, sums: Sums) -> Self {
        let Sums { points, max, bonus, penalty } = sums;
        let settings = &compiled.set.settings;
        let (rounding, index) = (settings.rounding, settings.index);
        let exact_index = match index.formula {
            IndexFormula::Points => points.clone(),
            IndexFormula::Share => match (&points * &Number::whole(100)).checked_div(&max) {
                Some(share) => share,
                // Nothing applies, so there is nothing to be a share of.
                None => return Self::NotScored,
            },
        };
        let published =
            if rounding.at == RoundAt::End { points.round(rounding.digits, rounding.mode) } else { points };
        let index = exact_index.round(index.digits, rounding.mode);
        let exact_index = Some(exact_index);
        Self::Complete(Box::new(Complete { points: published, max, bonus, penalty, index, exact_index }))
    }
}
