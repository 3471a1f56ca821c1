//! The rule notation: one line that reads like the decision's own wording.
//!
//! The grammar is documented for officials in `docs/vi/cach-viet-quy-tac.md`. Reading is bounded
//! (4,000 characters, 40 levels) and total: any text gives a rule or an error with its place.
//!
//! ```
//! use parindex_rulebook::notation;
//! let rule = notation::parse("theo tỷ lệ b/a; từ 90% được điểm tối đa").unwrap();
//! assert_eq!(notation::print(&rule), "theo tỷ lệ b/a; từ 90% được điểm tối đa");
//!
//! let error = notation::parse("mỗi [sáng kiến] được 20.000 điểm").unwrap_err();
//! assert_eq!(error.at, 22);
//! ```

use crate::input::Input;
use crate::lang::{Lang, Say};
use crate::number::InvalidNumber;
use crate::rule::Rule;

mod award;
mod body;
mod check;
mod condition;
mod cursor;
mod deadline;
mod expr;
mod input;
mod print;
mod token;

pub use check::Check;
pub use print::{print, print_expr};

/// The longest rule read, in bytes; the longest real one has under 400.
pub const LONGEST: usize = 4_000;
/// The deepest nesting read.
pub const DEEPEST: u32 = 40;

/// Why a rule cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule {
    /// The character at which reading stopped; 1 is the first.
    pub at: usize,
    /// What stands there; empty at the end.
    pub found: String,
    /// What is wrong.
    pub problem: Problem,
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
    /// Over 4,000 bytes.
    TooLong,
    /// Nested over 40 levels.
    TooDeep,
}

impl Say for InvalidRule {
    fn say(&self, lang: Lang) -> String {
        let place = if self.found.is_empty() {
            lang.pick("ở cuối quy tắc".to_owned(), "at the end of the rule".to_owned())
        } else {
            let (at, found) = (self.at, &self.found);
            lang.pick(format!("ở ký tự {at}, chỗ «{found}»"), format!("at character {at}, “{found}”"))
        };
        if self.problem == Problem::Trailing && self.found == ";" {
            let hint = lang.pick(
                "phần sau dấu ; không thuộc cách tính này hoặc sai thứ tự (viết «từ …» trước «dưới …»); nếu ở cuối, hãy bỏ dấu ;",
                "what follows ; does not belong to this way of scoring or stands out of order (“từ …” before “dưới …”); drop a final ;",
            );
            return format!("{place}: {hint}");
        }
        format!("{place}: {}", self.problem.say(lang))
    }
}

impl Say for Problem {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Expected(vi, en) => return lang.pick(format!("cần {vi}"), format!("expected {en}")),
            Self::Number(unclear @ InvalidNumber::Unclear(_)) => return unclear.say(lang),
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

/// Reads one rule. An empty text is a judgement within the maximum.
///
/// # Errors
/// [`InvalidRule`] with the place.
pub fn parse(text: &str) -> Result<Rule<String>, InvalidRule> {
    let mut cursor = cursor::Cursor::new(text)?;
    if cursor.is_end() {
        return Ok(Rule::judgement());
    }
    let rule = body::rule(&mut cursor)?;
    cursor.end()?;
    Ok(rule)
}

/// Reads the inputs of a criterion: `a: số đếm "Số hồ sơ đúng hạn"; b: ngày`.
///
/// # Errors
/// [`InvalidRule`] with the place.
pub fn parse_inputs(text: &str) -> Result<Vec<Input>, InvalidRule> {
    let mut cursor = cursor::Cursor::new(text)?;
    let inputs = input::inputs(&mut cursor)?;
    cursor.end()?;
    Ok(inputs)
}

/// Writes inputs so that [`parse_inputs`] reads them back.
#[must_use]
pub fn print_inputs(inputs: &[Input]) -> String {
    input::print(inputs)
}

/// Reads cross-checks: `a = b + c; d ≤ a`.
///
/// # Errors
/// [`InvalidRule`] with the place.
pub fn parse_checks(text: &str) -> Result<Vec<Check<String>>, InvalidRule> {
    let mut cursor = cursor::Cursor::new(text)?;
    let checks = check::checks(&mut cursor)?;
    cursor.end()?;
    Ok(checks)
}

/// Writes checks so that [`parse_checks`] reads them back.
#[must_use]
pub fn print_checks(checks: &[Check<String>]) -> String {
    check::print(checks)
}
