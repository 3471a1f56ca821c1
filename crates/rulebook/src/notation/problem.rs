//! Why a rule cannot be read: what was found, where, and how it could be written.

use crate::lang::{Lang, Say};
use crate::number::InvalidNumber;

/// Why a rule cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule {
    /// The character at which reading stopped; 1 is the first.
    pub at: usize,
    /// What stands there; empty at the end.
    pub found: String,
    /// What is wrong.
    pub problem: Problem,
    /// How to write it; what it says can be read.
    pub advice: Advice,
}

/// How to write what could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Advice {
    /// Nothing was looked for.
    #[default]
    None,
    /// The same text, mended where it could not be read.
    Nearest(String),
    /// An example of the way of scoring that it begins with.
    Example(&'static str),
}

impl Advice {
    /// What to write; empty where nothing was looked for.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::None => "",
            Self::Nearest(text) => text,
            Self::Example(text) => text,
        }
    }
}

/// What is wrong at a place of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Something else belongs here: in Vietnamese, in English.
    Expected(&'static str, &'static str),
    /// A number that cannot be read.
    Number(InvalidNumber),
    /// A quotation mark or bracket that is never closed.
    Unclosed(char),
    /// A character that means nothing in a rule.
    Character,
    /// A day that does not exist.
    Date,
    /// A day as files write it: `2026-03-05`.
    IsoDate,
    /// The rule ended, but text follows.
    Trailing,
    /// Words that are neither a declared input nor words of the notation.
    Undeclared(String),
    /// The text can be read in two ways, each written so that it has one meaning.
    Ambiguous(Box<[String; 2]>),
    /// Over 4,000 characters.
    TooLong,
    /// Nested over 40 levels.
    TooDeep,
}

impl InvalidRule {
    /// An error for which no advice was looked for yet.
    pub(super) fn new(at: usize, found: String, problem: Problem) -> Self {
        Self { at, found, problem, advice: Advice::None }
    }

    /// How far reading came: the later of two errors says more.
    pub(super) fn reached(&self) -> usize {
        if self.found.is_empty() { usize::MAX } else { self.at }
    }
}

impl Say for InvalidRule {
    fn say(&self, lang: Lang) -> String {
        let place = if self.found.is_empty() {
            lang.pick("ở cuối quy tắc".to_owned(), "at the end of the rule".to_owned())
        } else {
            let (at, found) = (self.at, &self.found);
            lang.pick(format!("ở ký tự {at}, chỗ «{found}»"), format!("at character {at}, “{found}”"))
        };
        let problem = if self.problem == Problem::Trailing && self.found == ";" {
            lang.pick(
                "phần sau dấu ; không thuộc cách tính này hoặc sai thứ tự; nếu ở cuối, hãy bỏ dấu ;",
                "what follows ; does not belong to this way of scoring or stands out of order; drop a final ;",
            )
            .to_owned()
        } else {
            self.problem.say(lang)
        };
        format!("{place}: {problem}{}", self.advice.say(lang))
    }
}

impl Say for Advice {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::None => String::new(),
            Self::Nearest(text) => {
                lang.pick(format!(". Có thể viết: «{text}»"), format!(". It could be written “{text}”"))
            }
            Self::Example(text) => lang.pick(
                format!(". Ví dụ viết đúng: «{text}»"),
                format!(". Written rightly, for example: “{text}”"),
            ),
        }
    }
}

impl Say for Problem {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Expected(vi, en) => return lang.pick(format!("cần {vi}"), format!("expected {en}")),
            Self::Number(unclear @ InvalidNumber::Unclear(_)) => return unclear.say(lang),
            Self::Undeclared(words) => {
                return lang.pick(
                    format!("«{words}» không phải tên số liệu đã khai báo, cũng không phải từ của quy tắc"),
                    format!("“{words}” is neither a declared input nor a word of the notation"),
                );
            }
            Self::Ambiguous(readings) => {
                let [first, second] = readings.as_ref();
                return lang.pick(
                    format!("đọc được hai cách: «{first}» hoặc «{second}»; hãy viết rõ một cách, tên số liệu đặt trong [ ]"),
                    format!("this reads as “{first}” or as “{second}”; write which one is meant, names in [ ]"),
                );
            }
            Self::Number(_) => {
                ("số không đọc được; hãy viết như 0,25 hoặc 12", "write the number like 0.25 or 12")
            }
            Self::Unclosed('[') => ("thiếu dấu ] đóng tên số liệu", "the name's closing ] is missing"),
            Self::Unclosed(_) => ("thiếu dấu ngoặc kép đóng", "the closing quotation mark is missing"),
            Self::Character => {
                ("ký tự này không dùng trong quy tắc", "this character has no meaning in a rule")
            }
            Self::Date => ("ngày này không có trong lịch", "there is no such day"),
            Self::IsoDate => (
                "trong quy tắc, ngày viết theo dạng ngày/tháng/năm, ví dụ 05/03/2026",
                "in a rule a day is written day/month/year, such as 05/03/2026",
            ),
            Self::Trailing => (
                "thừa phần này; hai ý phải ngăn bằng dấu ;",
                "the rule was complete before this; separate parts with ;",
            ),
            Self::TooLong => {
                ("quy tắc dài quá 4.000 ký tự; hãy tách tiêu chí", "over 4,000 characters; split it")
            }
            Self::TooDeep => (
                "ngoặc lồng nhau quá 40 tầng, hoặc quá 100 phép tính nối nhau",
                "deeper than 40 levels, or over 100 operations in a row",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
