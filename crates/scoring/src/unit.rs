//! The points of one unit: every node of the tree, the total, the index.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::{Facts, Outcome, Slot, Stop, evaluate};
use parindex_rulebook::number::{Number, RoundMode};
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::{Compiled, Method, NotApplicable, Part};
use parindex_rulebook::settings::{IndexFormula, RoundAt};
use parindex_rulebook::trace::{Observe, Step};

use crate::sheet::{Entry, Sheet};

mod branch;

/// What a stage looks at besides the sheet.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// The methods whose criteria count at this stage; all when `None`.
    pub counts: Option<&'a [Method]>,
}

/// The points of one node.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Cell {
    /// It has points.
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

/// A full result.
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
    /// The index before its rounding.
    pub exact_index: Number,
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
        stage: &Stage<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
    ) -> Self {
        let cells = vec![Cell::NotScored; compiled.set.criteria.len()];
        let mut score = Self { cells, reduced: Vec::new(), total: Total::NotScored };
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

    /// The result.
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
        stage: &Stage<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
        leaf: usize,
    ) {
        for node in std::iter::once(leaf).chain(compiled.tree.ancestors(leaf)) {
            self.recompute(compiled, sheet, stage, parent, node);
        }
        self.add_up(compiled, sheet);
    }

    fn recompute(
        &mut self,
        compiled: &Compiled,
        sheet: &Sheet,
        stage: &Stage<'_>,
        parent: &dyn Fn(usize) -> Option<Number>,
        node: usize,
    ) {
        let cell = if compiled.tree.is_leaf(node) {
            leaf(compiled, sheet, stage, parent, node, &mut ())
        } else {
            let branch = self.branch(compiled, node);
            self.reduced.retain(|(other, _)| *other != node);
            if let Some(max) = branch.reduced {
                self.reduced.push((node, max));
            }
            branch.cell
        };
        if let Some(place) = self.cells.get_mut(node) {
            *place = cell;
        }
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
            if rounding.at == RoundAt::Leaf { points } else { points.round(rounding.digits, rounding.mode) };
        let index = exact_index.round(index.digits, RoundMode::HalfUp);
        Self::Complete(Box::new(Complete { points: published, max, bonus, penalty, index, exact_index }))
    }
}

/// The points of one scored criterion; `observer` sees how they come about.
pub(crate) fn leaf<'r>(
    compiled: &'r Compiled,
    sheet: &Sheet,
    stage: &Stage<'_>,
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
    let counts = |methods: &[Method]| criterion.method.is_some_and(|method| methods.contains(&method));
    if stage.counts.is_some_and(|methods| !counts(methods)) {
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
    let facts = Facts { max, values, inputs, entered, parent: above.as_ref(), calendar, due_off };
    let outcome = match entered {
        Some(points) if !rule.is_judgement() => overrule(rule, &facts, points, observer),
        _ => evaluate(rule, &facts, observer),
    };
    match outcome {
        Ok(Outcome::Points(points)) => Cell::Points(rounded(compiled, points, observer)),
        Ok(Outcome::NotApplicable) => not_applicable(criterion.not_applicable, max),
        Ok(Outcome::Information) => Cell::Information,
        Err(Stop::Missing(_) | Stop::NoPoints | Stop::NoParent) => Cell::NotScored,
        Err(stop) => Cell::Failed(Box::new(stop)),
    }
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

fn rounded<'r>(compiled: &Compiled, points: Number, observer: &mut impl Observe<'r>) -> Number {
    let rounding = compiled.set.settings.rounding;
    if rounding.at == RoundAt::End {
        return points;
    }
    let to = points.round(rounding.digits, rounding.mode);
    if to != points {
        let (digits, mode) = (rounding.digits, rounding.mode);
        observer.see(|| Step::Rounded { from: points, to: to.clone(), digits, mode });
    }
    to
}

fn not_applicable(policy: Option<NotApplicable>, max: &Number) -> Cell {
    match policy {
        Some(NotApplicable::Full) => Cell::Points(max.clone()),
        Some(NotApplicable::Zero) => Cell::Points(Number::ZERO),
        Some(NotApplicable::Rescale) => Cell::Rescaled,
        Some(NotApplicable::LeaveOut) => Cell::LeftOut,
        None => Cell::Failed(Box::new(Stop::NotApplicableRefused)),
    }
}
