//! What a unit enters: named inputs with their kind, and the values that come in.

use jiff::civil::Date;

use crate::number::Number;
use crate::word;

mod number;
mod problem;
mod typed;

pub use problem::{Hand, InvalidValue, Meant};

/// The kind of an input; a value of another kind is refused when it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, not below zero: dossiers, documents, people.
    Count,
    /// Any decimal number.
    Decimal,
    /// A share: `0.7852` or `78.52%`, from 0 to 1 unless `unbounded`.
    Ratio {
        /// Shares over 100 % are possible, such as the result against a plan.
        unbounded: bool,
    },
    /// An amount of money, not below zero.
    Money,
    /// A civil date.
    Date,
    /// Yes or no.
    YesNo,
    /// One of the named options.
    Choice(Vec<String>),
}

impl Kind {
    /// The word for it in the notation.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Count => "số đếm",
            Self::Decimal => "số",
            Self::Ratio { unbounded: false } => "tỷ lệ",
            Self::Ratio { unbounded: true } => "tỷ lệ mở",
            Self::Money => "tiền",
            Self::Date => "ngày",
            Self::YesNo => "có/không",
            Self::Choice(_) => "lựa chọn",
        }
    }
}

/// One declared input of a criterion, or of a domain for all criteria below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name used in rules and in fact tables.
    pub name: String,
    /// What may come in.
    pub kind: Kind,
    /// What it means, for the person who enters it; may be empty.
    pub label: String,
}

/// A value that came in for an input.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing was entered. Never zero.
    #[default]
    Missing,
    /// A count, decimal, share or amount.
    Number(Number),
    Date(Date),
    /// Said of a date: the thing was not done. An untouched date is [`Value::Missing`].
    NotDone,
    /// Yes or no.
    YesNo(bool),
    /// The option at this place of the kind's list.
    Choice(u16),
}

/// How people say that the thing whose date is asked was not done; the first is how it is kept.
pub const NOT_DONE: [&str; 3] = ["chưa thực hiện", "chưa có", "not done"];

impl Kind {
    /// The thousands for which people would write a figure of a file that is read as it stands: `900.000` is 900 there. A count is refused
    /// instead, and a share of the whole has no thousands.
    #[must_use]
    pub fn as_thousands(&self, text: &str) -> Option<Number> {
        let can_be = matches!(self, Self::Decimal | Self::Money | Self::Ratio { unbounded: true });
        can_be.then(|| Number::as_thousands(text))?
    }

    /// Reads a value of this kind as files write it: decimal point, `%` for shares, ISO or Vietnamese dates.
    ///
    /// ```
    /// use parindex_rulebook::input::{Kind, Value};
    /// use parindex_rulebook::lang::Lang;
    /// assert_eq!(Kind::Count.read("1271"), Ok(Value::Number(1271.into())));
    /// assert_eq!(Kind::Count.read("1.271").unwrap_err().advised(Lang::Vi), ["1271"]);
    /// assert_eq!(Kind::Money.read("900.125"), Ok(Value::Number("900.125".parse().unwrap())));
    /// ```
    ///
    /// # Errors
    /// [`InvalidValue`] says what is wrong and how to write it.
    pub fn read(&self, text: &str) -> Result<Value, InvalidValue> {
        match self {
            Self::Count | Self::Decimal | Self::Money | Self::Ratio { .. } => {
                self.number(text, Hand::File, |digits, _| digits.parse()).map(Value::Number)
            }
            Self::Date => match read_date(text) {
                Some(day) => Ok(Value::Date(day)),
                None if NOT_DONE.iter().any(|known| word::same(known, text)) => Ok(Value::NotDone),
                None => Err(InvalidValue::NotDate(text.to_owned())),
            },
            Self::YesNo => {
                yes_no(text).map(Value::YesNo).ok_or_else(|| InvalidValue::NotYesNo(text.to_owned()))
            }
            Self::Choice(options) => choice(text, options),
        }
    }
}

