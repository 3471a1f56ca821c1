//! Why a text is not a value of the input's kind, and how to write it.

use super::Kind;
use crate::lang::{Lang, Say};
use crate::number::{Amount, Number};

/// Where a text stands, which decides how numbers are written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// In a file of a package: the point is decimal.
    File,
    /// In a field, pasted, or in a cell of a sheet's workbook: the marks of the language.
    Person,
}

/// A number that a text may mean, written so that it is read in one way only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The number that is written, before its sign.
    pub number: Number,
    /// Whether a percent sign follows.
    pub percent: bool,
    /// Where it is written.
    pub by: Hand,
}

impl Meant {
    /// The text that is read as this number and nothing else.
    #[must_use]
    pub fn written(&self, lang: Lang) -> String {
        let number = match self.by {
            Hand::File => self.number.to_string(),
            Hand::Person => lang.typed(&self.number),
        };
        format!("{number}{}", if self.percent { "%" } else { "" })
    }
}

/// Why a text is not a value of the input's kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidValue {
    /// Not a decimal number with a point, in a file; and numbers of the kind.
    NotNumber(String, Vec<Meant>),
    /// Not a number, in a field; and numbers of the kind.
    NotTyped(String, Vec<Meant>),
    /// `20.000`: thousands or decimals? What it may mean.
    Unclear(String, Vec<Meant>),
    /// `12,5`, or `1.271` in a file, for a count; and the whole number that its writer may have meant.
    NotWhole(String, Option<Meant>),
    /// Below zero where nothing can be.
    Negative(String),
    /// A share over 1 without `%`, or over 100 %; and the percentage that its writer may have meant.
    OverOne(String, Option<Meant>),
    /// Not a date `2026-03-05` or `05/03/2026`.
    NotDate(String),
    /// Neither yes nor no.
    NotYesNo(String),
    /// Not among the options.
    NoOption(String, Vec<String>),
}

/// What a count looks like.
const COUNT: &str = "1271";
/// What a date looks like.
const DATES: [&str; 2] = ["2026-03-05", "05/03/2026"];

impl InvalidValue {
    /// With numbers of the kind, as they are written there.
    pub(super) fn no_number(text: &str, kind: &Kind, by: Hand) -> Self {
        let text = text.to_owned();
        match by {
            Hand::File => Self::NotNumber(text, examples(kind, by)),
            Hand::Person => Self::NotTyped(text, examples(kind, by)),
        }
    }

    /// With the whole number that the text is where its mark stands between thousands, in either language.
    pub(super) fn not_whole(text: &str, by: Hand) -> Self {
        let readings = [Lang::Vi, Lang::En].map(|lang| Number::typed(text, lang, Amount::Things).ok());
        let meant = readings.into_iter().flatten().find(Number::is_whole);
        Self::NotWhole(text.to_owned(), meant.map(|number| Meant { number, percent: false, by }))
    }

    /// What its sentence says to write; each of these is taken where the text was refused.
    #[must_use]
    pub fn advised(&self, lang: Lang) -> Vec<String> {
        let written = |meant: &[Meant]| meant.iter().map(|meant| meant.written(lang)).collect();
        match self {
            Self::NotNumber(_, meant) | Self::NotTyped(_, meant) | Self::Unclear(_, meant) => written(meant),
            Self::NotWhole(_, None) => vec![COUNT.to_owned()],
            Self::NotWhole(_, Some(meant)) | Self::OverOne(_, Some(meant)) => vec![meant.written(lang)],
            Self::Negative(_) | Self::OverOne(_, None) => Vec::new(),
            Self::NotDate(_) => DATES.map(str::to_owned).to_vec(),
            Self::NotYesNo(_) => ["có", "không"].map(str::to_owned).to_vec(),
            Self::NoOption(_, options) => options.clone(),
        }
    }
}

/// Two numbers of a kind, of which a reader takes the first that fits.
fn examples(kind: &Kind, by: Hand) -> Vec<Meant> {
    let number = |number: Number, percent: bool| Meant { number, percent, by };
    match kind {
        Kind::Count => vec![number(1271.into(), false)],
        Kind::Ratio { unbounded: false } => {
            vec![number(Number::hundredths(85), false), number(85.into(), true)]
        }
        Kind::Ratio { unbounded: true } => {
            vec![number(Number::hundredths(104), false), number(104.into(), true)]
        }
        _ => vec![number(1271.into(), false), number(Number::hundredths(1250), false)],
    }
}

impl Say for InvalidValue {
    fn say(&self, lang: Lang) -> String {
        let advised = self.advised(lang);
        let either = advised.join(lang.pick(" hoặc ", " or "));
        match self {
            Self::NotNumber(text, _) => lang.pick(
                format!("«{text}» không phải là số; trong tệp, viết số liền nhau, dấu chấm thập phân, ví dụ {either}"),
                format!("“{text}” is not a number; in files write digits with a decimal point, such as {either}"),
            ),
            Self::NotTyped(text, _) => lang.pick(
                format!("«{text}» không phải là số; hãy viết như {either}"),
                format!("“{text}” is not a number; write it like {either}"),
            ),
            Self::Unclear(text, _) => {
                let asked = advised.join(lang.pick(" hay ", " or "));
                lang.pick(
                    format!("«{text}» chưa rõ là {asked}; hãy viết {either}"),
                    format!("“{text}” is {asked}; write {either}"),
                )
            }
            Self::NotWhole(text, Some(_)) => lang.pick(
                format!("«{text}» không phải số nguyên; nếu là {either}, hãy viết liền: {either}"),
                format!("“{text}” is not a whole number; if {either} is meant, write {either}"),
            ),
            Self::NotWhole(text, None) => lang.pick(
                format!("«{text}» không phải số nguyên; số liệu này đếm được, ví dụ {either}"),
                format!("“{text}” is not a whole number; this is counted, such as {either}"),
            ),
            Self::Negative(text) => lang.pick(
                format!("«{text}» nhỏ hơn 0; số liệu này không thể âm"),
                format!("“{text}” is below zero; this input cannot be negative"),
            ),
            Self::OverOne(text, Some(_)) => lang.pick(
                format!("tỷ lệ «{text}» lớn hơn 1; nếu là phần trăm, hãy viết {either}"),
                format!("share “{text}” is over 1; if it is a percentage, write {either}"),
            ),
            Self::OverOne(text, None) => lang.pick(
                format!("tỷ lệ «{text}» lớn hơn 100%; số liệu này không thể quá 100%"),
                format!("share “{text}” is over 100%, which this input cannot be"),
            ),
            Self::NotDate(text) => lang.pick(
                format!("«{text}» không phải là ngày; hãy viết {either}"),
                format!("“{text}” is not a date; write {either}"),
            ),
            Self::NotYesNo(text) => lang.pick(
                format!("«{text}» không phải là có hoặc không"),
                format!("“{text}” is neither có (yes) nor không (no)"),
            ),
            Self::NoOption(text, options) => lang.pick(
                format!("«{text}» không có trong các lựa chọn: {}", options.join(", ")),
                format!("“{text}” is not among the options: {}", options.join(", ")),
            ),
        }
    }
}
