//! The expressions of a rule, made ready for columns: sums of inputs stay sums, so that most rules come down to one or two of them.

use parindex_rulebook::expr::{Expr, Function, Op};
use parindex_rulebook::slot::Slot;

use super::fraction::Fraction;

/// A sum of inputs, each so many times, over one denominator: `(start + Σ times × input) / den`.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    pub start: i64,
    /// An input stays here even where it counts zero times: where it is missing, so is the sum.
    pub parts: Vec<(Slot, i64)>,
    /// Positive.
    pub den: i64,
}

/// An expression over the figures of a seat.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Linear(Linear),
    Times(Box<Self>, Fraction),
    Sum(Box<Self>, Box<Self>),
    Product(Box<Self>, Box<Self>),
    Quotient(Box<Self>, Box<Self>),
    /// The smallest of several, or the largest.
    Best(Extreme, Vec<Self>),
    /// The second where the first is missing.
    Fallback(Box<Self>, Box<Self>),
}

/// Whether the smallest or the largest of several values is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extreme {
    Smallest,
    Largest,
}

impl Linear {
    fn constant(value: Fraction) -> Self {
        Self { start: value.num, parts: Vec::new(), den: value.den }
    }

    /// Its value, where no input is a part of it.
    fn as_constant(&self) -> Option<Fraction> {
        let value = || Fraction::whole(self.start).over(Fraction::whole(self.den));
        if self.parts.is_empty() { value() } else { None }
    }

    fn times(mut self, factor: Fraction) -> Option<Self> {
        self.start = self.start.checked_mul(factor.num)?;
        for (_, times) in &mut self.parts {
            *times = times.checked_mul(factor.num)?;
        }
        self.den = self.den.checked_mul(factor.den)?;
        Some(self)
    }

    fn plus(self, other: Self) -> Option<Self> {
        let (left, right) = (Fraction { num: other.den, den: self.den }, Fraction::ONE);
        // The ratio of the denominators in lowest terms says how often each is taken to a common one.
        let ratio = left.times(right)?;
        let (mut sum, other) = (self.finer(ratio.num)?, other.finer(ratio.den)?);
        sum.start = sum.start.checked_add(other.start)?;
        sum.parts.extend(other.parts);
        Some(sum)
    }

    /// The same value over a larger denominator.
    fn finer(mut self, factor: i64) -> Option<Self> {
        self = self.times(Fraction::whole(factor))?;
        self.den = self.den.checked_mul(factor)?;
        Some(self)
    }
}

impl Term {
    /// An expression of a criterion with this maximum; `None` where columns do not cover it.
    pub fn of(expr: &Expr<Slot>, max: Fraction) -> Option<Self> {
        let of = |expr: &Expr<Slot>| Self::of(expr, max);
        match expr {
            Expr::Number(number) => Some(Self::constant(Fraction::of(number)?)),
            Expr::Percent(number) => Some(Self::constant(Fraction::percent(number)?)),
            Expr::Input(slot) => Some(Self::input(*slot)),
            Expr::Max => Some(Self::constant(max)),
            Expr::Negate(inner) => of(inner)?.times(Fraction::MINUS_ONE),
            Expr::Binary(op, left, right) => {
                let (left, right) = (of(left)?, of(right)?);
                match op {
                    Op::Add => left.plus(right),
                    Op::Subtract => left.minus(right),
                    Op::Multiply => left.multiplied(right),
                    Op::Divide => left.divided(right),
                }
            }
            Expr::Growth(now, before) => of(now)?.minus(of(before)?)?.divided(of(before)?),
            Expr::Fallback(first, second) => {
                Some(Self::Fallback(Box::new(of(first)?), Box::new(of(second)?)))
            }
            Expr::Call(function, arguments) => {
                Self::call(*function, arguments.iter().map(of).collect::<Option<_>>()?)
            }
        }
    }

    fn call(function: Function, arguments: Vec<Self>) -> Option<Self> {
        match function {
            Function::Smallest => Some(Self::Best(Extreme::Smallest, arguments)),
            Function::Largest => Some(Self::Best(Extreme::Largest, arguments)),
            Function::Mean => {
                let share = Fraction::ONE.over(Fraction::whole(i64::try_from(arguments.len()).ok()?))?;
                Self::total(arguments)?.times(share)
            }
            Function::Round | Function::Days | Function::WorkingDays => None,
        }
    }

    pub fn constant(value: Fraction) -> Self {
        Self::Linear(Linear::constant(value))
    }

    pub fn input(slot: Slot) -> Self {
        Self::Linear(Linear { start: 0, parts: vec![(slot, 1)], den: 1 })
    }

    /// Its value, where it needs no figures.
    pub fn as_constant(&self) -> Option<Fraction> {
        if let Self::Linear(linear) = self { linear.as_constant() } else { None }
    }

    pub fn total(terms: Vec<Self>) -> Option<Self> {
        terms.into_iter().try_fold(Self::constant(Fraction::ZERO), Self::plus)
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Linear(left), Self::Linear(right)) => Some(Self::Linear(left.plus(right)?)),
            (left, right) if left.as_constant() == Some(Fraction::ZERO) => Some(right),
            (left, right) => Some(Self::Sum(Box::new(left), Box::new(right))),
        }
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.times(Fraction::MINUS_ONE)?)
    }

    pub fn times(self, factor: Fraction) -> Option<Self> {
        match self {
            Self::Linear(linear) => Some(Self::Linear(linear.times(factor)?)),
            Self::Times(inner, already) => Some(Self::Times(inner, already.times(factor)?)),
            other => Some(Self::Times(Box::new(other), factor)),
        }
    }

    pub fn multiplied(self, other: Self) -> Option<Self> {
        match (self.as_constant(), other.as_constant()) {
            (Some(factor), _) => other.times(factor),
            (_, Some(factor)) => self.times(factor),
            (None, None) => Some(Self::Product(Box::new(self), Box::new(other))),
        }
    }

    fn divided(self, by: Self) -> Option<Self> {
        match by.as_constant() {
            // By zero: what that means is for the general evaluator to say.
            Some(divisor) => self.times(Fraction::ONE.over(divisor)?),
            None => Some(Self::Quotient(Box::new(self), Box::new(by))),
        }
    }

    pub fn quotient(part: Self, all: Self) -> Option<Self> {
        part.divided(all)
    }
}
