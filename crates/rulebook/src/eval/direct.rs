//! Rules made ready for whole numbers: the same points in a fraction of the time.
//!
//! Where all figures are small whole numbers and points are rounded at once, 64-bit arithmetic gives the same result as
//! the general evaluator does; a property test holds both together. Wherever there is more to say (a missing figure,
//! a failure, a number that does not fit), the answer is `None` and the general evaluator speaks.

use jiff::civil::Date;

use super::{Outcome, Slot};
use crate::calendar::Calendar;
use crate::input::Value;
use crate::number::{Digits, Number};
use crate::rule::{Range, Rule, Steps, ZeroDenominator};

mod fraction;
mod make;
mod share;

use fraction::{Figures, Fraction, Snag};
use make::Making;
use share::Share;

/// A rule of one criterion, ready for whole numbers.
#[derive(Clone, Debug)]
pub struct Direct<'r> {
    shape: Shape<'r>,
    zero: Option<Earned>,
    zero_ratio: Option<Fraction>,
    max: Fraction,
    unit: Unit,
}

/// What a rule gives: points as a count of the smallest unit that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earned {
    /// So many hundredths, when two digits are kept.
    Points(i64),
    /// The criterion does not apply.
    NotApplicable,
}

type Expr = crate::expr::Expr<Slot>;

