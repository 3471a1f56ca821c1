//! A rule: how the inputs of one criterion become its points.
//!
//! The 24 ways of scoring that real decisions use are the variants of [`Body`]; the notation in which
//! officials write them is in [`crate::notation`], their exact meaning in [`crate::eval`].

use crate::expr::{Condition, Expr};
use crate::number::Number;

mod calendar;
mod names;
mod resolve;

pub use names::implied_inputs;

/// The whole line of a criterion: its body, and what a zero denominator means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<N> {
    /// How points are found.
    pub body: Body<N>,
    /// The outcome of a division by zero.
    pub zero: ZeroDenominator,
}

/// How points are found. `N` is how inputs are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<N> {
    /// Points are entered by a person, within the maximum.
    Judgement {
        /// Points are multiples of this, when stated.
        step: Option<Number>,
    },
    /// Shown, never scored.
    Information,
    /// The points that the unit above got for the same criterion.
    FromParent,
    /// One of several answers (yes/no, levels).
    Choice {
        /// The input that holds the answer.
        input: N,
        /// The answers and what each earns.
        options: Vec<Labelled<Award<N>>>,
    },
    /// So many points for each thing counted, up to a cap.
    PerUnit {
        /// What is counted and what each earns.
        terms: Vec<Each<N>>,
        /// The most that can be earned; the maximum when not stated.
        cap: Option<Award<N>>,
    },
    /// From the maximum, so many points off for each breach, not below zero.
    Deduct {
        /// What is counted and what each costs.
        terms: Vec<Each<N>>,
    },
    /// In proportion to a share.
    Proportional {
        /// The share.
        measure: Expr<N>,
        /// From here on full marks; below it, share / threshold × maximum.
        full_from: Option<Number>,
        /// Below here no points.
        zero_below: Option<Number>,
    },
    /// Steps over a value.
    Bands {
        /// The value.
        measure: Expr<N>,
        /// The bands, as written.
        bands: Vec<Band<N>>,
    },
    /// A sum of weighted ratios, each with its own cap.
    WeightedSum {
        /// The parts.
        terms: Vec<Term<N>>,
    },
    /// Base points, more for each full step, up to a cap.
    Steps(Steps<N>),
    /// Survey answers, each worth a share of the maximum.
    Survey {
        /// For each answer the input with its count, and what it is worth.
        answers: Vec<Weighted<N>>,
    },
    /// The satisfaction index as a share of the maximum.
    Sipas {
        /// The index.
        share: Expr<N>,
    },
    /// Full marks while none of these occurred; one spoils all.
    NoBreach {
        /// Counts or yes/no inputs.
        inputs: Vec<N>,
        /// What is left once one occurred.
        otherwise: Award<N>,
    },
    /// By how late a date is.
    Deadline(Deadline<N>),
    /// Several rules, of which the scorer names the one that applies.
    Cases {
        /// The input that names the case.
        pick: N,
        cases: Vec<Labelled<Body<N>>>,
    },
    /// Several rules, of which the first whose condition holds applies.
    When {
        /// Conditions and their rules.
        arms: Vec<Arm<N>>,
        /// What applies when no condition holds.
        otherwise: Box<Body<N>>,
    },
    /// Any expression.
    Formula(Expr<N>),
}

/// Something under a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled<T> {
    /// The label as people read it.
    pub label: String,
    /// What stands under it.
    pub then: T,
}

/// What an answer, band or lateness earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Award<N> {
    /// So many points.
    Points(Number),
    /// A percentage of the maximum.
    Share(Number),
    /// The maximum.
    Full,
    /// The criterion does not apply; see its policy.
    NotApplicable,
    /// By an expression.
    Formula(Expr<N>),
}

/// Points for each thing counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each<N> {
    /// What each is worth.
    pub award: Award<N>,
    /// How many there are.
    pub count: Expr<N>,
}

/// A weighted ratio with its own cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term<N> {
    /// Points at a ratio of one.
    pub weight: Number,
    /// The ratio.
    pub measure: Expr<N>,
    /// The most this part can give.
    pub cap: Option<Number>,
}

/// The count of one survey answer and its worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted<N> {
    /// The answer on the form.
    pub label: String,
    /// The input that holds how many gave it.
    pub input: N,
    /// Its worth as a percentage.
    pub percent: Number,
}

/// One step of a band table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band<N> {
    /// Where it holds.
    pub range: Range,
    /// What it earns.
    pub award: Award<N>,
}

/// A range of values; an end that is not given is open.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Range {
    /// The lower end.
    pub from: Option<End>,
    /// The upper end.
    pub to: Option<End>,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    pub at: Number,
    /// Whether the end itself belongs to the range.
    pub included: bool,
    /// Whether it is written as a percentage.
    pub percent: bool,
}

impl Range {
    /// Whether `value` lies in it.
    #[must_use]
    pub fn contains(&self, value: &Number) -> bool {
        let above =
            self.from.as_ref().is_none_or(|end| *value > end.at || (end.included && *value == end.at));
        let below = self.to.as_ref().is_none_or(|end| *value < end.at || (end.included && *value == end.at));
        above && below
    }
}

/// Base points up to a value, then more for each full step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps<N> {
    /// The value.
    pub measure: Expr<N>,
    /// Up to here only the base.
    pub base_to: Number,
    /// The base points.
    pub base: Number,
    /// The size of a step.
    pub step: Number,
    /// Points for each full step.
    pub each: Number,
    /// The most; the maximum when not stated.
    pub cap: Option<Number>,
}

