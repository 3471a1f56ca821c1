//! Numbers of every kind: files and people write them differently, and what a kind takes is the same for both.

use super::{Hand, InvalidValue, Kind, Meant};
use crate::number::{Amount, InvalidNumber, Number, Readings};

impl Kind {
    /// Reads a number of this kind; `parse` knows how numbers are written there.
    pub(super) fn number(
        &self,
        text: &str,
        by: Hand,
        parse: impl Fn(&str, Amount) -> Result<Number, InvalidNumber>,
    ) -> Result<Number, InvalidValue> {
        let (digits, percent) =
            if matches!(self, Self::Ratio { .. }) { split_percent(text) } else { (text, false) };
        let amount = match self {
            Self::Count => Amount::Things,
            // No share has a thousand percent unless it may be more than the whole.
            Self::Ratio { unbounded: false } if percent => Amount::Points,
            _ => Amount::Any,
        };
        match parse(digits, amount) {
            Ok(value) => self.within(value, percent, text, by),
            Err(InvalidNumber::Unclear(readings)) => Err(self.unclear(text, &readings, percent, by)),
            Err(InvalidNumber::NotDecimal | InvalidNumber::TooLong) => {
                Err(InvalidValue::no_number(text, self, by))
            }
        }
    }

    /// Whether there can be numbers below zero.
    fn may_be_negative(&self) -> bool {
        matches!(self, Self::Decimal | Self::Ratio { unbounded: true })
    }

    fn within(&self, number: Number, percent: bool, text: &str, by: Hand) -> Result<Number, InvalidValue> {
        let value = if percent { &number * &Number::hundredths(1) } else { number };
        match self {
            _ if value.is_negative() && !self.may_be_negative() => {
                Err(InvalidValue::Negative(text.to_owned()))
            }
            // In a file 1.000 parses as one, but its writer meant a thousand.
            Self::Count if !value.is_whole() || (by == Hand::File && text.contains('.')) => {
                Err(InvalidValue::not_whole(text, by))
            }
            Self::Ratio { unbounded: false } if value > Number::ONE => {
                Err(over_one(value, percent, text, by))
            }
            _ => Ok(value),
        }
    }

    /// Both readings, as far as this kind can take them.
    fn unclear(&self, text: &str, readings: &Readings, percent: bool, by: Hand) -> InvalidValue {
        let [thousands, decimal] = [&readings.thousands, &readings.decimal]
            .map(|reading| reading.parse::<Number>().unwrap_or_default());
        let meant = |number: Number, percent: bool| Meant { number, percent, by };
        match self {
            _ if thousands.is_negative() && !self.may_be_negative() => {
                InvalidValue::Negative(text.to_owned())
            }
            // No share is a thousand: with decimals it may be the whole, or a percentage.
            Self::Ratio { unbounded: false } if decimal == Number::ONE => {
                let both = vec![meant(Number::whole(100), true), meant(Number::ONE, true)];
                InvalidValue::Unclear(text.to_owned(), both)
            }
            Self::Ratio { unbounded: false } => over_one(decimal, false, text, by),
            _ => {
                let both = vec![meant(thousands, percent), meant(decimal, percent)];
                InvalidValue::Unclear(text.to_owned(), both)
            }
        }
    }
}

/// `78,5 %` as its digits and whether the sign stands there.
pub(super) fn split_percent(text: &str) -> (&str, bool) {
    text.strip_suffix('%').map_or((text, false), |digits| (digits.trim_end(), true))
}

/// A share over 1: a percentage without its sign, unless it is over 100 as well.
fn over_one(value: Number, percent: bool, text: &str, by: Hand) -> InvalidValue {
    let fits = !percent && value <= Number::whole(100);
    let meant = fits.then_some(Meant { number: value, percent: true, by });
    InvalidValue::OverOne(text.to_owned(), meant)
}
