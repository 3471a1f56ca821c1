//! Constants of a rule as fractions of two 64-bit numbers, found once before any seat is scored.

use parindex_rulebook::number::Number;

/// A fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    pub num: i64,
    pub den: i64,
}

impl Fraction {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);
    pub const MINUS_ONE: Self = Self::whole(-1);

    pub const fn whole(num: i64) -> Self {
        Self { num, den: 1 }
    }

    /// `None` where it does not fit.
    pub fn of(number: &Number) -> Option<Self> {
        let (num, den) = number.parts()?;
        Self::new(num.into(), den.into())
    }

    /// A number of at most two decimals as so many hundredths; none for a finer one.
    pub fn percent(number: &Number) -> Option<Self> {
        Self::of(number)?.over(Self::whole(100))
    }

    fn new(num: i128, den: i128) -> Option<Self> {
        let common = i128::try_from(common_divisor(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        let common = common.checked_mul(den.signum()).filter(|common| *common != 0)?;
        Some(Self { num: i64::try_from(num / common).ok()?, den: i64::try_from(den / common).ok()? })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(wide(self.num, other.num), wide(self.den, other.den))
    }

    /// One fraction divided by another; none by zero.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::new(wide(self.num, other.den), wide(self.den, other.num))
    }

    pub fn is_below(self, other: Self) -> bool {
        wide(self.num, other.den) < wide(other.num, self.den)
    }
}

/// The product of two 64-bit numbers always fits.
fn wide(left: i64, right: i64) -> i128 {
    i128::from(left) * i128::from(right)
}

fn common_divisor(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_kept_in_lowest_terms() {
        let quarter = Fraction::percent(&25.into()).unwrap();
        assert_eq!(quarter, Fraction { num: 1, den: 4 });
        assert_eq!(quarter.times(Fraction::whole(-8)), Some(Fraction::whole(-2)));
        assert_eq!(quarter.over(Fraction::whole(-1)), Some(Fraction { num: -1, den: 4 }));
        assert_eq!(quarter.over(Fraction::ZERO), None);
    }
}
