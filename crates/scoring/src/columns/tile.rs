//! The figures of a few dozen seats in columns: for each input one whole number per seat, over one denominator.
//!
//! A column holds what was entered exactly, or says for which seats it cannot. Only one tile of seats stands in columns at a
//! time, so that the columns fit the processor's cache and take no memory beside the sheets.

use parindex_rulebook::eval::Slot;
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::set::Compiled;

use super::mask::{Mask, TILE, bit, lanes};
use crate::sheet::Sheet;

/// How many sheets are read side by side: one line of the processor's cache holds as many whole numbers.
const SIDE: usize = 8;

/// The word for a date or an answer that nobody entered. Days and answers are never negative where they can be entered.
const UNTOUCHED: i64 = -1;
/// The word for a thing that was not done.
const NOT_DONE: i64 = -2;

/// What the words of a column stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
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
#[derive(Clone)]
pub(super) struct Column {
    meaning: Meaning,
    /// By seat; zero where no word stands for what was entered.
    pub words: [i64; TILE],
    /// The denominator of all words; one where they are no numbers.
    pub den: i64,
    /// No word is further from zero.
    pub most: i128,
    /// Whether some word is below zero.
    pub negative: bool,
    /// Where nothing was entered.
    pub missing: Mask,
    /// Where something was entered for which no word stands.
    pub other: Mask,
}

static EMPTY: Column = Column::new(Meaning::Number);

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
    fn untouched(self) -> i64 {
        match self {
            Self::Number | Self::YesNo => 0,
            Self::Day | Self::Answer => UNTOUCHED,
        }
    }
}

impl Column {
    const fn new(meaning: Meaning) -> Self {
        let (words, den, most, negative) = ([0; TILE], 1, 0, false);
        Self { meaning, words, den, most, negative, missing: Mask::MAX, other: 0 }
    }

    /// Where no word says whether and what was entered.
    pub fn unsaid(&self) -> Mask {
        match self.meaning {
            Meaning::Number | Meaning::YesNo => self.missing | self.other,
            Meaning::Day | Meaning::Answer => self.other,
        }
    }

    /// Makes room for so many seats.
    fn clear(&mut self, seats: usize) {
        if seats < TILE {
            self.words = [0; TILE];
        }
        (self.den, self.missing, self.other) = (1, 0, 0);
    }

    /// Takes one value from each of a few seats in a row. Nearly all values are of the one form that their column expects; the others
    /// are looked at one by one.
    #[inline]
    fn read(&mut self, slot: usize, side: usize, sheets: &[&[Value]]) {
        let den = self.den;
        let odd = match self.meaning {
            Meaning::Number => self.each(slot, side, sheets, |value| match value {
                Value::Number(number) => number.parts().filter(|(_, of)| *of == den).map(|(num, _)| num),
                _ => None,
            }),
            Meaning::Answer => self.each(slot, side, sheets, |value| match value {
                Value::Choice(option) => Some(i64::from(*option)),
                _ => None,
            }),
            Meaning::YesNo => self.each(slot, side, sheets, |value| match value {
                Value::YesNo(yes) => Some(i64::from(*yes)),
                _ => None,
            }),
            Meaning::Day => self.each(slot, side, sheets, day),
        };
        for place in lanes(odd) {
            let value = sheets.get(place).and_then(|values| values.get(slot));
            self.read_odd(side * SIDE + place, value.unwrap_or(&Value::Missing));
        }
    }

    /// Puts the words of a few seats in their places; gives those that have none.
    #[inline]
    fn each(
        &mut self,
        slot: usize,
        side: usize,
        sheets: &[&[Value]],
        word: impl Fn(&Value) -> Option<i64>,
    ) -> Mask {
        let (places, _) = self.words.as_chunks_mut::<SIDE>();
        let Some(places) = places.get_mut(side) else { return 0 };
        let mut odd = 0;
        for ((seat, place), values) in (0_u32..).zip(places).zip(sheets) {
            match values.get(slot).and_then(&word) {
                Some(word) => *place = word,
                None => odd |= 1 << seat,
            }
        }
        odd
    }

    #[cold]
    fn read_odd(&mut self, lane: usize, value: &Value) {
        let word = match (self.meaning, value) {
            (Meaning::Number, Value::Number(number)) => {
                number.parts().and_then(|(num, den)| self.finer(num, den))
            }
            (_, Value::Missing) => {
                self.missing |= bit(lane);
                Some(self.meaning.untouched())
            }
            _ => None,
        };
        if word.is_none() {
            self.other |= bit(lane);
        }
        if let Some(place) = self.words.get_mut(lane) {
            *place = word.unwrap_or(0);
        }
    }

