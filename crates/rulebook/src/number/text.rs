//! Numbers as text: decimals are read from text and written as text, never through a float.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Amount, Number};
use crate::lang::{Lang, Say};

/// More digits than any budget has; beyond it a number is a mistake or an attack.
const MAX_LENGTH: usize = 40;

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidNumber {
    /// No digit in it, or a character that belongs to no number.
    NotDecimal,
    /// More than 40 characters.
    TooLong,
    /// `1.271`, `20.000`: thousands, or three decimals? The writer must say.
    Unclear(Box<Readings>),
}

/// Two ways in which one text can be read, as digits with a decimal point that can be read in one way only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// With the mark between thousands.
    pub thousands: String,
    /// With the mark before decimals.
    pub decimal: String,
}

impl Say for InvalidNumber {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotDecimal => lang.pick("không phải là số", "is not a number").to_owned(),
            Self::TooLong => lang.pick("dài quá 40 ký tự", "is longer than 40 characters").to_owned(),
            Self::Unclear(readings) => {
                let mark = lang.marks().1.to_string();
                let thousands = &readings.thousands;
                let decimal = readings.decimal.replace('.', &mark);
                lang.pick(
                    format!("chưa rõ là {thousands} hay {decimal}; hãy viết {thousands} hoặc {decimal}"),
                    format!("is {thousands} or {decimal}; write {thousands} or {decimal}"),
                )
            }
        }
    }
}

impl fmt::Display for InvalidNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::Vi))
    }
}

impl std::error::Error for InvalidNumber {}

/// `-12.5`, decimal point only, as files are written.
pub(super) fn parse(text: &str) -> Result<Number, InvalidNumber> {
    if text.len() > MAX_LENGTH {
        return Err(InvalidNumber::TooLong);
    }
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let only_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !only_digits(whole) || !only_digits(decimals) {
        return Err(InvalidNumber::NotDecimal);
    }
    let value = from_parts(whole, decimals);
    Ok(if negative { -value } else { value })
}

fn from_parts(whole: &str, decimals: &str) -> Number {
    let decimals = decimals.trim_end_matches('0');
    let places = u32::try_from(decimals.len()).unwrap_or(0);
    let mut digits = whole.bytes().chain(decimals.bytes());
    let num = digits.try_fold(0_i64, |num, digit| num.checked_mul(10)?.checked_add(i64::from(digit - b'0')));
    match (num, 10_i64.checked_pow(places)) {
        (Some(num), Some(den)) => Number::small(num, den),
        _ => big_from_digits(&format!("{whole}{decimals}"), places),
    }
}

fn big_from_digits(digits: &str, places: u32) -> Number {
    let ten = BigRational::from_integer(10.into());
    let mut value = BigRational::from_integer(0.into());
    for digit in digits.bytes() {
        value = value * &ten + BigRational::from_integer((digit - b'0').into());
    }
    for _ in 0..places {
        value /= &ten;
    }
    Number::from_big(value)
}

/// What is kept exactly may be long: a fraction that somebody summed up from many.
const MAX_EXACT: usize = 4_000;

