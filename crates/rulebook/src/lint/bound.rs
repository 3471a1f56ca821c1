//! How many points a rule can give at most, by interval arithmetic over its inputs.

use super::LintProblem;
use crate::expr::{Expr, Function, Op};
use crate::input::{Input, Kind};
use crate::number::Number;
use crate::rule::{Award, Body, Each, Rule};
use crate::slot::Slot;

/// The problem, when a rule can give more than its maximum.
pub(super) fn exceeds(rule: &Rule<Slot>, max: &Number, inputs: &[Input]) -> Option<LintProblem> {
    match (Bound { max, inputs }).body(&rule.body) {
        Most::Points(most) if most > *max => Some(LintProblem::ExceedsMax(most, max.clone())),
        Most::Points(_) => None,
        Most::Unbounded if matches!(rule.body, Body::PerUnit { .. } | Body::Steps(_)) => {
            Some(LintProblem::Unbounded)
        }
        Most::Unbounded => Some(LintProblem::UnboundedFormula),
    }
}

enum Most {
    Points(Number),
    Unbounded,
}

impl Most {
    fn larger(self, other: Self) -> Self {
        match (self, other) {
            (Self::Points(left), Self::Points(right)) => Self::Points(left.max(right)),
            _ => Self::Unbounded,
        }
    }
}

/// The ends between which a value lies; none is open.
#[derive(Clone)]
struct Interval {
    low: Option<Number>,
    high: Option<Number>,
}

impl Interval {
    fn at(value: Number) -> Self {
        Self { low: Some(value.clone()), high: Some(value) }
    }

    fn share() -> Self {
        Self { low: Some(Number::ZERO), high: Some(Number::ONE) }
    }

    fn not_negative() -> Self {
        Self { low: Some(Number::ZERO), high: None }
    }

    fn any() -> Self {
        Self { low: None, high: None }
    }
}

struct Bound<'a> {
    max: &'a Number,
    inputs: &'a [Input],
}

