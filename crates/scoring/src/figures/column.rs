//! One input of a few dozen seats: one whole number for each, over one denominator.
//!
//! A column holds what was entered exactly, or says for which seats it cannot.

use jiff::civil::Date;
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::number::Number;

use super::mask::{Mask, TILE, bit};

/// The word for a date or an answer that nobody entered. Days and answers are never negative where they can be entered.
const UNTOUCHED: i64 = -1;
/// The word for a thing that was not done.
const NOT_DONE: i64 = -2;

/// What the words of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// Numerators over the column's denominator.
    Number,
    /// One for yes, zero for no.
    YesNo,
    /// Days, each with a word of its own.
    Day,
    /// Places of options.
    Answer,
}

/// One input of all seats of a tile.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    meaning: Meaning,
    /// By seat; zero where no word stands for what was entered.
    pub words: [i64; TILE],
    /// The denominator of all words; one where they are no numbers.
    pub den: i64,
    /// No word is further from zero.
    most: u64,
    /// Whether some word may be below zero.
    pub negative: bool,
    /// Where nothing was entered.
    pub missing: Mask,
    /// Where something was entered for which no word stands.
    pub other: Mask,
}

impl Meaning {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Count | Kind::Decimal | Kind::Money | Kind::Ratio { .. } => Self::Number,
            Kind::YesNo => Self::YesNo,
            Kind::Date => Self::Day,
            Kind::Choice(_) => Self::Answer,
        }
    }

    /// The word for a value that is missing.
    const fn untouched(self) -> i64 {
        match self {
            Self::Number | Self::YesNo => 0,
            Self::Day | Self::Answer => UNTOUCHED,
        }
    }
}

impl Column {
    /// A number that nobody has entered.
    pub const EMPTY: Self = Self::meaning(Meaning::Number);

    /// A column for inputs of a kind.
    pub fn new(kind: &Kind) -> Self {
        Self::meaning(Meaning::of(kind))
    }

    const fn meaning(meaning: Meaning) -> Self {
        let word = meaning.untouched();
        let (words, most, negative) = ([word; TILE], word.unsigned_abs(), word < 0);
        Self { meaning, words, den: 1, most, negative, missing: Mask::MAX, other: 0 }
    }

    /// A bound that no word exceeds in size.
    pub fn most(&self) -> i128 {
        i128::from(self.most)
    }

    /// Where no word says whether and what was entered.
    pub fn unsaid(&self) -> Mask {
        match self.meaning {
            Meaning::Number | Meaning::YesNo => self.missing | self.other,
            Meaning::Day | Meaning::Answer => self.other,
        }
    }

    /// Takes a value in place of what stood there; says whether a word stands for it.
    #[inline]
    pub fn set(&mut self, lane: usize, value: &Value) -> bool {
        let word = self.word(value);
        let (missing, other) = (Mask::from(*value == Value::Missing), Mask::from(word.is_none()));
        self.missing = self.missing & !bit(lane) | missing << (lane % TILE);
        self.other = self.other & !bit(lane) | other << (lane % TILE);
        if let Some(place) = self.words.get_mut(lane) {
            *place = word.unwrap_or(0);
            self.most = self.most.max(place.unsigned_abs());
            self.negative |= *place < 0;
        }
        word.is_some()
    }

    #[inline]
    fn word(&mut self, value: &Value) -> Option<i64> {
        match (self.meaning, value) {
            (Meaning::Number, Value::Number(number)) => {
                let (num, den) = number.parts()?;
                if den == self.den { Some(num) } else { self.finer(num, den) }
            }
            (Meaning::Answer, Value::Choice(option)) => Some(i64::from(*option)),
            (Meaning::YesNo, Value::YesNo(yes)) => Some(i64::from(*yes)),
            (Meaning::Day, Value::Date(date)) => {
                let (year, month) = (i64::from(date.year()), i64::from(date.month()));
                Some(year * 512 + month * 32 + i64::from(date.day()))
            }
            (Meaning::Day, Value::NotDone) => Some(NOT_DONE),
            (_, Value::Missing) => Some(self.meaning.untouched()),
            _ => None,
        }
    }

    /// A numerator over the common denominator, which becomes finer where it has to. Decimals share one, whatever their digits;
    /// a fraction that does not fit in has no word.
    #[cold]
    fn finer(&mut self, num: i64, den: i64) -> Option<i64> {
        if self.den % den == 0 {
            return num.checked_mul(self.den / den);
        }
        if den % self.den != 0 {
            return None;
        }
        let factor = den / self.den;
        let most = self.most.checked_mul(factor.unsigned_abs())?;
        i64::try_from(most).ok()?;
        for word in &mut self.words {
            *word *= factor;
        }
        (self.den, self.most) = (den, most);
        Some(num)
    }