impl Kind {
    /// The text that [`Kind::read`] reads back as this value; nothing for a value that is missing or of another kind.
    ///
    /// ```
    /// use parindex_rulebook::input::{Kind, Value};
    /// let share = Kind::Ratio { unbounded: false };
    /// let value = share.read("78.52%").unwrap();
    /// assert_eq!(share.write(&value), "0.7852");
    /// assert_eq!(share.read("0.7852"), Ok(value));
    /// assert_eq!(Kind::Count.write(&Value::Missing), "");
    /// ```
    #[must_use]
    pub fn write(&self, value: &Value) -> String {
        match (self, value) {
            (Self::Count | Self::Decimal | Self::Money | Self::Ratio { .. }, Value::Number(number)) => {
                number.to_string()
            }
            (Self::Date, Value::Date(date)) => date.to_string(),
            (Self::Date, Value::NotDone) => NOT_DONE[0].to_owned(),
            (Self::YesNo, Value::YesNo(yes)) => if *yes { "có" } else { "không" }.to_owned(),
            (Self::Choice(options), Value::Choice(at)) => {
                options.get(usize::from(*at)).cloned().unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

/// `2026-03-05`, `05/03/2026` or `5/3/2026`.
#[must_use]
pub fn read_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn yes_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 6]| words.iter().any(|known| word::same(known, text));
    if is(["có", "co", "yes", "true", "1", "x"]) {
        return Some(true);
    }
    is(["không", "khong", "no", "false", "0", "ko"]).then_some(false)
}

fn choice(text: &str, options: &[String]) -> Result<Value, InvalidValue> {
    let place = options.iter().position(|option| option == text);
    place
        .or_else(|| options.iter().position(|option| word::same(option, text)))
        .and_then(|place| u16::try_from(place).ok())
        .map(Value::Choice)
        .ok_or_else(|| InvalidValue::NoOption(text.to_owned(), options.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn values_are_read_by_their_kind() {
        let kind = Kind::Choice(vec!["Có".to_owned(), "Không áp dụng".to_owned()]);
        assert_eq!(kind.read("không  áp dụng"), Ok(Value::Choice(1)));
        assert!(kind.read("Khong").is_err());
        assert_eq!(
            Kind::Ratio { unbounded: false }.read("78.52%"),
            Kind::Ratio { unbounded: false }.read("0.7852")
        );
        let over = Kind::Ratio { unbounded: false }.read("78.52").unwrap_err();
        assert!(matches!(&over, InvalidValue::OverOne(..)) && over.advised(Lang::Vi) == ["78.52%"]);
        assert_eq!(Kind::Date.read("05/03/2026"), Kind::Date.read("2026-03-05"));
        assert!(Kind::Date.read("31/02/2026").is_err());
        assert_eq!(Kind::Date.read("Chưa thực hiện"), Ok(Value::NotDone));
        assert_eq!(Kind::Date.read(&Kind::Date.write(&Value::NotDone)), Ok(Value::NotDone));
        assert_eq!(Kind::YesNo.read("Có"), Ok(Value::YesNo(true)));
        assert!(Kind::Money.read("-1").is_err());
        for text in ["NaN", "inf", "1,5", "1e9"] {
            assert!(matches!(Kind::Decimal.read(text), Err(InvalidValue::NotNumber(..))), "{text}");
        }
    }

    /// The point of a file is decimal. Where people write the same for thousands, that is worth a remark.
    #[test]
    fn a_figure_of_a_file_that_looks_like_thousands_is_read_as_it_stands_and_told() {
        let share = Kind::Ratio { unbounded: false };
        let open = Kind::Ratio { unbounded: true };
        for (kind, text, read, thousands) in [
            (&Kind::Money, "640.000", "640", "640000"),
            (&Kind::Decimal, "-3.150", "-3.15", "-3150"),
            (&open, "2.000", "2", "2000"),
        ] {
            assert_eq!(kind.read(text), Ok(Value::Number(read.parse().unwrap())), "{text}");
            assert_eq!(kind.as_thousands(text), Some(thousands.parse().unwrap()), "{text}");
        }
        let told = |text: &str| share.read(text).unwrap_err().advised(Lang::Vi);
        assert_eq!(told("86.250"), ["86.25%"]);
        assert!(told("250.000").is_empty());
        for (kind, text, read) in [
            (&Kind::Money, "640.5", "640.5"),
            (&Kind::Money, "640.125", "640.125"),
            (&Kind::Money, "0.640", "0.64"),
            (&Kind::Money, "6400.000", "6400"),
            (&Kind::Decimal, "3.1500", "3.15"),
            (&share, "0.850", "0.85"),
            (&share, "86.250%", "0.8625"),
        ] {
            assert_eq!(kind.read(text), Ok(Value::Number(read.parse().unwrap())), "{text}");
            assert_eq!(kind.as_thousands(text), None, "{text}");
        }
    }
}
