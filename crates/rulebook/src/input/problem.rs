//! Why a text is not a value of the input's kind, and how to write it.

use crate::lang::{Lang, Say};
use crate::number::{Amount, InvalidNumber, Number};

/// Why a text is not a value of the input's kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidValue {
    /// Not a decimal number with a point, in a file.
    NotNumber(String),
    /// Not a number, in a field.
    NotTyped(String),
    /// `20.000`: thousands or decimals?
    Unclear(String, InvalidNumber),
    /// `12,5`, or `1.271` in a file, for a count; and the whole number that its writer may have meant.
    NotWhole(String, Option<Number>),
    /// Below zero where nothing can be.
    Negative(String),
    /// A share over 1 without `%`, or over 100 %.
    OverOne(String),
    /// Not a date `2026-03-05` or `05/03/2026`.
    NotDate(String),
    /// Neither yes nor no.
    NotYesNo(String),
    /// Not among the options.
    NoOption(String, Vec<String>),
}

impl InvalidValue {
    /// With the whole number that the text is where its mark stands between thousands, in either language.
    pub(super) fn not_whole(text: &str) -> Self {
        let readings = [Lang::Vi, Lang::En].map(|lang| Number::typed(text, lang, Amount::Things).ok());
        let meant = readings.into_iter().flatten().find(Number::is_whole);
        Self::NotWhole(text.to_owned(), meant)
    }
}

impl Say for InvalidValue {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotNumber(text) => lang.pick(
                format!("«{text}» không phải là số; trong tệp, viết số liền nhau, dấu chấm thập phân, ví dụ 1271.5"),
                format!("“{text}” is not a number; in files write digits with a decimal point, such as 1271.5"),
            ),
            Self::NotTyped(text) => lang.pick(
                format!("«{text}» không phải là số; hãy viết như 1271 hoặc 12,5"),
                format!("“{text}” is not a number; write it like 1271 or 12.5"),
            ),
            Self::Unclear(text, unclear) => {
                let unclear = unclear.say(lang);
                lang.pick(format!("«{text}» {unclear}"), format!("“{text}” {unclear}"))
            }
            Self::NotWhole(text, Some(meant)) => {
                let meant = lang.typed(meant);
                lang.pick(
                    format!("«{text}» không phải số nguyên; nếu là {meant}, hãy viết liền: {meant}"),
                    format!("“{text}” is not a whole number; if {meant} is meant, write {meant}"),
                )
            }
            Self::NotWhole(text, None) => lang.pick(
                format!("«{text}» không phải số nguyên; số liệu này đếm được, ví dụ 1271"),
                format!("“{text}” is not a whole number; this is counted, such as 1271"),
            ),
            Self::Negative(text) => lang.pick(
                format!("«{text}» nhỏ hơn 0; số liệu này không thể âm"),
                format!("“{text}” is below zero; this input cannot be negative"),
            ),
            Self::OverOne(text) if text.ends_with('%') => lang.pick(
                format!("tỷ lệ «{text}» lớn hơn 100%; số liệu này không thể quá 100%"),
                format!("share “{text}” is over 100%, which this input cannot be"),
            ),
            Self::OverOne(text) => lang.pick(
                format!("tỷ lệ «{text}» lớn hơn 1; nếu là phần trăm, hãy viết {text}%"),
                format!("share “{text}” is over 1; if it is a percentage, write {text}%"),
            ),
            Self::NotDate(text) => lang.pick(
                format!("«{text}» không phải là ngày; hãy viết 2026-03-05 hoặc 05/03/2026"),
                format!("“{text}” is not a date; write 2026-03-05 or 05/03/2026"),
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
