//! Sums: a node from its children, the total from the domains, bonus and penalty within their caps.

use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Part};
use parindex_rulebook::settings::RoundAt;

use super::{Cell, UnitScore};

/// A node summed from its children.
pub(crate) struct Branch {
    /// Its points.
    pub cell: Cell,
    /// Its applicable maximum, where it is not the full one.
    pub reduced: Option<Number>,
}

/// All domains of a set, added up as one node.
pub(crate) struct Roots {
    /// The domains.
    pub nodes: Vec<usize>,
    pub points: Number,
    pub max: Number,
    /// Where they were scaled up: what they had, of which maximum.
    pub scaled: Option<(Number, Number)>,
    /// Something that applies has no points yet.
    pub open: bool,
    /// Something applies at all.
    pub counted: bool,
}

/// What children add up to before any rescaling.
#[derive(Default)]
struct Sum {
    points: Number,
    /// What does not apply below and has left the maximum.
    left_out: Number,
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
            _ => self.own_max(compiled, node).clone(),
        }
    }

    /// The maximum of a node that applies.
    fn own_max<'s>(&'s self, compiled: &'s Compiled, node: usize) -> &'s Number {
        let reduced = self.reduced.iter().find(|(other, _)| *other == node);
        reduced.map_or_else(|| compiled.full(node), |(_, max)| max)
    }

    pub(crate) fn branch(&self, compiled: &Compiled, node: usize) -> Branch {
        let mut sum = self.sum_below(compiled, node);
        if compiled.tree.part(node) != Part::Main {
            // What stands outside the maximum is cut at its own cap, and what is open there counts as nothing yet.
            let max = compiled.max(node);
            return Branch { cell: Cell::Points(sum.points.min(max.clone())), reduced: Some(max.clone()) };
        }
        if !sum.counted {
            let cell = match (sum.rescaled.is_zero(), sum.information) {
                (false, _) => Cell::Rescaled,
                (true, true) => Cell::Information,
                (true, false) => Cell::LeftOut,
            };
            // What is rescaled stays for the siblings above; what was left out is gone.
            let reduced = if cell == Cell::Rescaled { sum.rescaled } else { Number::ZERO };
            return Branch { cell, reduced: Some(reduced) };
        }
        let reduced = (!sum.left_out.is_zero()).then(|| compiled.full(node).clone() - sum.left_out.clone());
        sum.scale_up(reduced.as_ref().unwrap_or_else(|| compiled.full(node)));
        if sum.open {
            return Branch { cell: Cell::NotScored, reduced };
        }
        let rounding = compiled.set.settings.rounding;
        // Scaling makes new digits, which a set that adds up rounded points does not keep.
        let points = match rounding.at {
            RoundAt::Leaf if !sum.rescaled.is_zero() => sum.points.round(rounding.digits, rounding.mode),
            RoundAt::Leaf | RoundAt::Level | RoundAt::End => sum.points,
        };
        Branch { cell: Cell::Points(points), reduced }
    }

    /// What the children of a node add up to: their points before rounding, where the set rounds every level.
    fn sum_below(&self, compiled: &Compiled, node: usize) -> Sum {
        self.sum_of(compiled, compiled.addends(node), |child| self.addend(child))
    }

    fn sum_of<'s>(
        &'s self,
        compiled: &Compiled,
        nodes: &[usize],
        points: impl Fn(usize) -> Option<&'s Number>,
    ) -> Sum {
        let mut sum = Sum::default();
        for node in nodes.iter().copied() {
            match self.cell(node) {
                Cell::Points(shown) => {
                    sum.points = &sum.points + points(node).unwrap_or(shown);
                    sum.counted = true;
                }
                Cell::NotScored | Cell::Failed(_) => {
                    sum.points = &sum.points + &self.so_far(compiled, node);
                    (sum.counted, sum.open) = (true, true);
                }
                Cell::Rescaled => {
                    let rest = self.own_max(compiled, node);
                    sum.rescaled = &sum.rescaled + rest;
                    sum.left_out = sum.left_out + (compiled.full(node).clone() - rest.clone());
                }
                Cell::Information => {
                    sum.information = true;
                    sum.left_out = &sum.left_out + compiled.full(node);
                }
                Cell::LeftOut => sum.left_out = &sum.left_out + compiled.full(node),
            }
            if let Some((_, max)) = self.reduced.iter().find(|(other, _)| *other == node)
                && !matches!(self.cell(node), Cell::LeftOut | Cell::Rescaled | Cell::Information)
            {
                sum.left_out = sum.left_out + (compiled.full(node).clone() - max.clone());
            }
        }
        sum
    }

    /// For a node whose children were scaled up: what they had, of which maximum.
    #[must_use]
    pub fn rescaled(&self, compiled: &Compiled, node: usize) -> Option<(Number, Number)> {
        let sum = self.sum_below(compiled, node);
        let there = self.own_max(compiled, node).clone() - sum.rescaled.clone();
        (!sum.rescaled.is_zero() && sum.counted).then_some((sum.points, there))
    }

    /// The points under an open node that are there already, scaled up as they will be once it is complete.
    #[must_use]
    pub fn so_far(&self, compiled: &Compiled, node: usize) -> Number {
        if compiled.addends(node).is_empty() {
            return Number::ZERO;
        }
        let mut sum = self.sum_below(compiled, node);
        sum.scale_up(self.own_max(compiled, node));
        sum.points
    }

    pub(crate) fn roots(&self, compiled: &Compiled) -> Roots {
        let main: Vec<usize> =
            compiled.roots.iter().copied().filter(|node| compiled.tree.part(*node) == Part::Main).collect();
        let mut sum = self.sum_of(compiled, &main, |node| self.cell(node).points());
        let full: Number = main.iter().map(|node| compiled.full(*node)).sum();
        let mut max = full - sum.left_out.clone();
        if !sum.counted {
            max = Number::ZERO;
        }
        let scaled = (!sum.rescaled.is_zero() && sum.counted)
            .then(|| (sum.points.clone(), max.clone() - sum.rescaled.clone()));
        sum.scale_up(&max);
        let rounding = compiled.set.settings.rounding;
        if !sum.rescaled.is_zero() && rounding.at != RoundAt::End {
            sum.points = sum.points.round(rounding.digits, rounding.mode);
        }
        Roots { nodes: main, points: sum.points, max, scaled, open: sum.open, counted: sum.counted }
    }

    /// Whether a bonus or penalty has no answer; what is merely not entered there counts as nothing.
    pub(super) fn fails_outside(&self, compiled: &Compiled) -> bool {
        let outside = |node: &usize| compiled.tree.part(*node) != Part::Main;
        compiled.has_outside()
            && (0..self.cells.len()).filter(outside).any(|node| matches!(self.cell(node), Cell::Failed(_)))
    }

    /// All bonus or all penalty points, each part within its node's cap and together within the set's.
    pub(super) fn outside(&self, compiled: &Compiled, part: Part) -> Number {
        let sum: Number = compiled.outside(part).filter_map(|node| self.cell(node).points()).sum();
        cap(compiled, part).map_or(sum.clone(), |cap| sum.min(cap.clone()))
    }
}

/// The most that all bonus or all penalty points together come to.
pub(crate) fn cap(compiled: &Compiled, part: Part) -> Option<&Number> {
    let settings = &compiled.set.settings;
    if part == Part::Bonus { settings.bonus_cap.as_ref() } else { settings.penalty_cap.as_ref() }
}

impl Sum {
    /// Scales what is there up to the whole maximum, where siblings stand for what does not apply.
    fn scale_up(&mut self, whole: &Number) {
        if self.rescaled.is_zero() {
            return;
        }
        let there = whole.clone() - self.rescaled.clone();
        if let Some(points) = (&self.points * whole).checked_div(&there) {
            self.points = points;
        }
    }
}
