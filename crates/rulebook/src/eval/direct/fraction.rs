//! Fractions of two 64-bit numbers, and expressions over them; whatever does not fit is a snag.

use super::{Expr, Slot};
use crate::expr::{Function, Op};
use crate::input::Value;
use crate::number::Number;
use crate::rule::Range;

/// A fraction; the denominator is positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    pub num: i64,
    pub den: i64,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Snag {
    Missing,
    ZeroDenominator,
    /// Too large, of another kind, or not for whole numbers.
    Other,
}

/// What an expression looks at.
pub(super) struct Figures<'a> {
    pub values: &'a [Value],
    pub max: Fraction,
    /// What a division by zero counts as, when the rule says so.
    pub zero_ratio: Option<&'a Fraction>,
}

impl Fraction {
    pub const ZERO: Self = Self { num: 0, den: 1 };
    pub const ONE: Self = Self { num: 1, den: 1 };

    #[inline]
    pub fn of(number: &Number) -> Option<Self> {
        number.parts().map(|(num, den)| Self { num, den })
    }

    pub fn times(self, factor: i64) -> Option<Self> {
        Some(Self { num: self.num.checked_mul(factor)?, den: self.den })
    }

    pub fn over(self, divisor: i64) -> Option<Self> {
        Some(Self { num: self.num, den: self.den.checked_mul(divisor)? })
    }

    /// The whole number it is, if it is one.
    #[inline]
    pub fn whole(self) -> Option<i64> {
        if self.den == 1 { Some(self.num) } else { (self.num % self.den == 0).then(|| self.num / self.den) }
    }

    /// The largest whole number that is not above it.
    pub fn floor(self) -> i64 {
        self.num.div_euclid(self.den)
    }

    #[inline]
    fn from(num: Option<i64>, den: Option<i64>) -> Result<Self, Snag> {
        match (num, den) {
            (Some(num), Some(den)) => Ok(Self { num, den }),
            _ => Err(Snag::Other),
        }
    }

    #[inline]
    pub fn multiply(self, other: Self) -> Result<Self, Snag> {
        Self::from(self.num.checked_mul(other.num), self.den.checked_mul(other.den))
    }

    /// By a value that is not zero.
    #[inline]
    pub fn divide(self, by: Self) -> Result<Self, Snag> {
        let sign = by.num.signum();
        let num = self.num.checked_mul(by.den).and_then(|num| num.checked_mul(sign));
        Self::from(num, self.den.checked_mul(by.num).and_then(|den| den.checked_mul(sign)))
    }

    #[inline]
    pub fn add(self, other: Self) -> Result<Self, Snag> {
        if self.den == other.den {
            return Self::from(self.num.checked_add(other.num), Some(self.den));
        }
        let (left, right) = (self.num.checked_mul(other.den), other.num.checked_mul(self.den));
        let num = left.zip(right).and_then(|(left, right)| left.checked_add(right));
        Self::from(num, self.den.checked_mul(other.den))
    }

    pub fn negate(self) -> Result<Self, Snag> {
        Self::from(self.num.checked_neg(), Some(self.den))
    }

    #[inline]
    pub fn less(self, other: Self) -> Result<bool, Snag> {
        let sides = self.num.checked_mul(other.den).zip(other.num.checked_mul(self.den));
        sides.map(|(left, right)| left < right).ok_or(Snag::Other)
    }

    /// Whether it lies in a range; ends are compared exactly.
    pub fn lies_in(self, range: &Range) -> bool {
        let number = Number::ratio(self.num, self.den).unwrap_or_default();
        range.contains(&number)
    }
}

impl Figures<'_> {
    /// The number of an input.
    #[inline]
    pub fn input(&self, slot: Slot) -> Result<Fraction, Snag> {
        match self.values.get(slot.index()) {
            Some(Value::Number(number)) => Fraction::of(number).ok_or(Snag::Other),
            Some(Value::YesNo(yes)) => Ok(if *yes { Fraction::ONE } else { Fraction::ZERO }),
            Some(Value::Missing) | None => Err(Snag::Missing),
            Some(Value::Date(_) | Value::NotDone | Value::Choice(_)) => Err(Snag::Other),
        }
    }

    /// The option that was chosen.
    pub fn option(&self, slot: Slot) -> Result<usize, Snag> {
        match self.values.get(slot.index()) {
            Some(Value::Choice(option)) => Ok(usize::from(*option)),
            Some(Value::YesNo(yes)) => Ok(usize::from(!yes)),
            _ => Err(Snag::Other),
        }
    }

    #[inline]
    pub fn divide(&self, value: Fraction, by: Fraction) -> Result<Fraction, Snag> {
        if by.num == 0 { self.zero_ratio.copied().ok_or(Snag::ZeroDenominator) } else { value.divide(by) }
    }

    /// The value of an expression.
    #[inline]
    pub fn value(&self, expr: &Expr) -> Result<Fraction, Snag> {
        match expr {
            Expr::Input(slot) => self.input(*slot),
            Expr::Binary(Op::Divide, left, right) => {
                // By far the commonest: two inputs.
                if let (Expr::Input(part), Expr::Input(all)) = (&**left, &**right) {
                    return self.divide(self.input(*part)?, self.input(*all)?);
                }
                self.divide(self.nested(left)?, self.nested(right)?)
            }
            _ => self.nested(expr),
        }
    }

    fn nested(&self, expr: &Expr) -> Result<Fraction, Snag> {
        match expr {
            Expr::Input(slot) => self.input(*slot),
            Expr::Number(number) => Fraction::of(number).ok_or(Snag::Other),
            Expr::Percent(number) => Fraction::of(number).and_then(|each| each.over(100)).ok_or(Snag::Other),
            Expr::Max => Ok(self.max),
            Expr::Negate(inner) => self.nested(inner)?.negate(),
            Expr::Binary(op, left, right) => {
                let (left, right) = (self.nested(left)?, self.nested(right)?);
                match op {
                    Op::Add => left.add(right),
                    Op::Subtract => left.add(right.negate()?),
                    Op::Multiply => left.multiply(right),
                    Op::Divide => self.divide(left, right),
                }
            }
            Expr::Growth(now, before) => {
                let (now, before) = (self.nested(now)?, self.nested(before)?);
                self.divide(now.add(before.negate()?)?, before)
            }
            Expr::Fallback(first, second) => match self.nested(first) {
                Err(Snag::Missing) => self.nested(second),
                other => other,
            },
            Expr::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn call(&self, function: Function, arguments: &[Expr]) -> Result<Fraction, Snag> {
        let smallest = match function {
            Function::Smallest => true,
            Function::Largest => false,
            Function::Mean | Function::Round | Function::Days | Function::WorkingDays => {
                return Err(Snag::Other);
            }
        };
        let mut chosen: Option<Fraction> = None;
        for argument in arguments {
            let value = self.nested(argument)?;
            let better = match chosen {
                Some(best) => value.less(best)? == smallest,
                None => true,
            };
            if better {
                chosen = Some(value);
            }
        }
        chosen.ok_or(Snag::Other)
    }
}