impl Number {
    /// Reads back what [`Display`](fmt::Display) writes, to the last digit: `0.25`, `19960/3813`.
    ///
    /// ```
    /// use parindex_rulebook::number::Number;
    /// let third = Number::ratio(1, 3).unwrap();
    /// assert_eq!(Number::read_exact(&third.to_string()), Some(third));
    /// assert_eq!(Number::read_exact("1/0"), None);
    /// ```
    #[must_use]
    pub fn read_exact(text: &str) -> Option<Self> {
        if text.len() > MAX_EXACT {
            return None;
        }
        if text.contains('/') {
            return text.parse::<BigRational>().ok().map(Self::from_big);
        }
        if text.len() <= MAX_LENGTH {
            return parse(text).ok();
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let (digits, zeros) = (format!("{whole}{decimals}"), "0".repeat(decimals.len()));
        format!("{digits}/1{zeros}").parse::<BigRational>().ok().map(Self::from_big)
    }

    /// Reads a number of a criteria set: `0,25` and `0.25` alike, and never three digits that could be thousands or decimals.
    ///
    /// # Errors
    /// [`InvalidNumber::Unclear`] for `1.000` and `1,125`, with both readings.
    ///
    /// ```
    /// use parindex_rulebook::number::Number;
    /// assert_eq!(Number::of_set("0,25"), "0.25".parse());
    /// assert!(Number::of_set("20.000").is_err());
    /// ```
    pub fn of_set(text: &str) -> Result<Self, InvalidNumber> {
        // With a dot each reader asks; a comma is decimal for a Vietnamese, but who writes a set may be used to Excel in English.
        let english = Self::typed(text, Lang::En, Amount::Any);
        let read = match Self::typed(text, Lang::Vi, Amount::Any) {
            Ok(_) if matches!(english, Err(InvalidNumber::Unclear(_))) => english,
            read => read,
        };
        read.map_err(|why| match why {
            InvalidNumber::Unclear(mut readings) => {
                readings.decimal = Self::clear(&readings.decimal);
                InvalidNumber::Unclear(readings)
            }
            other => other,
        })
    }

    /// Digits with a decimal point so that a set reads them in one way: three decimals behind a whole part get a zero more.
    #[must_use]
    pub fn clear(plain: &str) -> String {
        let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
        let clear = decimals.len() != 3 || whole.trim_start_matches('-') == "0";
        format!("{plain}{}", if clear { "" } else { "0" })
    }

    /// With exactly `digits` decimals (at most 9), rounded half up: `5.23`, `6.00`.
    #[must_use]
    pub fn to_fixed(&self, digits: u8) -> String {
        let digits = digits.min(9);
        let rounded = self.round_half_up(digits);
        let plain = rounded.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        if digits == 0 {
            return whole.to_owned();
        }
        format!("{whole}.{decimals:0<width$}", width = usize::from(digits))
    }

    /// The decimal text when the value has one of at most 48 decimals, else `None`.
    #[must_use]
    pub fn to_decimal(&self) -> Option<String> {
        if let Some((num, den)) = self.parts() {
            match small_decimal(num, den) {
                Decimal::Text(text) => return Some(text),
                Decimal::Endless => return None,
                Decimal::Long => {}
            }
        }
        let lowest = self.to_big();
        let places = places(lowest.denom().clone())?;
        let scaled = lowest * BigRational::from_integer(BigInt::from(10).pow(places));
        Some(with_point(&scaled.to_integer().to_string(), usize::try_from(places).unwrap_or(0)))
    }
}

/// More decimals than anybody writes.
const MAX_PLACES: u32 = 48;

/// What a fraction of two small numbers is as a decimal.
enum Decimal {
    Text(String),
    /// It has no end.
    Endless,
    /// It has an end, and needs more than 128 bits on the way.
    Long,
}

fn small_decimal(num: i64, den: i64) -> Decimal {
    let divisor = super::common_divisor(num.unsigned_abs().into(), den.unsigned_abs().into());
    let (num, mut rest) = (i128::from(num) / divisor, i128::from(den) / divisor);
    let lowest = rest;
    let (mut twos, mut fives) = (0_u32, 0_u32);
    while rest % 2 == 0 {
        (rest, twos) = (rest / 2, twos + 1);
    }
    while rest % 5 == 0 {
        (rest, fives) = (rest / 5, fives + 1);
    }
    if rest != 1 {
        return Decimal::Endless;
    }
    let places = twos.max(fives);
    let scaled = 10_i128.checked_pow(places).and_then(|scale| num.checked_mul(scale));
    let text =
        |scaled: i128| with_point(&(scaled / lowest).to_string(), usize::try_from(places).unwrap_or(0));
    scaled.map_or(Decimal::Long, |scaled| Decimal::Text(text(scaled)))
}

/// How many decimals a fraction in lowest terms has, by its denominator: only twos and fives divide a power of ten.
fn places(mut rest: BigInt) -> Option<u32> {
    let (one, five) = (BigInt::from(1), BigInt::from(5));
    let twos = u32::try_from(rest.trailing_zeros()?).ok().filter(|twos| *twos <= MAX_PLACES)?;
    rest >>= twos;
    let mut fives = 0;
    while rest != one {
        if fives == MAX_PLACES || &rest % &five != BigInt::from(0) {
            return None;
        }
        (rest, fives) = (rest / &five, fives + 1);
    }
    Some(twos.max(fives))
}

fn with_point(digits: &str, places: usize) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, decimals) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{decimals}")
}

