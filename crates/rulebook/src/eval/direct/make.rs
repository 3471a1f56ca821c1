//! From a rule to its shape in whole numbers.

use jiff::civil::Date;

use super::fraction::Fraction;
use super::share::Share;
use super::{Earned, Expr, Shape, Slot, Unit};
use crate::calendar::{Calendar, next};
use crate::number::Number;
use crate::rule::{Anchor, Award, Body, DayCount, Deadline, Each, Term};

/// What a shape is made from.
pub(super) struct Making<'a> {
    pub max: Fraction,
    pub unit: Unit,
    pub calendar: &'a Calendar,
}

impl Making<'_> {
    pub fn shape<'r>(&self, body: &'r Body<Slot>) -> Option<Shape<'r>> {
        Some(match body {
            Body::Proportional { measure, full_from, zero_below } => {
                let full = full_from.as_ref().map_or(Some(Fraction::ONE), Fraction::of);
                let zero_below =
                    zero_below.as_ref().map(|below| Fraction::of(below).ok_or(())).transpose().ok()?;
                Shape::Share(measure, Share { full: full.filter(|full| full.num > 0)?, zero_below })
            }
            Body::Sipas { share } => Shape::Share(share, Share { full: Fraction::ONE, zero_below: None }),
            Body::Survey { answers } => {
                let worth =
                    |percent: &Number| percent.to_whole().filter(|percent| (0..=100).contains(percent));
                Shape::Survey(
                    answers
                        .iter()
                        .map(|each| Some((each.input, worth(&each.percent)?)))
                        .collect::<Option<_>>()?,
                )
            }
            Body::Choice { input, options } => Shape::Choice(
                *input,
                options.iter().map(|option| self.award(&option.then)).collect::<Option<_>>()?,
            ),
            Body::PerUnit { terms, cap } => {
                let cap = cap.as_ref().map_or(Some(self.max), |cap| self.points(cap))?;
                Shape::Counted { start: Fraction::ZERO, terms: self.terms(terms, 1)?, cap }
            }
            Body::Deduct { terms } => {
                Shape::Counted { start: self.max, terms: self.terms(terms, -1)?, cap: self.max }
            }
            Body::Bands { measure, bands } => {
                let bands = bands.iter().map(|band| Some((&band.range, self.award(&band.award)?)));
                Shape::Bands(measure, bands.collect::<Option<_>>()?)
            }
            Body::WeightedSum { terms } => Shape::Sum(terms.iter().map(part).collect::<Option<_>>()?),
            Body::NoBreach { inputs, otherwise } => Shape::NoBreach(inputs, self.award(otherwise)?),
            Body::Deadline(deadline) => self.deadline(deadline)?,
            Body::Cases { pick, cases } => {
                Shape::Cases(*pick, cases.iter().map(|case| self.shape(&case.then)).collect::<Option<_>>()?)
            }
            Body::Formula(expr) => Shape::Formula(expr),
            Body::Steps(steps) => Shape::Steps(steps),
            Body::Judgement { .. } | Body::Information | Body::FromParent | Body::When { .. } => return None,
        })
    }

    /// Points of an award that needs no figures, exact.
    fn points(&self, award: &Award<Slot>) -> Option<Fraction> {
        match award {
            Award::Points(points) => Fraction::of(points),
            Award::Share(percent) => Fraction::of(percent)?.over(100)?.multiply(self.max).ok(),
            Award::Full => Some(self.max),
            Award::NotApplicable => Some(Fraction::ZERO),
            Award::Formula(_) => None,
        }
    }

    fn award(&self, award: &Award<Slot>) -> Option<Earned> {
        match award {
            Award::NotApplicable => Some(Earned::NotApplicable),
            other => self.unit.earned(self.points(other)?),
        }
    }

    fn terms<'r>(&self, terms: &'r [Each<Slot>], sign: i64) -> Option<Vec<(&'r Expr, Fraction)>> {
        terms.iter().map(|each| Some((&each.count, self.points(&each.award)?.times(sign)?))).collect()
    }

    /// The last day of each tier; what is later still is left to the general evaluator.
    fn deadline<'r>(&self, rule: &'r Deadline<Slot>) -> Option<Shape<'r>> {
        let Anchor::Fixed(fixed) = rule.due.anchor else { return None };
        let due = match (rule.due.shift, rule.due.days) {
            (0, _) => fixed,
            (shift, DayCount::Calendar) => next(fixed, shift).ok()?,
            (shift, DayCount::Working) => self.calendar.shift(fixed, shift).ok()?,
        };
        let mut until = vec![(due, self.award(&rule.in_time)?)];
        for tier in &rule.late {
            let last = match tier.count {
                DayCount::Calendar => next(due, tier.days).ok()?,
                DayCount::Working => self.last_day(due, tier.days)?,
            };
            until.push((last, self.award(&tier.award)?));
        }
        let never = rule.never.as_ref().map(|award| self.award(award).ok_or(())).transpose().ok()?;
        Some(Shape::Deadline { done: rule.done, until, never })
    }

    /// The last day that is at most so many working days late: the day before the next worked one.
    fn last_day(&self, due: Date, days: i64) -> Option<Date> {
        self.calendar.is_working(due).ok()?;
        self.calendar.shift(due, days.checked_add(1)?).ok()?.yesterday().ok()
    }
}

fn part(term: &Term<Slot>) -> Option<(Fraction, &Expr, Option<Fraction>)> {
    let cap = term.cap.as_ref().map(|cap| Fraction::of(cap).ok_or(())).transpose().ok()?;
    Some((Fraction::of(&term.weight)?, &term.measure, cap))
}