    /// What was entered for a seat; missing where no word stands for it.
    pub fn value(&self, lane: usize) -> Value {
        let Some(word) = self.words.get(lane).filter(|_| (self.missing | self.other) & bit(lane) == 0) else {
            return Value::Missing;
        };
        match self.meaning {
            Meaning::Number => Value::Number(self.number(*word)),
            Meaning::YesNo => Value::YesNo(*word != 0),
            Meaning::Day if *word == NOT_DONE => Value::NotDone,
            Meaning::Day => date(*word).map_or(Value::Missing, Value::Date),
            Meaning::Answer => u16::try_from(*word).map_or(Value::Missing, Value::Choice),
        }
    }

    /// Whole numbers stay whole, however finely others of the column are counted.
    fn number(&self, word: i64) -> Number {
        if word % self.den == 0 {
            return Number::whole(word / self.den);
        }
        Number::ratio(word, self.den).unwrap_or_default()
    }
}

/// The day that a word stands for.
fn date(word: i64) -> Option<Date> {
    let (year, month, day) = (word.div_euclid(512), word.div_euclid(32).rem_euclid(16), word.rem_euclid(32));
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: &Kind, values: &[Value]) -> Column {
        let mut column = Column::new(kind);
        for (lane, value) in values.iter().enumerate() {
            assert_eq!(column.set(lane, value), column.other & bit(lane) == 0);
        }
        column
    }

    fn decimal(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn decimals_share_one_denominator() {
        let values = [decimal("7"), decimal("0.25"), decimal("-1.5")];
        let column = column(&Kind::Decimal, &values);
        assert_eq!((column.words.get(..3).unwrap(), column.den), (&[700, 25, -150][..], 100));
        assert_eq!((column.most, column.negative), (700, true));
        assert_eq!([0, 1, 2].map(|lane| column.value(lane)), values);
        assert_eq!(column.value(3), Value::Missing);
    }

    #[test]
    fn what_no_word_stands_for_is_said_to_stand_elsewhere() {
        let third = Value::Number(Number::ratio(1, 3).unwrap());
        let huge = Value::Number(Number::whole(i64::MAX) * Number::whole(2));
        let values = [decimal("0.5"), third, huge, Value::Missing, Value::YesNo(true), decimal("4")];
        let mut column = column(&Kind::Decimal, &values);
        assert_eq!((column.other, column.missing), (0b1_0110, Mask::MAX << 6 | 0b1000));
        assert_eq!((column.words.get(..6).unwrap(), column.most), (&[5, 0, 0, 0, 0, 40][..], 40));
        assert!(column.set(1, &Value::Missing) && column.set(2, &decimal("3")));
        assert_eq!((column.other, column.missing), (0b1_0000, Mask::MAX << 6 | 0b1010));
        assert!(column.set(5, &decimal("1")));
        assert_eq!(column.most, 40, "a bound may be wider than it has to be");
    }

    #[test]
    fn the_largest_word_limits_how_finely_all_are_counted() {
        let mut column = column(&Kind::Decimal, &[Value::Number((i64::MAX / 7).into())]);
        assert!(!column.set(1, &decimal("0.5")));
        assert!(column.set(1, &Value::Number(i64::MIN.into())));
        assert_eq!(column.value(1), Value::Number(i64::MIN.into()));
    }

    #[test]
    fn days_answers_and_choices_come_back() {
        let days = [(-9999, 1, 1), (-1, 12, 31), (0, 2, 29), (2026, 11, 30), (9999, 12, 31)];
        let mut days: Vec<Value> =
            days.map(|(year, month, day)| Value::Date(Date::new(year, month, day).unwrap())).into();
        days.extend([Value::NotDone, Value::Missing]);
        let answers = [Value::YesNo(true), Value::YesNo(false), Value::Missing].to_vec();
        let choices = [Value::Choice(0), Value::Choice(u16::MAX), Value::Missing].to_vec();
        for (kind, values) in
            [(Kind::Date, days), (Kind::YesNo, answers), (Kind::Choice(Vec::new()), choices)]
        {
            let column = column(&kind, &values);
            assert_eq!((0..values.len()).map(|lane| column.value(lane)).collect::<Vec<_>>(), values);
        }
    }
}