impl Bound<'_> {
    fn body(&self, body: &Body<Slot>) -> Most {
        let within = || Most::Points(self.max.clone());
        match body {
            Body::Judgement { .. }
            | Body::FromParent
            | Body::Deduct { .. }
            | Body::Proportional { .. }
            | Body::Sipas { .. } => within(),
            Body::Information => Most::Points(Number::ZERO),
            Body::Choice { options, .. } => self.most(options.iter().map(|option| &option.then)),
            Body::PerUnit { terms, cap: None } => self.per_unit(terms),
            Body::PerUnit { cap: Some(cap), .. } => self.award(cap),
            Body::Bands { bands, .. } => self.most(bands.iter().map(|band| &band.award)),
            Body::WeightedSum { terms } => {
                let term = |term: &crate::rule::Term<Slot>| match (&term.cap, self.expr(&term.measure).high) {
                    (Some(cap), Some(high)) => Some(cap.clone().min(&high * &term.weight)),
                    (Some(cap), None) => Some(cap.clone()),
                    (None, high) => high.map(|high| &high * &term.weight),
                };
                terms.iter().map(term).sum::<Option<Number>>().map_or(Most::Unbounded, Most::Points)
            }
            Body::Steps(steps) => steps.cap.clone().map_or(Most::Unbounded, Most::Points),
            Body::Survey { answers } => {
                let best = answers
                    .iter()
                    .map(|answer| answer.percent.clone())
                    .reduce(Number::max)
                    .unwrap_or_default();
                Most::Points(&(&best * self.max) * &Number::hundredths(1))
            }
            Body::NoBreach { otherwise, .. } => self.award(otherwise).larger(within()),
            Body::Deadline(deadline) => {
                let awards = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
                self.most(awards.chain([&deadline.in_time, &deadline.later]))
            }
            Body::Cases { cases, .. } => {
                cases.iter().map(|case| self.body(&case.then)).reduce(Most::larger).unwrap_or_else(within)
            }
            Body::When { arms, otherwise } => {
                arms.iter().map(|arm| self.body(&arm.then)).fold(self.body(otherwise), Most::larger)
            }
            Body::Formula(expr) => self.expr(expr).high.map_or(Most::Unbounded, Most::Points),
        }
    }

    fn per_unit(&self, terms: &[Each<Slot>]) -> Most {
        let term = |each: &Each<Slot>| match (self.award(&each.award), self.expr(&each.count).high) {
            (Most::Points(points), Some(count)) => Some(points * count),
            _ => None,
        };
        terms.iter().map(term).sum::<Option<Number>>().map_or(Most::Unbounded, Most::Points)
    }

    fn most<'a>(&self, awards: impl Iterator<Item = &'a Award<Slot>>) -> Most {
        awards.map(|award| self.award(award)).reduce(Most::larger).unwrap_or(Most::Points(Number::ZERO))
    }

    fn award(&self, award: &Award<Slot>) -> Most {
        Most::Points(match award {
            Award::Points(points) => points.clone(),
            Award::Share(percent) => &(percent * self.max) * &Number::hundredths(1),
            Award::Full => self.max.clone(),
            Award::NotApplicable => Number::ZERO,
            Award::Formula(expr) => match self.expr(expr).high {
                Some(high) => high,
                None => return Most::Unbounded,
            },
        })
    }

    fn expr(&self, expr: &Expr<Slot>) -> Interval {
        match expr {
            Expr::Number(value) => Interval::at(value.clone()),
            Expr::Percent(value) => Interval::at(value * &Number::hundredths(1)),
            Expr::Max => Interval::at(self.max.clone()),
            Expr::Input(slot) => self.input(*slot),
            Expr::Negate(inner) => {
                let inner = self.expr(inner);
                Interval { low: inner.high.map(|high| -high), high: inner.low.map(|low| -low) }
            }
            Expr::Growth(..) => Interval::any(),
            Expr::Fallback(first, second) => {
                let (first, second) = (self.expr(first), self.expr(second));
                let low = first.low.zip(second.low).map(|(first, second)| first.min(second));
                Interval { low, high: first.high.zip(second.high).map(|(first, second)| first.max(second)) }
            }
            Expr::Binary(op, left, right) => self.binary(*op, left, right),
            Expr::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn input(&self, slot: Slot) -> Interval {
        match self.inputs.get(slot.index()).map(|input| &input.kind) {
            Some(Kind::Ratio { unbounded: false } | Kind::YesNo) => Interval::share(),
            Some(Kind::Count | Kind::Money | Kind::Ratio { unbounded: true }) => Interval::not_negative(),
            _ => Interval::any(),
        }
    }

    fn binary(&self, op: Op, left: &Expr<Slot>, right: &Expr<Slot>) -> Interval {
        // A count over a count is read as a part of a whole, as nearly all of them are.
        if let (Op::Divide, Expr::Input(_), Expr::Input(_)) = (op, left, right) {
            return Interval::share();
        }
        let (left, right) = (self.expr(left), self.expr(right));
        match op {
            Op::Add => Interval {
                low: left.low.zip(right.low).map(|(left, right)| left + right),
                high: left.high.zip(right.high).map(|(left, right)| left + right),
            },
            Op::Subtract => Interval {
                low: left.low.zip(right.high).map(|(left, right)| left - right),
                high: left.high.zip(right.low).map(|(left, right)| left - right),
            },
            Op::Multiply => product(left, right),
            Op::Divide => quotient(left, &right),
        }
    }

    fn call(&self, function: Function, arguments: &[Expr<Slot>]) -> Interval {
        let all: Vec<Interval> = arguments.iter().map(|each| self.expr(each)).collect();
        let highs = || all.iter().map(|each| each.high.clone());
        let lows = || all.iter().map(|each| each.low.clone());
        match function {
            // One known upper end bounds the smallest; the largest needs all of them.
            Function::Smallest => Interval {
                low: lows().collect::<Option<Vec<_>>>().and_then(|lows| lows.into_iter().reduce(Number::min)),
                high: highs().flatten().reduce(Number::min),
            },
            Function::Largest | Function::Mean => Interval {
                low: lows().flatten().reduce(Number::min),
                high: highs()
                    .collect::<Option<Vec<_>>>()
                    .and_then(|highs| highs.into_iter().reduce(Number::max)),
            },
            Function::Round => all.into_iter().next().unwrap_or_else(Interval::any),
            Function::Days | Function::WorkingDays => Interval::any(),
        }
    }
}

fn not_negative(interval: &Interval) -> bool {
    interval.low.as_ref().is_some_and(|low| !low.is_negative())
}

fn product(left: Interval, right: Interval) -> Interval {
    if not_negative(&left) && not_negative(&right) {
        return Interval {
            low: left.low.zip(right.low).map(|(left, right)| left * right),
            high: left.high.zip(right.high).map(|(left, right)| left * right),
        };
    }
    let (Some(a), Some(b), Some(c), Some(d)) = (&left.low, &left.high, &right.low, &right.high) else {
        return Interval::any();
    };
    let products = [a * c, a * d, b * c, b * d];
    let low = products.iter().cloned().reduce(Number::min);
    Interval { low, high: products.into_iter().reduce(Number::max) }
}

fn quotient(left: Interval, right: &Interval) -> Interval {
    match (&right.low, &right.high) {
        (Some(low), Some(high)) if low == high => match Number::ONE.checked_div(low) {
            Some(inverse) => product(left, Interval::at(inverse)),
            None => Interval::any(),
        },
        _ if not_negative(&left) && not_negative(right) => Interval::not_negative(),
        _ => Interval::any(),
    }
}
