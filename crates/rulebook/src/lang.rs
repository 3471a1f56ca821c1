//! The two languages that people read, and how each writes dates.

use jiff::civil::Date;

/// The language of a sentence. Vietnamese comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// Something with a sentence for people in both languages.
pub trait Say {
    /// The sentence in `lang`.
    fn say(&self, lang: Lang) -> String;

    /// The command that mends it, for whoever works at a command line. Pages never name one.
    fn command(&self) -> Option<&'static str> {
        None
    }
}

impl<T: Say> Say for &T {
    fn say(&self, lang: Lang) -> String {
        (**self).say(lang)
    }

    fn command(&self) -> Option<&'static str> {
        (**self).command()
    }
}

impl Lang {
    /// The Vietnamese or the English of two texts.
    pub fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// The mark between thousands and the decimal mark.
    #[must_use]
    pub const fn marks(self) -> (char, char) {
        match self {
            Self::Vi => ('.', ','),
            Self::En => (',', '.'),
        }
    }

    /// A civil date: `05/3/2026` as officials write it, `2026-03-05` in English.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self {
            // A zero stands before days under 10 and before months 1 and 2.
            Self::Vi if month <= 2 => format!("{day:02}/{month:02}/{year}"),
            Self::Vi => format!("{day:02}/{month}/{year}"),
            Self::En => format!("{year}-{month:02}-{day:02}"),
        }
    }
}
