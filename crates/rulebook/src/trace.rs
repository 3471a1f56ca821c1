//! How points came about: the steps of an evaluation, and the sentence that they make.
//!
//! A sentence can be recomputed: `tests/rules/recompute.rs` does so.

use jiff::civil::Date;

use crate::expr::{Condition, Expr};
use crate::number::{Digits, Number, RoundMode};
use crate::rule::{Award, DayCount, Range, Steps, Weighted};
use crate::slot::Slot;

mod equation;
mod figures;
mod sentence;
mod shown;

pub use sentence::sentence;
pub use shown::{ShownNames, show_expr, show_value};

/// Sees the steps of an evaluation. `()` sees nothing and costs nothing.
pub trait Observe<'r> {
    /// Whether anything is seen at all, so that nothing is gathered for nobody.
    const SEES: bool = true;

    /// Called once for each step; the step is made only when it is wanted.
    fn see(&mut self, step: impl FnOnce() -> Step<'r>);
}

impl<'r> Observe<'r> for () {
    const SEES: bool = false;

    fn see(&mut self, _step: impl FnOnce() -> Step<'r>) {}
}

impl<'r> Observe<'r> for Vec<Step<'r>> {
    fn see(&mut self, step: impl FnOnce() -> Step<'r>) {
        self.push(step());
    }
}

/// One step from inputs to points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'r> {
    /// A person entered the points.
    Entered(Number),
    /// A person set other points than the rule gives, if it gives any.
    Overruled {
        /// What the person set.
        points: Number,
        /// What the rule gives.
        computed: Option<Number>,
    },
    /// The points of the unit above.
    FromParent(Number),
    /// An answer was chosen.
    Chosen {
        /// The answer.
        label: &'r str,
        /// Its worth.
        gives: Awarded<'r>,
    },
    /// Things counted and added up.
    PerUnit {
        /// What was counted.
        parts: Vec<Counted<'r>>,
        /// Before the cap.
        sum: Number,
        /// The cap, when it cut.
        capped: Option<Awarded<'r>>,
    },
    /// Breaches counted and taken off.
    Deducted {
        /// What was counted.
        parts: Vec<Counted<'r>>,
        /// All that is taken off.
        off: Number,
    },
    /// A share and what it earned.
    Share {
        /// The share's expression.
        measure: &'r Expr<Slot>,
        /// Its value.
        share: Number,
        /// Against the thresholds.
        verdict: ShareOutcome,
    },
    /// The band that held the value.
    Band {
        /// The value's expression.
        measure: &'r Expr<Slot>,
        value: Number,
        /// The band.
        range: &'r Range,
        /// Its worth.
        gives: Awarded<'r>,
    },
    /// Weighted ratios added up.
    Sum { parts: Vec<RatioPart<'r>>, sum: Number },
    /// Base points and further steps.
    Steps {
        rule: &'r Steps<Slot>,
        value: Number,
        /// Full steps above the base.
        steps: Number,
        /// The cap, when it cut.
        capped: Option<&'r Number>,
        /// The result.
        points: Number,
    },
    /// Survey answers weighed.
    Survey {
        /// Each answer with its count.
        counts: Vec<(&'r Weighted<Slot>, Number)>,
        forms: Number,
        /// Each count times its worth, added up.
        weighed: Number,
        /// The weighted share.
        share: Number,
        /// The result.
        points: Number,
    },
    /// The satisfaction index.
    Sipas {
        /// The index as an expression.
        measure: &'r Expr<Slot>,
        /// Its value.
        share: Number,
        /// The result.
        points: Number,
    },
    /// Nothing occurred that spoils the points.
    NoBreach,
    /// Something occurred that spoils them.
    Breach {
        /// Which input, and its count.
        breach: Option<(Slot, Number)>,
        /// What is left.
        gives: Awarded<'r>,
    },
    /// A date against its due date.
    Deadline {
        /// The input with the date.
        slot: Slot,
        /// When it was done.
        done: Date,
        /// When it was due.
        due: Date,
        /// From where that is counted, where it is.
        from: Option<DueFrom>,
        /// The day off that the rule names, where the due date moved on from it.
        moved: Option<Date>,
        /// How late, if late.
        late: Option<(i64, DayCount)>,
        /// The result.
        gives: Awarded<'r>,
    },
    /// It was never done.
    NeverDone {
        /// The result.
        gives: Awarded<'r>,
    },
    /// The scorer named this case.
    Case(&'r str),
    /// These conditions held, and with them the arm.
    When(Vec<&'r Condition<Slot>>),
    /// No condition held.
    Otherwise,
    /// A free expression.
    Formula {
        expr: &'r Expr<Slot>,
        /// Its value.
        points: Number,
    },
    /// An input was missing and the rule's substitute used.
    Fallback(Slot),
    /// A denominator was zero; the points that the rule states, or "does not apply".
    ZeroDenominator(Option<Number>),
    /// A denominator was zero and the ratio counts as this percentage.
    ZeroRatio {
        /// The division; none where it is that of survey forms.
        at: Option<&'r Expr<Slot>>,
        percent: &'r Number,
    },
    /// Above the maximum, so the maximum.
    Capped(Number),
    /// Below zero, so zero.
    Floored(Number),
    /// Rounded, as the set declares.
    Rounded {
        /// Before.
        from: Number,
        /// After.
        to: Number,
        /// How many digits.
        digits: Digits,
        mode: RoundMode,
    },
}

impl Step<'_> {
    /// Whether the step found that the criterion does not apply.
    #[must_use]
    pub fn says_not_applicable(&self) -> bool {
        match self {
            Step::Chosen { gives, .. }
            | Step::Band { gives, .. }
            | Step::Breach { gives, .. }
            | Step::Deadline { gives, .. }
            | Step::NeverDone { gives } => gives.points.is_none(),
            Step::ZeroDenominator(points) => points.is_none(),
            _ => false,
        }
    }
}

/// From where a due date is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueFrom {
    pub day: Date,
    /// The input with that day; none where it stands in the rule.
    pub slot: Option<Slot>,
    /// How many days later it is due; earlier where negative.
    pub shift: i64,
    /// Which days are counted.
    pub days: DayCount,
}

/// What the rule states, and what that is in points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awarded<'r> {
    /// As the rule states it.
    pub award: &'r Award<Slot>,
    /// In points; none where it means "does not apply".
    pub points: Option<Number>,
}

/// Something counted and its worth each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<'r> {
    /// What was counted.
    pub what: &'r Expr<Slot>,
    /// Worth each.
    pub each: &'r Award<Slot>,
}

/// One ratio of a weighted sum, with what it gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioPart<'r> {
    /// Points at a ratio of one.
    pub weight: &'r Number,
    /// The ratio's expression.
    pub measure: &'r Expr<Slot>,
    /// Its value.
    pub ratio: Number,
    /// The cap, when it cut.
    pub capped: Option<&'r Number>,
    /// The result.
    pub points: Number,
}

/// A share against its thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareOutcome {
    /// At or above this threshold: full marks.
    Full(Number),
    /// Below this threshold: nothing.
    Below(Number),
    /// In proportion, to the threshold if there is one.
    Scaled {
        /// The threshold.
        full: Option<Number>,
        /// The result.
        points: Number,
    },
}
