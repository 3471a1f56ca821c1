//! Exact numbers: fractions that never lose a digit until a declared rounding.
//!
//! Points decide careers, so no binary float stands between a fact and a point. Almost every value
//! fits two 64-bit integers; what does not moves to big integers and stays exact.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroI64;
use std::str::FromStr;

use num_rational::BigRational;

mod big;
mod round;
mod text;
mod typed;
mod written;

pub use round::{Digits, RoundMode};
pub use text::{InvalidNumber, Readings};
pub use typed::Amount;

/// An exact rational number.
///
/// Equality and order are by value: `1/2` equals `0.5`.
///
/// ```
/// use parindex_rulebook::number::Number;
/// let satisfied = Number::ratio(998, 1271).unwrap();
/// let points = satisfied * Number::whole(6) / Number::ratio(9, 10).unwrap();
/// assert_eq!(points.unwrap().round_half_up(2).to_string(), "5.23");
/// ```
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    /// `den` is always positive; not necessarily in lowest terms. As it is never zero, a number takes two words and not three, which
    /// counts for the million figures of a national campaign.
    Small {
        num: i64,
        den: NonZeroI64,
    },
    Big(Box<BigRational>),
}

/// The denominator of whole numbers.
const ONE: NonZeroI64 = match NonZeroI64::new(1) {
    Some(one) => one,
    None => NonZeroI64::MAX,
};

impl Number {
    /// Nothing at all; distinct from a missing value, which is never a number.
    pub const ZERO: Self = Self::whole(0);
    /// The number one, which is also 100 %.
    pub const ONE: Self = Self::whole(1);

    /// A whole number as an exact fraction.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self(Repr::Small { num: value, den: ONE })
    }

    /// `num / den`; `None` when `den` is zero.
    #[must_use]
    pub fn ratio(num: i64, den: i64) -> Option<Self> {
        (den != 0).then(|| Self::from_wide(i128::from(num), i128::from(den)))
    }

    /// `value` hundredths: 25 is 0.25, or 25 percent.
    #[must_use]
    pub fn hundredths(value: i64) -> Self {
        Self::small(value, 100)
    }

    /// Whether the value is zero.
    #[must_use]
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// Whether the value is below zero.
    #[must_use]
    #[inline]
    pub fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    /// Whether the value is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small { num, den } => num % den.get() == 0,
            Repr::Big(big) => big.is_integer(),
        }
    }

    /// How many bits numerator and denominator have together.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small { .. } => 128,
            Repr::Big(big) => big.numer().bits() + big.denom().bits(),
        }
    }

    fn sign(&self) -> Ordering {
        match &self.0 {
            Repr::Small { num, .. } => num.cmp(&0),
            Repr::Big(big) => big.numer().cmp(&0.into()),
        }
    }

    /// The smaller of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// The larger of two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    /// Quotient; `None` when the divisor is zero, because what that means is for a rule to say.
    #[must_use]
    #[inline]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        if let (Some((a, b)), Some((c, d))) = (self.parts(), divisor.parts()) {
            return Some(Self::from_wide(wide(a, d), wide(b, c)));
        }
        Some(Self::from_big(self.to_big() / divisor.to_big()))
    }

    /// The largest whole number that is not above the value.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small { num, den } => Self::whole(num.div_euclid(den.get())),
            Repr::Big(big) => Self::from_big(big.floor()),
        }
    }

    /// The value as a whole `i64`, when it is one.
    #[must_use]
    pub fn to_whole(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small { num, den } => (num % den.get() == 0).then(|| num / den.get()),
            Repr::Big(_) => None,
        }
    }

    /// A fraction whose denominator is positive.
    #[inline]
    fn small(num: i64, den: i64) -> Self {
        // A denominator is never zero here: who divides has looked.
        Self(Repr::Small { num, den: NonZeroI64::new(den).unwrap_or(ONE) })
    }

    #[inline]
    fn from_wide(num: i128, den: i128) -> Self {
        let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
        if let (Ok(num), Ok(den)) = (i64::try_from(num), i64::try_from(den)) {
            return Self::small(num, den);
        }
        let divisor = common_divisor(num.unsigned_abs(), den.unsigned_abs());
        let (num, den) = (num / divisor, den / divisor);
        match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => Self::small(num, den),
            _ => Self::from_big(BigRational::new_raw(num.into(), den.into())),
        }
    }
}