#[derive(Clone, Debug)]
enum Shape<'r> {
    Share(&'r Expr, Share),
    Survey(Vec<(Slot, i64)>),
    Choice(Slot, Vec<Earned>),
    Counted { start: Fraction, terms: Vec<(&'r Expr, Fraction)>, cap: Fraction },
    Bands(&'r Expr, Vec<(&'r Range, Earned)>),
    Sum(Vec<(Fraction, &'r Expr, Option<Fraction>)>),
    Steps(&'r Steps<Slot>),
    NoBreach(&'r [Slot], Earned),
    Deadline { done: Slot, until: Vec<(Date, Earned)>, never: Option<Earned> },
    Cases(Slot, Vec<Shape<'r>>),
    Formula(&'r Expr),
}

/// The maximum and the smallest unit of points.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// How many of it make a point.
    scale: i64,
    /// The maximum in it.
    max: i64,
}

impl<'r> Direct<'r> {
    /// A rule against a maximum, its points rounded half up to `digits`; `None` when whole numbers cannot do it.
    #[must_use]
    pub fn new(rule: &'r Rule<Slot>, max: &Number, digits: Digits, calendar: &Calendar) -> Option<Self> {
        let scale = 10_i64.pow(u32::from(digits.get()));
        let max = Fraction::of(max)?;
        let unit = Unit { scale, max: max.times(scale)?.whole()? };
        let (mut zero, mut zero_ratio) = (None, None);
        match &rule.zero {
            ZeroDenominator::Unstated => {}
            ZeroDenominator::Ratio(percent) => zero_ratio = Some(Fraction::of(percent)?.over(100)?),
            ZeroDenominator::Full => zero = Some(Earned::Points(unit.max)),
            ZeroDenominator::Points(points) => zero = Some(unit.earned(Fraction::of(points)?)?),
            ZeroDenominator::NotApplicable => zero = Some(Earned::NotApplicable),
        }
        let shape = Making { max, unit, calendar }.shape(&rule.body)?;
        Some(Self { shape, zero, zero_ratio, max, unit })
    }

    /// The rounded points for a unit's values; `None` when the general evaluator has to speak.
    #[must_use]
    #[inline]
    pub fn points(&self, values: &[Value]) -> Option<Earned> {
        let figures = Figures { values, max: self.max, zero_ratio: self.zero_ratio.as_ref() };
        match self.unit.points(&self.shape, &figures) {
            Ok(earned) => Some(earned),
            Err(Snag::ZeroDenominator) => self.zero,
            Err(Snag::Missing | Snag::Other) => None,
        }
    }
}

impl Unit {
    /// Points within 0 and the maximum, rounded half up.
    #[inline]
    fn earned(self, points: Fraction) -> Option<Earned> {
        if points.num <= 0 {
            return Some(Earned::Points(0));
        }
        let scaled = points.num.checked_mul(self.scale)?;
        if scaled >= self.max.checked_mul(points.den)? {
            return Some(Earned::Points(self.max));
        }
        let (quotient, rest) = (scaled / points.den, scaled % points.den);
        Some(Earned::Points(quotient + i64::from(rest >= points.den - rest)))
    }

    fn points(self, shape: &Shape<'_>, figures: &Figures<'_>) -> Result<Earned, Snag> {
        let earned = match shape {
            Shape::Share(measure, limits) => limits.earned(self, measure, figures)?,
            Shape::Survey(answers) => self.earned(survey(answers, figures)?),
            Shape::Choice(input, options) => options.get(figures.option(*input)?).copied(),
            Shape::Counted { start, terms, cap } => self.earned(counted(*start, terms, *cap, figures)?),
            Shape::Bands(measure, bands) => {
                let value = figures.value(measure)?;
                let band = bands.iter().find(|(range, _)| value.lies_in(range));
                band.map(|(_, earned)| *earned)
            }
            Shape::Sum(terms) => self.earned(sum(terms, figures)?),
            Shape::Steps(rule) => self.earned(steps(rule, figures)?),
            Shape::NoBreach(inputs, otherwise) => {
                // Every input must be there: a missing one might be the breach.
                let mut breach = false;
                for input in *inputs {
                    breach |= figures.input(*input)?.num != 0;
                }
                Some(if breach { *otherwise } else { Earned::Points(self.max) })
            }
            Shape::Deadline { done, until, never } => match figures.values.get(done.index()) {
                Some(Value::Date(date)) => {
                    until.iter().find(|(day, _)| date <= day).map(|(_, earned)| *earned)
                }
                Some(Value::Missing | Value::NotDone) => *never,
                _ => None,
            },
            Shape::Cases(pick, cases) => {
                let case = cases.get(figures.option(*pick)?).ok_or(Snag::Other)?;
                return self.points(case, figures);
            }
            Shape::Formula(expr) => self.earned(figures.value(expr)?),
        };
        earned.ok_or(Snag::Other)
    }
}

fn survey(answers: &[(Slot, i64)], figures: &Figures<'_>) -> Result<Fraction, Snag> {
    let (mut forms, mut weighted) = (0_i64, 0_i64);
    for (input, percent) in answers {
        // Small counts and percentages: the sums of a form's answers stay far below 63 bits.
        let count = figures.values.get(input.index()).and_then(share::count).ok_or(Snag::Other)?;
        weighted += count * percent;
        forms += count;
    }
    let share = figures.divide(Fraction { num: weighted, den: 100 }, Fraction { num: forms, den: 1 })?;
    share.multiply(figures.max)
}

fn counted(
    start: Fraction,
    terms: &[(&Expr, Fraction)],
    cap: Fraction,
    figures: &Figures<'_>,
) -> Result<Fraction, Snag> {
    let mut sum = start;
    for (count, each) in terms {
        sum = sum.add(figures.value(count)?.multiply(*each)?)?;
    }
    Ok(if cap.less(sum)? { cap } else { sum })
}

fn sum(terms: &[(Fraction, &Expr, Option<Fraction>)], figures: &Figures<'_>) -> Result<Fraction, Snag> {
    let mut sum = Fraction::ZERO;
    for (weight, measure, cap) in terms {
        let full = figures.value(measure)?.multiply(*weight)?;
        let points = match cap {
            Some(cap) if cap.less(full)? => *cap,
            _ => full,
        };
        sum = sum.add(points)?;
    }
    Ok(sum)
}

fn steps(rule: &Steps<Slot>, figures: &Figures<'_>) -> Result<Fraction, Snag> {
    let fixed = |number: &Number| Fraction::of(number).ok_or(Snag::Other);
    let over = figures.value(&rule.measure)?.add(fixed(&rule.base_to)?.negate()?)?;
    let step = Fraction::of(&rule.step).filter(|step| step.num > 0).ok_or(Snag::Other)?;
    let steps = if over.num <= 0 { 0 } else { over.divide(step)?.floor() };
    let sum = fixed(&rule.base)?.add(fixed(&rule.each)?.times(steps).ok_or(Snag::Other)?)?;
    match rule.cap.as_ref().map(fixed).transpose()? {
        Some(cap) if cap.less(sum)? => Ok(cap),
        _ => Ok(sum),
    }
}

impl Earned {
    /// As the general evaluator says it, with the digits that were kept.
    #[must_use]
    pub fn outcome(self, digits: Digits) -> Outcome {
        match self {
            Self::Points(points) => Outcome::Points(Number::scaled(points, digits)),
            Self::NotApplicable => Outcome::NotApplicable,
        }
    }
}
