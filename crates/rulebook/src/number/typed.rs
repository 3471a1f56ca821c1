//! Numbers as people type, paste and write them into cells: with marks of thousands, and the decimal mark of their language.

use super::{InvalidNumber, Number, Readings};
use crate::lang::Lang;

/// What a number counts, which decides what a mark of thousands before exactly three digits means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Whole things: `1.271` is one thousand two hundred and seventy-one.
    Things,
    /// Points, of which nobody has a thousand: `1.125` is one and an eighth.
    Points,
    /// Anything: `20.000` is asked back.
    Any,
}

/// What stands between the thousands of a number, beside the mark of the language.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2007}', '\u{2009}'];

impl Number {
    /// Reads a number as it is written in `lang`: in Vietnamese the comma is the decimal mark and the dot stands between thousands, in
    /// English the other way round.
    ///
    /// # Errors
    /// [`InvalidNumber::Unclear`] with both readings where the mark of thousands could be the other language's decimal mark.
    ///
    /// ```
    /// use parindex_rulebook::lang::Lang;
    /// use parindex_rulebook::number::{Amount, Number};
    /// assert_eq!(Number::typed("1.271", Lang::Vi, Amount::Things), Ok(1271.into()));
    /// assert_eq!(Number::typed("12,375", Lang::Vi, Amount::Any), "12.375".parse());
    /// assert!(Number::typed("20.000", Lang::Vi, Amount::Any).is_err());
    /// ```
    pub fn typed(text: &str, lang: Lang, amount: Amount) -> Result<Self, InvalidNumber> {
        let text = without_spaces(text.trim())?;
        let (thousands, decimal) = lang.marks();
        let (sign, digits) = text.strip_prefix(['-', '\u{2212}']).map_or(("", &*text), |rest| ("-", rest));
        let read = |whole: &str, decimals: &str| -> Result<Self, InvalidNumber> {
            let point = if decimals.is_empty() { "" } else { "." };
            format!("{sign}{whole}{point}{decimals}").parse()
        };
        let (has_thousands, has_decimal) = (digits.contains(thousands), digits.contains(decimal));
        match (has_thousands, has_decimal) {
            (false, false) => read(digits, ""),
            (true, true) => {
                both_marks(digits, thousands, decimal).and_then(|(whole, rest)| read(&whole, rest))
            }
            (true, false) => one_mark(digits, thousands, amount, &read),
            // Two decimal marks are none: only thousands of the other language can be meant.
            (false, true) if digits.matches(decimal).count() > 1 => read(&joined(digits, decimal)?, ""),
            (false, true) => {
                let (whole, decimals) = digits.split_once(decimal).unwrap_or((digits, ""));
                if decimals.is_empty() {
                    return Err(InvalidNumber::NotDecimal);
                }
                // Nobody writes three zeros behind a decimal mark, but half of the offices have a spreadsheet in the other language.
                if decimals == "000" && looks_grouped(whole) && amount != Amount::Points {
                    return Err(unclear(&read(&format!("{whole}{decimals}"), "")?, &read(whole, decimals)?));
                }
                read(whole, decimals)
            }
        }
    }
}

impl Number {
    /// The thousands for which people would write a number of a data file, where the point is decimal: no program writes a zero as the
    /// third and last decimal unless it was told to.
    ///
    /// ```
    /// use parindex_rulebook::number::Number;
    /// assert_eq!(Number::as_thousands("900.000"), Some(900_000.into()));
    /// assert_eq!(Number::as_thousands("900.125"), None);
    /// assert_eq!(Number::as_thousands("0.850"), None);
    /// ```
    #[must_use]
    pub fn as_thousands(text: &str) -> Option<Self> {
        let digits = text.trim_start_matches(['-', '\u{2212}']);
        let (whole, decimals) = digits.split_once('.')?;
        let alike = decimals.len() == 3 && decimals.ends_with('0') && looks_grouped(whole);
        let thousands: Self = alike.then(|| format!("{whole}{decimals}").parse().ok())??;
        Some(if digits.len() < text.len() { -thousands } else { thousands })
    }
}

/// Only marks of thousands, or marks that the other language has for decimals.
fn one_mark(
    digits: &str,
    mark: char,
    amount: Amount,
    read: &impl Fn(&str, &str) -> Result<Number, InvalidNumber>,
) -> Result<Number, InvalidNumber> {
    if digits.matches(mark).count() > 1 {
        return read(&joined(digits, mark)?, "");
    }
    let (whole, rest) = digits.split_once(mark).unwrap_or((digits, ""));
    if rest.is_empty() {
        return Err(InvalidNumber::NotDecimal);
    }
    if rest.len() != 3 || !looks_grouped(whole) {
        return read(whole, rest);
    }
    match amount {
        Amount::Things => read(&format!("{whole}{rest}"), ""),
        Amount::Points => read(whole, rest),
        Amount::Any => Err(unclear(&read(&format!("{whole}{rest}"), "")?, &read(whole, rest)?)),
    }
}

