//! Days that are not what their weekdays say, and the holidays that a year needs.

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
    /// Both.
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

/// What a year needs before it is known whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// So many of the five days of Tết are there.
    Tet(usize),
    /// 10 March of the lunar calendar.
    HungKings,
    /// 30 April.
    Victory,
    /// 1 May.
    Labour,
    /// So many of the two days of the National Day are there, 2 September among them or not.
    National(usize),
    /// 24 November, from 2026 on.
    Culture,
}

impl Say for Holiday {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NewYear => lang.pick("Tết Dương lịch 01/01", "New Year, 1 January").to_owned(),
            Self::Tet(there) => lang.pick(
                format!("Tết Nguyên đán (mới có {there} trong 5 ngày)"),
                format!("Tết ({there} of 5 days are there)"),
            ),
            Self::HungKings => lang.pick("Giỗ Tổ Hùng Vương", "Hùng Kings").to_owned(),
            Self::Victory => lang.pick("30/4", "30 April").to_owned(),
            Self::Labour => lang.pick("01/5", "1 May").to_owned(),
            Self::National(there) => lang.pick(
                format!("Quốc khánh (02/9 và một ngày liền kề; mới có {there} trong 2 ngày)"),
                format!("National Day (2 September and a day beside it; {there} of 2 are there)"),
            ),
            Self::Culture => lang.pick("Ngày Văn hóa Việt Nam 24/11", "Culture Day, 24 November").to_owned(),
        }
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
