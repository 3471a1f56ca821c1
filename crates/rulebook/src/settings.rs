//! What a decision settles once for the whole set: rounding, ties, the index, classes.

use crate::number::{Digits, Number, RoundMode};
use crate::rule::Range;

/// The settings of a criteria set.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Settings {
    /// Where and how points are rounded.
    pub rounding: Rounding,
    /// How equal results share a rank.
    pub ties: Ties,
    /// How the index is formed.
    pub index: Index,
    /// Classes of results, by years.
    pub scales: Vec<Scale>,
    /// The most that all bonus points together add.
    pub bonus_cap: Option<Number>,
    /// The most that all penalty points together take.
    pub penalty_cap: Option<Number>,
    /// What becomes of a due date on a day off.
    pub due_off: DueOff,
}

/// What becomes of a due date that falls on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DueOff {
    /// It stays, as a decision that names a day means it.
    #[default]
    Keep,
    /// The next working day is due, as a term ends by the Civil Code 2015, article 148.
    Next,
}

/// Where and how points are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub at: RoundAt,
    /// How many digits stay.
    pub digits: Digits,
    /// What happens to the rest.
    pub mode: RoundMode,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { at: RoundAt::Leaf, digits: Digits::TWO, mode: RoundMode::HalfUp }
    }
}

/// Where points are rounded. Both real conventions exist: see `domain.md`, "Rounding".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RoundAt {
    /// Each scored criterion; sums are of rounded points (the 766 index).
    #[default]
    Leaf,
    /// Each scored criterion and each level above it.
    Level,
    /// Only the total; parts stay unrounded (the ministry's PAR INDEX).
    End,
}

/// How equal results share a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ties {
    /// 1, 1, 3.
    #[default]
    Competition,
    /// 1, 1, 2.
    Dense,
}

/// How the index is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    pub formula: IndexFormula,
    /// How many digits are published.
    pub digits: Digits,
    /// What ranks compare.
    pub rank_by: RankBy,
}

impl Default for Index {
    fn default() -> Self {
        Self { formula: IndexFormula::Share, digits: Digits::TWO, rank_by: RankBy::Published }
    }
}

/// From what the index is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum IndexFormula {
    /// Points / applicable maximum × 100.
    #[default]
    Share,
    /// The points themselves.
    Points,
}

/// What units are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RankBy {
    /// The index as published: what nobody sees decides no rank.
    #[default]
    Published,
    /// The index before its rounding.
    Exact,
}

/// Classes of results that hold in some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// First and last year; always when not stated.
    pub years: Option<(i16, i16)>,
    /// The classes, best first.
    pub classes: Vec<Class>,
}

/// One class of results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name: `Xuất sắc`, `A`.
    pub name: String,
    /// Where it begins; the last class may take all the rest.
    pub range: Range,
}

impl Settings {
    /// The class of an index in a year.
    #[must_use]
    pub fn classify(&self, index: &Number, year: i16) -> Option<&str> {
        let holds = |scale: &&Scale| scale.years.is_some_and(|(first, last)| (first..=last).contains(&year));
        let scale = self
            .scales
            .iter()
            .find(holds)
            .or_else(|| self.scales.iter().find(|scale| scale.years.is_none()))?;
        scale.classes.iter().find(|class| class.range.contains(index)).map(|class| class.name.as_str())
    }
}
