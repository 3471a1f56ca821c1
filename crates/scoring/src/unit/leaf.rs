//! The points of one scored criterion, and what its set makes of those before they are shown.

use parindex_rulebook::eval::{Facts, Outcome, Stop, evaluate};
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::{Compiled, Criterion, Method, NotApplicable};
use parindex_rulebook::settings::{RoundAt, Rounding};
use parindex_rulebook::slot::Slot;
use parindex_rulebook::trace::{Observe, Step};

use super::{Cell, StageRules};
use crate::sheet::{Entry, Sheet};

impl StageRules<'_> {
    /// Whether a criterion is scored at this stage.
    #[must_use]
    pub fn counts(&self, criterion: &Criterion) -> bool {
        criterion.is_scored_among(self.counts)
    }

    /// What the criteria below a node that count can give.
    pub(super) fn max_below(&self, compiled: &Compiled, node: usize) -> Number {
        let below = compiled.addends(node);
        if below.is_empty() {
            let scored = compiled.set.criteria.get(node).is_some_and(|criterion| self.counts(criterion));
            return if scored { compiled.max(node).clone() } else { Number::ZERO };
        }
        below.iter().map(|child| self.max_below(compiled, *child)).sum()
    }
}

impl Cell {
    /// With its points rounded, where the set rounds those of the node. Never above the maximum.
    pub(super) fn rounded(self, compiled: &Compiled, node: usize) -> Self {
        let rounding = compiled.set.settings.rounding;
        let leaf = compiled.tree.is_leaf(node);
        let rounds = match rounding.at {
            RoundAt::Leaf => leaf,
            RoundAt::Level => true,
            RoundAt::End => false,
        };
        match self {
            Self::Points(points) if rounds => {
                let to = points.round(rounding.digits, rounding.mode);
                let max = if leaf { compiled.max(node) } else { compiled.full(node) };
                Self::Points(if points <= *max { to.min(max.clone()) } else { to })
            }
            other => other,
        }
    }
}

/// The points of one scored criterion as they are shown; `observer` sees how they come about.
pub(crate) fn leaf<'r>(
    compiled: &'r Compiled,
    sheet: &Sheet,
    stage: &StageRules<'_>,
    parent: &dyn Fn(usize) -> Option<Number>,
    node: usize,
    observer: &mut impl Observe<'r>,
) -> Cell {
    let exact = unrounded(compiled, sheet, stage, parent, node, observer);
    let shown = exact.clone().rounded(compiled, node);
    if let (Cell::Points(from), Cell::Points(to)) = (&exact, &shown)
        && from != to
    {
        see_rounding(compiled, from, to, observer);
    }
    shown
}

/// That points were rounded, and cut at the maximum where rounding went above it.
fn see_rounding<'r>(compiled: &Compiled, from: &Number, to: &Number, observer: &mut impl Observe<'r>) {
    let Rounding { digits, mode, .. } = compiled.set.settings.rounding;
    let rounded = from.round(digits, mode);
    observer.see(|| Step::Rounded { from: from.clone(), to: rounded.clone(), digits, mode });
    if rounded != *to {
        observer.see(|| Step::Capped(rounded));
    }
}

/// The points of one scored criterion before their rounding; `observer` sees how they come about.
pub(crate) fn unrounded<'r>(
    compiled: &'r Compiled,
    sheet: &Sheet,
    stage: &StageRules<'_>,
    parent: &dyn Fn(usize) -> Option<Number>,
    node: usize,
    observer: &mut impl Observe<'r>,
) -> Cell {
    let (Some(criterion), Some(rule)) = (compiled.set.criteria.get(node), compiled.rules.get(node)) else {
        return Cell::NotScored;
    };
    if criterion.method == Some(Method::Information) {
        return Cell::Information;
    }
    if !stage.counts(criterion) {
        return Cell::LeftOut;
    }
    if under_not_applicable(compiled, sheet, node) {
        return Cell::LeftOut;
    }
    let max = compiled.max(node);
    let entered = match sheet.entry(node) {
        Entry::NotApplicable => return not_applicable(criterion.not_applicable, max),
        Entry::Points(points) => Some(points),
        Entry::Nothing => None,
    };
    let above = if rule.takes_parent() { parent(node) } else { None };
    let (values, inputs, calendar) = (sheet.values(), compiled.inputs.as_slice(), stage.calendar);
    let due_off = compiled.set.settings.due_off;
    let (parent, open) = (above.as_ref(), sheet.is_open());
    let facts = Facts { max, values, inputs, entered, parent, calendar, due_off, open };
    let outcome = match entered {
        Some(points) if !rule.is_judgement() => overrule(rule, &facts, points, observer),
        _ => evaluate(rule, &facts, observer),
    };
    match outcome {
        Ok(Outcome::Points(points)) => Cell::Points(points),
        Ok(Outcome::NotApplicable) => not_applicable(criterion.not_applicable, max),
        Ok(Outcome::Information) => Cell::Information,
        Err(Stop::Missing(_) | Stop::NoPoints | Stop::NoParent) => Cell::NotScored,
        Err(stop) => Cell::Failed(Box::new(stop)),
    }
}

/// Whether something above a criterion does not apply as a whole.
pub(crate) fn under_not_applicable(compiled: &Compiled, sheet: &Sheet, node: usize) -> bool {
    !sheet.entries().is_empty()
        && compiled.tree.ancestors(node).any(|above| *sheet.entry(above) == Entry::NotApplicable)
}

/// A person's points in place of the rule's, within the maximum.
fn overrule<'r>(
    rule: &'r Rule<Slot>,
    facts: &Facts<'_>,
    points: &Number,
    observer: &mut impl Observe<'r>,
) -> Result<Outcome, Stop> {
    if points.is_negative() || points > facts.max {
        return Err(Stop::OutOfRange(Box::new(points.clone())));
    }
    observer.see(|| {
        let computed = evaluate(rule, facts, &mut ()).ok();
        Step::Overruled { points: points.clone(), computed: computed.and_then(|each| each.points().cloned()) }
    });
    Ok(Outcome::Points(points.clone()))
}

pub(super) fn not_applicable(policy: Option<NotApplicable>, max: &Number) -> Cell {
    match policy {
        Some(NotApplicable::Full) => Cell::Points(max.clone()),
        Some(NotApplicable::Zero) => Cell::Points(Number::ZERO),
        Some(NotApplicable::Rescale) => Cell::Rescaled,
        Some(NotApplicable::LeaveOut) => Cell::LeftOut,
        None => Cell::Failed(Box::new(Stop::NotApplicableRefused)),
    }
}