/// Points by how late a date is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline<N> {
    /// The date that is judged.
    pub done: N,
    /// The date it is due.
    pub due: Due<N>,
    /// What being in time earns.
    pub in_time: Award<N>,
    /// What being at most so late earns, in rising order.
    pub late: Vec<Late<N>>,
    /// What being later earns.
    pub later: Award<N>,
    /// What earns when the date is missing; missing stays missing when not stated.
    pub never: Option<Award<N>>,
}

/// A due date: fixed or an input, moved by days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<N> {
    /// Where it starts.
    pub anchor: Anchor<N>,
    /// How many days later (earlier when negative).
    pub shift: i64,
    /// Which days the shift counts.
    pub days: DayCount,
}

/// Where a due date starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor<N> {
    /// A date in the rule.
    Fixed(jiff::civil::Date),
    Input(N),
}

/// A tier of lateness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late<N> {
    /// At most so many days late.
    pub days: i64,
    /// Which days are counted.
    pub count: DayCount,
    /// What it earns.
    pub award: Award<N>,
}

/// Which days a count of days counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Working days by the calendar of the set.
    Working,
}

/// A condition and the rule it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm<N> {
    /// The test.
    pub condition: Condition<N>,
    /// The rule when it holds.
    pub then: Body<N>,
}

/// What a division by zero means for this criterion.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum ZeroDenominator {
    /// Nothing is stated; such a division is an error that names the criterion.
    #[default]
    Unstated,
    /// The ratio counts as this percentage and the calculation goes on.
    Ratio(Number),
    /// Full marks.
    Full,
    /// So many points.
    Points(Number),
    /// The criterion does not apply; see its policy.
    NotApplicable,
}

impl<N> Rule<N> {
    /// Points are entered by hand.
    #[must_use]
    pub fn judgement() -> Self {
        Self { body: Body::Judgement { step: None }, zero: ZeroDenominator::Unstated }
    }

    /// Whether points come from a person, not from inputs.
    #[must_use]
    pub fn is_judgement(&self) -> bool {
        matches!(self.body, Body::Judgement { .. })
    }

    /// Whether a zero denominator can occur.
    #[must_use]
    pub fn divides(&self) -> bool {
        self.body.divides()
    }

    /// Whether the rule can say that the criterion does not apply.
    #[must_use]
    pub fn can_be_not_applicable(&self) -> bool {
        (self.divides() && self.zero == ZeroDenominator::NotApplicable) || self.body.can_be_not_applicable()
    }

    /// Whether points may come from the unit above.
    #[must_use]
    pub fn takes_parent(&self) -> bool {
        self.body.takes_parent()
    }
}

impl<N> Body<N> {
    fn can_be_not_applicable(&self) -> bool {
        let says = |award: &Award<N>| matches!(award, Award::NotApplicable);
        match self {
            Self::Choice { options, .. } => options.iter().any(|option| says(&option.then)),
            Self::Bands { bands, .. } => bands.iter().any(|band| says(&band.award)),
            Self::NoBreach { otherwise, .. } => says(otherwise),
            Self::Deadline(deadline) => {
                let tiers = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
                tiers.chain([&deadline.in_time, &deadline.later]).any(says)
            }
            Self::Cases { cases, .. } => cases.iter().any(|case| case.then.can_be_not_applicable()),
            Self::When { arms, otherwise } => {
                arms.iter().any(|arm| arm.then.can_be_not_applicable()) || otherwise.can_be_not_applicable()
            }
            _ => false,
        }
    }

    fn takes_parent(&self) -> bool {
        match self {
            Self::FromParent => true,
            Self::Cases { cases, .. } => cases.iter().any(|case| case.then.takes_parent()),
            Self::When { arms, otherwise } => {
                arms.iter().any(|arm| arm.then.takes_parent()) || otherwise.takes_parent()
            }
            _ => false,
        }
    }

    /// Whether a zero denominator can occur.
    #[must_use]
    pub fn divides(&self) -> bool {
        let award = |award: &Award<N>| matches!(award, Award::Formula(expr) if expr.divides());
        let each = |each: &Each<N>| each.count.divides() || award(&each.award);
        match self {
            Self::Judgement { .. } | Self::Information | Self::FromParent => false,
            Self::Survey { .. } => true,
            Self::Choice { options, .. } => options.iter().any(|option| award(&option.then)),
            Self::NoBreach { otherwise, .. } => award(otherwise),
            Self::Deadline(deadline) => {
                let tiers = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
                tiers.chain([&deadline.in_time, &deadline.later]).any(award)
            }
            Self::PerUnit { terms, cap } => terms.iter().any(each) || cap.as_ref().is_some_and(award),
            Self::Deduct { terms } => terms.iter().any(each),
            Self::Proportional { measure, .. } | Self::Sipas { share: measure } => measure.divides(),
            Self::Bands { measure, bands } => {
                measure.divides() || bands.iter().any(|band| award(&band.award))
            }
            Self::WeightedSum { terms } => terms.iter().any(|term| term.measure.divides()),
            Self::Steps(steps) => steps.measure.divides(),
            Self::Formula(expr) => expr.divides(),
            Self::Cases { cases, .. } => cases.iter().any(|case| case.then.divides()),
            Self::When { arms, otherwise } => {
                arms.iter().any(|arm| arm.condition.divides() || arm.then.divides()) || otherwise.divides()
            }
        }
    }
}