/// `1.234,5`; and `1,234.5`, which only the other language can mean. The whole part without marks, and the decimals.
fn both_marks(digits: &str, thousands: char, decimal: char) -> Result<(String, &str), InvalidNumber> {
    let last = digits.rfind([thousands, decimal]).unwrap_or_default();
    let (whole, rest) = digits.split_at_checked(last).ok_or(InvalidNumber::NotDecimal)?;
    let (mark, other) = if rest.starts_with(decimal) { (decimal, thousands) } else { (thousands, decimal) };
    let decimals = rest.strip_prefix(mark).filter(|decimals| !decimals.is_empty());
    Ok((joined(whole, other)?, decimals.ok_or(InvalidNumber::NotDecimal)?))
}

/// `1.271.000` as `1271000`.
fn joined(digits: &str, mark: char) -> Result<String, InvalidNumber> {
    let (first, rest) = digits.split_once(mark).ok_or(InvalidNumber::NotDecimal)?;
    if !looks_grouped(first) || rest.split(mark).any(|group| group.len() != 3) {
        return Err(InvalidNumber::NotDecimal);
    }
    Ok(digits.replace(mark, ""))
}

/// Whether a mark of thousands can follow: `1`, `20`, `300`, but neither `0` nor `1271`.
fn looks_grouped(whole: &str) -> bool {
    (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// `1 271` as `1271`; anything else with a space in it is two numbers.
fn without_spaces(text: &str) -> Result<String, InvalidNumber> {
    if !text.contains(SPACES) {
        return Ok(text.to_owned());
    }
    let whole = text.trim_start_matches(['-', '\u{2212}']).split(['.', ',']).next().unwrap_or_default();
    let mut groups = whole.split(SPACES);
    let first = groups.next().unwrap_or_default();
    let behind = text.rsplit(['.', ',']).next().filter(|rest| rest.len() < text.len());
    let split = behind.is_some_and(|rest| rest.contains(SPACES));
    if split || !looks_grouped(first) || groups.any(|group| group.len() != 3) {
        return Err(InvalidNumber::NotDecimal);
    }
    Ok(text.replace(SPACES, ""))
}

fn unclear(thousands: &Number, decimal: &Number) -> InvalidNumber {
    InvalidNumber::Unclear(Box::new(Readings {
        thousands: thousands.to_string(),
        decimal: decimal.to_string(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vi(text: &str, amount: Amount) -> Result<Number, InvalidNumber> {
        Number::typed(text, Lang::Vi, amount)
    }

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn counts_take_thousands_as_every_vietnamese_writes_them() {
        for text in ["1271", "1.271", "1 271", "1\u{a0}271", " 1271 "] {
            assert_eq!(vi(text, Amount::Things), Ok(number("1271")), "{text:?}");
        }
        for text in ["1.271.000", "1 271 000", "1,271,000", "1271000"] {
            assert_eq!(vi(text, Amount::Any), Ok(number("1271000")), "{text:?}");
        }
    }

    #[test]
    fn a_comma_is_decimal_and_so_is_a_dot_that_cannot_be_thousands() {
        let cases = [
            ("12,375", "12.375"),
            ("-0,5", "-0.5"),
            ("1.234,5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("12.5", "12.5"),
            ("0.125", "0.125"),
            ("1271.500", "1271.5"),
            ("78.5250", "78.525"),
        ];
        for (text, expected) in cases {
            assert_eq!(vi(text, Amount::Any), Ok(number(expected)), "{text}");
        }
        assert_eq!(vi("4.125", Amount::Points), Ok(number("4.125")));
    }

    #[test]
    fn twenty_thousand_never_becomes_twenty() {
        for text in ["20.000", "20,000"] {
            let Err(InvalidNumber::Unclear(readings)) = vi(text, Amount::Any) else { panic!("{text}") };
            assert_eq!((&*readings.thousands, &*readings.decimal), ("20000", "20"));
        }
        assert_eq!(vi("20.000", Amount::Things), Ok(number("20000")));
        assert!(matches!(vi("1.271", Amount::Any), Err(InvalidNumber::Unclear(_))));
    }

    #[test]
    fn english_is_the_other_way_round() {
        let en = |text, amount| Number::typed(text, Lang::En, amount);
        assert_eq!(en("1,271", Amount::Things), Ok(number("1271")));
        assert_eq!(en("12.375", Amount::Any), Ok(number("12.375")));
        assert_eq!(en("1,271.5", Amount::Any), Ok(number("1271.5")));
        assert!(matches!(en("20,000", Amount::Any), Err(InvalidNumber::Unclear(_))));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "mười",
            "1.2.3",
            "1..5",
            "12 5",
            "1 2710",
            "12,",
            ".5",
            "1,5 0",
            "0.000.000",
            "1e5",
            "1 27,5",
            "--1",
        ] {
            assert_eq!(vi(text, Amount::Any), Err(InvalidNumber::NotDecimal), "{text:?}");
        }
    }
}
