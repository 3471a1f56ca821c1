//! Sums: a node from its children, the total from the domains, bonus and penalty within their caps.

use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Part};
use parindex_rulebook::settings::RoundAt;

use super::{Cell, UnitScore};

/// A node summed from its children.
pub(crate) struct Branch {
    /// Its points.
    pub cell: Cell,
    /// Its applicable maximum.
    pub max: Number,
}

/// The domains together.
pub(super) struct Roots {
    pub points: Number,
    pub max: Number,
    /// Something that applies has no points yet.
    pub open: bool,
}

/// What children add up to before any rescaling.
#[derive(Default)]
struct Sum {
    points: Number,
    max: Number,
    /// The maxima that siblings stand for.
    rescaled: Number,
    counted: bool,
    open: bool,
    information: bool,
}

impl UnitScore {
    /// The applicable maximum of a node: what it can still give.
    #[must_use]
    pub fn max(&self, compiled: &Compiled, node: usize) -> Number {
        match self.cell(node) {
            Cell::LeftOut | Cell::Rescaled | Cell::Information => Number::ZERO,
            _ if compiled.tree.is_leaf(node) => compiled.max(node).clone(),
            _ => self.branch(compiled, node).max,
        }
    }

    pub(crate) fn branch(&self, compiled: &Compiled, node: usize) -> Branch {
        let own = compiled.tree.part(node);
        let mut sum = self.sum_of(compiled, compiled.tree.children(node), own);
        if own != Part::Main {
            // What stands outside the maximum is cut at its own cap, and what is open there counts as nothing yet.
            sum.points = sum.points.min(compiled.max(node).clone());
            return Branch { cell: Cell::Points(sum.points), max: compiled.max(node).clone() };
        }
        if !sum.counted {
            let cell = match (sum.rescaled.is_zero(), sum.information) {
                (false, _) => Cell::Rescaled,
                (true, true) => Cell::Information,
                (true, false) => Cell::LeftOut,
            };
            return Branch { cell, max: Number::ZERO };
        }
        rescale(&mut sum);
        if sum.open {
            return Branch { cell: Cell::NotScored, max: sum.max };
        }
        let rounding = compiled.set.settings.rounding;
        let points = match rounding.at {
            RoundAt::Level => sum.points.round(rounding.digits, rounding.mode),
            RoundAt::Leaf | RoundAt::End => sum.points,
        };
        Branch { cell: Cell::Points(points), max: sum.max }
    }

    fn sum_of(&self, compiled: &Compiled, nodes: &[usize], part: Part) -> Sum {
        let mut sum = Sum::default();
        for node in nodes.iter().copied().filter(|node| compiled.tree.part(*node) == part) {
            match self.cell(node) {
                Cell::Points(points) => {
                    sum.points = &sum.points + points;
                    sum.max = &sum.max + &self.max(compiled, node);
                    sum.counted = true;
                }
                Cell::NotScored | Cell::Failed(_) => {
                    sum.points = &sum.points + &self.so_far(compiled, node);
                    sum.max = &sum.max + &self.max(compiled, node);
                    (sum.counted, sum.open) = (true, true);
                }
                Cell::Rescaled => sum.rescaled = &sum.rescaled + compiled.max(node),
                Cell::Information => sum.information = true,
                Cell::LeftOut => {}
            }
        }
        sum
    }

    /// The points under an open node that are there already.
    fn so_far(&self, compiled: &Compiled, node: usize) -> Number {
        let below = compiled.tree.children(node);
        if below.is_empty() {
            Number::ZERO
        } else {
            self.sum_of(compiled, below, compiled.tree.part(node)).points
        }
    }

    pub(super) fn roots(&self, compiled: &Compiled) -> Roots {
        let mut sum = self.sum_of(compiled, &compiled.roots, Part::Main);
        rescale(&mut sum);
        Roots { points: sum.points, max: sum.max, open: sum.open }
    }

    /// All bonus or all penalty points, each part within its node's cap and together within the set's.
    pub(super) fn outside(&self, compiled: &Compiled, part: Part) -> Number {
        let sum: Number = compiled.outside(part).filter_map(|node| self.cell(node).points()).sum();
        let settings = &compiled.set.settings;
        let cap = if part == Part::Bonus { &settings.bonus_cap } else { &settings.penalty_cap };
        cap.clone().map_or(sum.clone(), |cap| sum.min(cap))
    }
}

/// Scales what is there up to the whole maximum, where siblings stand for what does not apply.
fn rescale(sum: &mut Sum) {
    if sum.rescaled.is_zero() || sum.max.is_zero() {
        return;
    }
    let whole = &sum.max + &sum.rescaled;
    if let Some(points) = (&sum.points * &whole).checked_div(&sum.max) {
        sum.points = points;
    }
    sum.max = whole;
}