    /// A numerator over the common denominator, which becomes finer where it has to. Decimals share one, whatever their digits;
    /// a fraction that does not fit in is left to the general evaluator.
    fn finer(&mut self, num: i64, den: i64) -> Option<i64> {
        if self.den % den == 0 {
            return num.checked_mul(self.den / den);
        }
        if den % self.den != 0 {
            return None;
        }
        let factor = den / self.den;
        if self.words.iter().any(|word| word.checked_mul(factor).is_none()) {
            return None;
        }
        for word in &mut self.words {
            *word *= factor;
        }
        self.den = den;
        Some(num)
    }

    /// Looks how large the words are.
    fn measure(&mut self) {
        let all = self.words.iter().fold(0, |all, word| all | word);
        self.negative = all < 0;
        self.most = if self.negative {
            self.words.iter().map(|word| i128::from(*word).abs()).max().unwrap_or(0)
        } else {
            // No sum of bits is smaller than one of its parts.
            i128::from(all)
        };
    }
}

/// The word of a day, and of a thing that was not done.
fn day(value: &Value) -> Option<i64> {
    match value {
        Value::Date(date) => {
            let (year, month) = (i64::from(date.year()), i64::from(date.month()));
            Some(year * 512 + month * 32 + i64::from(date.day()))
        }
        Value::NotDone => Some(NOT_DONE),
        _ => None,
    }
}

/// The columns of a few dozen seats.
pub(super) struct Tile {
    /// By slot; what no rule reads stays empty.
    columns: Vec<Column>,
    /// The slots that rules read.
    read: Vec<usize>,
}

impl Tile {
    /// Room for the figures that rules read.
    pub fn new(compiled: &Compiled, read: impl Iterator<Item = Slot>) -> Self {
        let column = |kind: &Kind| Column::new(Meaning::of(kind));
        let columns = compiled.inputs.iter().map(|input| column(&input.kind)).collect();
        let mut read: Vec<usize> = read.map(Slot::index).collect();
        read.sort_unstable();
        read.dedup();
        Self { columns, read }
    }

    /// Takes the figures of at most [`TILE`] sheets in place of those that were there.
    pub fn fill(&mut self, sheets: &[&Sheet]) {
        for slot in &self.read {
            if let Some(column) = self.columns.get_mut(*slot) {
                column.clear(sheets.len());
            }
        }
        for (side, few) in sheets.chunks(SIDE).enumerate() {
            self.fill_side(side, few);
        }
        for slot in &self.read {
            if let Some(column) = self.columns.get_mut(*slot) {
                column.measure();
            }
        }
    }

    /// Input by input across a few sheets: each sheet is read in its order, and each line of a column written once.
    fn fill_side(&mut self, side: usize, sheets: &[&Sheet]) {
        let mut values = [&[][..]; SIDE];
        for (place, sheet) in values.iter_mut().zip(sheets) {
            *place = sheet.values();
        }
        let values = values.get(..sheets.len()).unwrap_or_default();
        for slot in &self.read {
            if let Some(column) = self.columns.get_mut(*slot) {
                column.read(*slot, side, values);
            }
        }
    }

    /// The column of an input.
    #[inline]
    pub fn column(&self, slot: Slot) -> &Column {
        self.columns.get(slot.index()).unwrap_or(&EMPTY)
    }

    /// The seats of which some column holds a value.
    pub fn begun(&self) -> Mask {
        let columns = self.read.iter().filter_map(|slot| self.columns.get(*slot));
        columns.fold(0, |begun, column| begun | !column.missing)
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::number::Number;

    use super::*;

    fn column(values: &[Value]) -> Column {
        let mut column = Column::new(Meaning::Number);
        column.clear(values.len());
        let values: Vec<&[Value]> = values.iter().map(std::slice::from_ref).collect();
        column.read(0, 0, &values);
        column.measure();
        column
    }

    fn decimal(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn decimals_share_one_denominator() {
        let column = column(&[decimal("7"), decimal("0.25"), decimal("-1.5")]);
        assert_eq!((column.words.get(..3).unwrap(), column.den), (&[700, 25, -150][..], 100));
        assert_eq!((column.most, column.negative), (700, true));
    }

    #[test]
    fn what_no_word_stands_for_is_left_to_the_general_evaluator() {
        let third = Value::Number(Number::ratio(1, 3).unwrap());
        let huge = Value::Number(Number::whole(i64::MAX) * Number::whole(2));
        let column = column(&[decimal("0.5"), third, huge, Value::Missing, Value::YesNo(true), decimal("4")]);
        assert_eq!((column.other, column.missing), (0b1_0110, 0b1000));
        assert_eq!((column.words.get(..6).unwrap(), column.most), (&[5, 0, 0, 0, 0, 40][..], 45));
    }
}
