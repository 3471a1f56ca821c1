//! The evaluator: exact, total, bounded. Every failure is a value that says what is missing or wrong.
//!
//! ```
//! use parindex_rulebook::calendar::Calendar;
//! use parindex_rulebook::eval::{Facts, Outcome, evaluate};
//! use parindex_rulebook::input::Value;
//! use parindex_rulebook::{notation, number::Number, settings::DueOff, slot::Slot};
//!
//! let rule = notation::parse("theo tỷ lệ b/a; từ 90% được điểm tối đa").unwrap();
//! let rule = rule.resolve(&mut |name: &String| Ok::<_, ()>(Slot(u32::from(name == "b")))).unwrap();
//! let values = [Value::Number(1271.into()), Value::Number(998.into())];
//! let facts = Facts {
//!     max: &6.into(), values: &values, inputs: &[], entered: None, parent: None, calendar: &Calendar::default(),
//!     due_off: DueOff::Keep, open: false,
//! };
//! let Ok(Outcome::Points(points)) = evaluate(&rule, &facts, &mut ()) else { panic!() };
//! assert_eq!(points.round_half_up(2), "5.23".parse::<Number>().unwrap());
//! ```

use crate::calendar::{Calendar, CalendarError};
use crate::input::{Input, Value};
use crate::number::Number;
use crate::rule::{Award, Body, Rule, ZeroDenominator};
use crate::settings::DueOff;
use crate::slot::Slot;
use crate::trace::{Awarded, Observe, Step};

mod body;
mod deadline;
mod expr;

/// All that a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The criterion's maximum.
    pub max: &'a Number,
    /// The values of the unit, by slot.
    pub values: &'a [Value],
    /// What each slot was declared as.
    pub inputs: &'a [Input],
    /// Points that a person entered for this criterion.
    pub entered: Option<&'a Number>,
    /// What the unit above got for this criterion.
    pub parent: Option<&'a Number>,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// What becomes of a due date on a day off.
    pub due_off: DueOff,
    /// Whether the unit still fills in its sheet: a date that nobody touched is then awaited, and not "never done".
    pub open: bool,
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Points within the maximum, not yet rounded.
    Points(Number),
    /// The criterion does not apply to the unit.
    NotApplicable,
    /// The criterion is shown, never scored.
    Information,
}

/// Why a rule gives nothing. Numbers stand in boxes: every step of an evaluation hands this type back, so it is small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An input was not entered.
    Missing(Slot),
    /// No points were entered.
    NoPoints,
    /// The unit above has no points for this criterion.
    NoParent,
    /// A division by zero whose meaning the rule does not state.
    ZeroDenominator,
    /// An input holds a value of a kind that this rule cannot use.
    WrongKind(Slot),
    /// No band holds this value.
    NoBand(Box<Number>),
    /// Entered points outside 0 to the maximum.
    OutOfRange(Box<Number>),
    /// Entered points that are no multiple of the step.
    OffStep(Box<(Number, Number)>),
    /// A number has grown beyond what any figure can mean.
    TooLarge,
    /// The criterion was marked as not applicable, which its set does not allow.
    NotApplicableRefused,
    /// The calendar does not know the days.
    Calendar(CalendarError),
}

/// The points of one criterion for one unit, before rounding; `observer` sees each step.
///
/// # Errors
/// [`Stop`] when there is no answer.
pub fn evaluate<'r>(
    rule: &'r Rule<Slot>,
    facts: &Facts<'_>,
    observer: &mut impl Observe<'r>,
) -> Result<Outcome, Stop> {
    let mut run = Run { facts, zero: &rule.zero, observer };
    match run.body(&rule.body) {
        Err(Stop::ZeroDenominator) => run.zero_denominator(),
        Ok(Outcome::Points(points)) => Ok(Outcome::Points(run.capped(points))),
        other => other,
    }
}

/// The value of an expression, as cross-checks need it.
///
/// # Errors
/// [`Stop`] when there is none.
pub fn value(expr: &crate::expr::Expr<Slot>, facts: &Facts<'_>) -> Result<Number, Stop> {
    Run { facts, zero: &ZeroDenominator::Unstated, observer: &mut () }.expr(expr)
}

