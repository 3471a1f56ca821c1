//! Days that are not what their weekdays say.

use crate::lang::{Lang, Say};
use crate::word::same;

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// Off although a weekday, or worked although a weekend.
    pub kind: DayKind,
    /// Why: the holiday's name.
    pub name: String,
}

/// Whether people work on a special day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A holiday or a day off in lieu.
    Off,
    /// A weekend day worked to pay for a swapped day off.
    Work,
}

impl DayKind {
    /// Both kinds of special days.
    pub const ALL: [Self; 2] = [Self::Off, Self::Work];

    /// The word that files and tables keep.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Work => "work",
        }
    }

    /// The kind of a word: as files keep it, or as officials say it.
    ///
    /// ```
    /// use parindex_rulebook::calendar::DayKind;
    /// assert_eq!(DayKind::of("Nghỉ bù"), Some(DayKind::Off));
    /// assert_eq!(DayKind::of("làm bù"), Some(DayKind::Work));
    /// ```
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        const SAID: [(DayKind, &[&str]); 2] = [
            (DayKind::Off, &["off", "nghỉ", "ngày nghỉ", "nghỉ bù", "ngày nghỉ bù"]),
            (DayKind::Work, &["work", "làm việc", "ngày làm việc", "làm bù", "ngày làm bù"]),
        ];
        let said = |words: &[&str]| words.iter().any(|known| same(known, word));
        SAID.into_iter().find(|(_, words)| said(words)).map(|(kind, _)| kind)
    }
}

impl Say for DayKind {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Off => lang.pick("nghỉ", "off"),
            Self::Work => lang.pick("làm việc", "worked"),
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_day_is_said_in_both_languages() {
        for (word, kind) in [
            ("off", Some(DayKind::Off)),
            ("NGHỈ", Some(DayKind::Off)),
            ("Làm  việc", Some(DayKind::Work)),
            ("ngày làm bù", Some(DayKind::Work)),
            ("lễ", None),
        ] {
            assert_eq!(DayKind::of(word), kind, "{word}");
        }
    }
}
