//! Rounding: the one place where digits are given up, and only because a criteria set says so.

use num_rational::BigRational;

use super::{Number, Repr};

/// How many digits stay behind the decimal mark: 0 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digits(u8);

impl Digits {
    /// Two digits, as results are published.
    pub const TWO: Self = Self(2);

    /// As many as any criteria set may keep.
    pub const MAX: Self = Self(9);

    /// `None` above 9 digits, which no criteria set has ever asked for.
    #[must_use]
    pub const fn new(digits: u8) -> Option<Self> {
        if digits <= 9 { Some(Self(digits)) } else { None }
    }

    /// The count of digits.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What happens to the digits that are given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RoundMode {
    /// Half goes away from zero: 2.345 becomes 2.35.
    #[default]
    HalfUp,
    /// Digits are cut: 2.349 becomes 2.34.
    Cut,
}

impl Number {
    /// The nearest value with `digits` decimals (at most 9); half goes away from zero.
    ///
    /// ```
    /// use parindex_rulebook::number::Number;
    /// assert_eq!("2.345".parse::<Number>().unwrap().round_half_up(2).to_string(), "2.35");
    /// assert_eq!("-2.345".parse::<Number>().unwrap().round_half_up(2).to_string(), "-2.35");
    /// ```
    #[must_use]
    pub fn round_half_up(&self, digits: u8) -> Self {
        self.round(Digits(digits.min(9)), RoundMode::HalfUp)
    }

    /// The value with `digits` decimals, by `mode`.
    #[must_use]
    #[inline]
    pub fn round(&self, digits: Digits, mode: RoundMode) -> Self {
        let scale = 10_i64.pow(u32::from(digits.0));
        match &self.0 {
            // Exact already: written over the same denominator as all rounded values, so that sums stay small.
            Repr::Small { num, den } if scale % den.get() == 0 => match num.checked_mul(scale / den.get()) {
                Some(num) => Self::small(num, scale),
                None => self.clone(),
            },
            Repr::Small { num, den } => small(*num, den.get(), scale, mode),
            Repr::Big(big) => Self::from_big(rounded_big(big, scale, mode)),
        }
    }

    /// Numerator and denominator of a value that fits 64 bits; the denominator is positive.
    #[must_use]
    #[inline]
    pub fn parts(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Repr::Small { num, den } => Some((*num, den.get())),
            Repr::Big(_) => None,
        }
    }

    /// `count` of the smallest unit that `digits` decimals keep: 523 with two digits is 5.23.
    #[must_use]
    #[inline]
    pub fn scaled(count: i64, digits: Digits) -> Self {
        Self::small(count, 10_i64.pow(u32::from(digits.0)))
    }

    /// Whether `digits` decimals hold the whole value.
    #[must_use]
    pub fn fits(&self, digits: u8) -> bool {
        self.round_half_up(digits) == *self
    }
}

#[inline]
fn small(num: i64, den: i64, scale: i64, mode: RoundMode) -> Number {
    let (scaled, den) = (i128::from(num) * i128::from(scale), i128::from(den));
    // 64-bit division is several times faster, and nearly all scaled values fit.
    let quotient = match (i64::try_from(scaled), mode) {
        (Ok(scaled), RoundMode::Cut) => i128::from(scaled / den_as_i64(den)),
        (Ok(scaled), RoundMode::HalfUp) => half_up_64(scaled, den_as_i64(den)),
        (Err(_), RoundMode::Cut) => scaled / den,
        (Err(_), RoundMode::HalfUp) => {
            let (quotient, rest) = (scaled / den, scaled % den);
            if rest.abs() * 2 >= den { quotient + scaled.signum() } else { quotient }
        }
    };
    Number::from_wide(quotient, i128::from(scale))
}

#[inline]
fn half_up_64(scaled: i64, den: i64) -> i128 {
    let (quotient, rest) = (scaled / den, scaled % den);
    let up = rest.unsigned_abs() >= den.unsigned_abs() - rest.unsigned_abs();
    i128::from(quotient) + if up { i128::from(scaled.signum()) } else { 0 }
}

/// The denominator came from an `i64`, so the way back cannot fail.
fn den_as_i64(den: i128) -> i64 {
    i64::try_from(den).unwrap_or(i64::MAX)
}

fn rounded_big(big: &BigRational, scale: i64, mode: RoundMode) -> BigRational {
    let scale = BigRational::from_integer(scale.into());
    let scaled = big * &scale;
    let kept = match mode {
        RoundMode::HalfUp => scaled.round(), // num-rational: half away from zero
        RoundMode::Cut => scaled.trunc(),
    };
    kept / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn half_goes_away_from_zero() {
        let cases = [
            ("0.005", 2, "0.01"),
            ("0.0049999", 2, "0"),
            ("-0.005", 2, "-0.01"),
            ("84.378", 2, "84.38"),
            ("99.995", 2, "100"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("1.25", 1, "1.3"),
        ];
        for (value, digits, expected) in cases {
            assert_eq!(
                number(value).round_half_up(digits).to_string(),
                expected,
                "{value} to {digits} digits"
            );
        }
    }

    #[test]
    fn big_values_round_like_small_ones() {
        let big = number("123456789012345678901234567890.125");
        assert_eq!(big.round_half_up(2).to_string(), "123456789012345678901234567890.13");
        assert_eq!(big.round(Digits(2), RoundMode::Cut).to_string(), "123456789012345678901234567890.12");
    }
}