struct Run<'f, 'r, 'o, O> {
    facts: &'f Facts<'f>,
    zero: &'r ZeroDenominator,
    observer: &'o mut O,
}

impl<'r, O: Observe<'r>> Run<'_, 'r, '_, O> {
    fn see(&mut self, step: impl FnOnce() -> Step<'r>) {
        self.observer.see(step);
    }

    fn slot(&self, slot: Slot) -> &Value {
        self.facts.values.get(slot.index()).unwrap_or(&Value::Missing)
    }

    /// What the rule states for a zero denominator.
    fn zero_denominator(&mut self) -> Result<Outcome, Stop> {
        let points = match self.zero {
            ZeroDenominator::Unstated | ZeroDenominator::Ratio(_) => return Err(Stop::ZeroDenominator),
            ZeroDenominator::NotApplicable => {
                self.see(|| Step::ZeroDenominator(None));
                return Ok(Outcome::NotApplicable);
            }
            ZeroDenominator::Full => self.facts.max.clone(),
            ZeroDenominator::Points(points) => points.clone(),
        };
        self.see(|| Step::ZeroDenominator(Some(points.clone())));
        Ok(Outcome::Points(self.capped(points)))
    }

    /// Points never leave 0 to the maximum, whatever a rule says.
    fn capped(&mut self, points: Number) -> Number {
        if points.is_negative() {
            self.see(|| Step::Floored(points));
            return Number::ZERO;
        }
        if points > *self.facts.max {
            self.see(|| Step::Capped(points));
            return self.facts.max.clone();
        }
        points
    }

    fn award(&mut self, award: &'r Award<Slot>) -> Result<Outcome, Stop> {
        Ok(match award {
            Award::NotApplicable => Outcome::NotApplicable,
            other => Outcome::Points(self.award_points(other)?),
        })
    }

    /// What an award gives, and the same for whoever looks on.
    fn awarded(&mut self, award: &'r Award<Slot>) -> Result<(Outcome, Awarded<'r>), Stop> {
        let outcome = self.award(award)?;
        let points = outcome.points().cloned();
        Ok((outcome, Awarded { award, points }))
    }

    /// Points of an award where "does not apply" has no sense (a cap, a deduction): it counts as nothing.
    fn award_points(&mut self, award: &'r Award<Slot>) -> Result<Number, Stop> {
        Ok(match award {
            Award::Points(points) => points.clone(),
            Award::Share(percent) => percent * self.facts.max * Number::hundredths(1),
            Award::Full => self.facts.max.clone(),
            Award::NotApplicable => Number::ZERO,
            Award::Formula(expr) => self.expr(expr)?,
        })
    }

    fn body(&mut self, body: &'r Body<Slot>) -> Result<Outcome, Stop> {
        match body {
            Body::Judgement { step } => self.judgement(step.as_ref()),
            Body::Information => Ok(Outcome::Information),
            Body::FromParent => self.points_of_parent(),
            Body::Choice { input, options } => self.choice(*input, options),
            Body::PerUnit { terms, cap } => self.per_unit(terms, cap.as_ref()),
            Body::Deduct { terms } => self.deduct(terms),
            Body::Proportional { measure, full_from, zero_below } => {
                self.proportional(measure, full_from.as_ref(), zero_below.as_ref())
            }
            Body::Bands { measure, bands } => self.bands(measure, bands),
            Body::WeightedSum { terms } => self.weighted_sum(terms),
            Body::Steps(steps) => self.steps(steps),
            Body::Survey { answers } => self.survey(answers),
            Body::Sipas { share } => self.sipas(share),
            Body::NoBreach { inputs, otherwise } => self.no_breach(inputs, otherwise),
            Body::Deadline(deadline) => self.deadline(deadline),
            Body::Cases { pick, cases } => self.cases(*pick, cases),
            Body::When { arms, otherwise } => self.when(arms, otherwise),
            Body::Formula(expr) => self.formula(expr),
        }
    }
}