/// Products of two 64-bit values always fit, so no check is needed.
#[inline]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

fn common_divisor(a: u128, b: u128) -> i128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

impl std::ops::Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        &self + &other
    }
}

impl std::ops::Add<&Number> for &Number {
    type Output = Number;
    #[inline]
    fn add(self, other: &Number) -> Number {
        match (self.parts(), other.parts()) {
            (Some((a, b)), Some((c, d))) => {
                // Points of one set share denominators, or one divides the other; keeping the larger keeps them small.
                if b == d {
                    Number::from_wide(i128::from(a) + i128::from(c), i128::from(b))
                } else if d % b == 0 {
                    Number::from_wide(wide(a, d / b) + i128::from(c), i128::from(d))
                } else if b % d == 0 {
                    Number::from_wide(i128::from(a) + wide(c, b / d), i128::from(b))
                } else if let Some(sum) = wide(a, d).checked_add(wide(c, b)) {
                    Number::from_wide(sum, wide(b, d))
                } else {
                    Number::from_big(self.to_big() + other.to_big())
                }
            }
            _ => Number::from_big(self.to_big() + other.to_big()),
        }
    }
}

impl std::ops::Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl std::ops::Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        match self.0 {
            Repr::Small { num, den } => Self::from_wide(-i128::from(num), i128::from(den.get())),
            Repr::Big(big) => Self::from_big(-*big),
        }
    }
}

impl std::ops::Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        &self * &other
    }
}

impl std::ops::Mul<&Number> for &Number {
    type Output = Number;
    #[inline]
    fn mul(self, other: &Number) -> Number {
        match (self.parts(), other.parts()) {
            (Some((a, b)), Some((c, d))) => Number::from_wide(wide(a, c), wide(b, d)),
            _ => Number::from_big(self.to_big() * other.to_big()),
        }
    }
}

impl std::ops::Div for Number {
    type Output = Option<Self>;
    fn div(self, other: Self) -> Option<Self> {
        self.checked_div(&other)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, |sum, value| sum + value)
    }
}

impl<'a> std::iter::Sum<&'a Number> for Number {
    fn sum<I: Iterator<Item = &'a Self>>(values: I) -> Self {
        values.fold(Self::ZERO, |sum, value| &sum + value)
    }
}

impl Ord for Number {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.parts(), other.parts()) {
            // As rounded values are: a ranking compares thousands of them.
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            (Some((a, b)), Some((c, d))) => wide(a, d).cmp(&wide(c, b)),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::whole(value)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Number {
    type Err = InvalidNumber;
    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        text::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_exact_beyond_64_bits_and_comes_back() {
        let huge = Number::whole(i64::MAX);
        let product = huge.clone() * huge.clone() * huge.clone();
        let back = (product / (huge.clone() * huge.clone())).unwrap();
        assert_eq!(back, huge);
        assert!(matches!(back.0, Repr::Small { .. }), "small values return to the fast form");
    }

    #[test]
    fn the_smallest_integer_has_no_overflowing_negative() {
        let lowest = Number::whole(i64::MIN);
        assert_eq!(-(-lowest.clone()), lowest);
        assert_eq!(lowest.clone().abs(), -lowest);
    }

    #[test]
    fn sums_of_unlike_fractions_are_exact() {
        let sum: Number = (1..=200).map(|n| Number::ratio(1, n * (n + 1)).unwrap()).sum();
        assert_eq!(sum, Number::ratio(200, 201).unwrap());
    }
}