impl fmt::Display for Number {
    /// The decimal if it ends, else the fraction in lowest terms: `0.25`, `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((num, 1)) = self.parts() {
            return write!(f, "{num}");
        }
        if let Some(decimal) = self.to_decimal() {
            return f.write_str(&decimal);
        }
        let lowest = self.to_big();
        write!(f, "{}/{}", lowest.numer(), lowest.denom())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_decimals() {
        for text in ["0", "-1", "0.25", "1271", "5.2347", "-0.000000001", "123456789012345678901234567890.5"]
        {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert_eq!(Number::ratio(2, 6).unwrap().to_string(), "1/3");
        assert_eq!(Number::whole(6).to_fixed(2), "6.00");
        assert_eq!(Number::hundredths(-5).to_fixed(2), "-0.05");
    }

    #[test]
    fn what_is_kept_exactly_is_read_back_to_the_last_digit() {
        let long =
            "-1234567890123456789012345678901234567890.123456789012345678901234567890123456789012345678";
        for text in
            ["0", "-1", "5.23", "19960/3813", "-7/3", long, "98765432109876543210/12345678901234567891"]
        {
            assert_eq!(Number::read_exact(text).unwrap().to_string(), text);
        }
        for text in ["", "1/0", "a/b", "1.2.3", "1/2/3"] {
            assert_eq!(Number::read_exact(text), None, "{text:?}");
        }
        assert_eq!(Number::read_exact(&"9".repeat(4_001)), None);
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", ".", "1.", ".5", "1e5", "NaN", "inf", "1 000", "٣", "0x10", "1.2.3", "+1"] {
            assert_eq!(text.parse::<Number>(), Err(InvalidNumber::NotDecimal), "{text:?}");
        }
        assert_eq!("9".repeat(41).parse::<Number>(), Err(InvalidNumber::TooLong));
    }

    #[test]
    fn a_set_never_guesses_what_three_digits_are() {
        for text in ["1.271", "20.000", "1,271", "20,000"] {
            assert!(matches!(Number::of_set(text), Err(InvalidNumber::Unclear(_))), "{text}");
        }
        for (text, value) in [
            ("0,125", "0.125"),
            ("12,5", "12.5"),
            ("2,1250", "2.125"),
            ("1.234.567", "1234567"),
            ("1.234,5", "1234.5"),
        ] {
            assert_eq!(Number::of_set(text), value.parse(), "{text}");
        }
    }

    #[test]
    fn an_unclear_number_names_both_readings() {
        let unclear = Number::of_set("1.250").unwrap_err();
        assert_eq!(unclear.say(Lang::Vi), "chưa rõ là 1250 hay 1,25; hãy viết 1250 hoặc 1,25");
        assert_eq!(unclear.say(Lang::En), "is 1250 or 1.25; write 1250 or 1.25");
        // What a message says to write is read.
        let unclear = Number::of_set("1,125").unwrap_err();
        assert_eq!(unclear.say(Lang::Vi), "chưa rõ là 1125 hay 1,1250; hãy viết 1125 hoặc 1,1250");
        assert_eq!(Number::of_set("1,1250"), "1.125".parse());
    }
}
