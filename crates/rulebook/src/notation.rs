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

use std::sync::LazyLock;

use crate::input::Input;
use crate::rule::Rule;

mod award;
mod body;
mod check;
mod condition;
mod cursor;
mod deadline;
mod expr;
mod input;
mod names;
mod nearest;
mod print;
mod problem;
mod token;

pub use check::Check;
pub use names::Names;
pub use print::{print, print_expr};
pub use problem::{Advice, InvalidRule, Problem};

use cursor::{Cursor, Parsed};
pub(crate) use nearest::{Budget, Kind, advised};

/// The longest rule read, in characters; the longest real one has under 400.
pub const MAX_LENGTH: usize = 4_000;
/// The deepest nesting read.
pub const DEEPEST: u32 = 40;

/// Where it is not known which inputs are declared, every word may be one.
static ANY: LazyLock<Names> = LazyLock::new(Names::default);

/// Reads one rule, in which long names stand in brackets. An empty text is a judgement within the maximum.
///
/// # Errors
/// [`InvalidRule`] with the place and with what could be written instead.
pub fn parse(text: &str) -> Result<Rule<String>, InvalidRule> {
    parse_with(text, &ANY)
}

/// Reads one rule of a criterion that sees these inputs: their long names need no brackets.
///
/// # Errors
/// [`InvalidRule`] with the place and with what could be written instead.
pub fn parse_with(text: &str, names: &Names) -> Result<Rule<String>, InvalidRule> {
    rule(text, names).map_err(|error| advised(text, (Kind::Rule, names), error, &mut Budget::default()))
}

/// The same, without looking for what could be written instead.
pub(crate) fn rule(text: &str, names: &Names) -> Parsed<Rule<String>> {
    let whole = |cursor: &mut Cursor| {
        if cursor.is_end() { Ok(Rule::judgement()) } else { body::rule(cursor) }
    };
    read(text, names, whole, print)
}

/// Reads the inputs of a criterion: `a: số đếm "Số hồ sơ đúng hạn"; b: ngày`.
///
/// # Errors
/// [`InvalidRule`] with the place and with what could be written instead.
pub fn parse_inputs(text: &str) -> Result<Vec<Input>, InvalidRule> {
    inputs(text).map_err(|error| advised(text, (Kind::Inputs, &*ANY), error, &mut Budget::default()))
}

/// The same, without looking for what could be written instead.
pub(crate) fn inputs(text: &str) -> Parsed<Vec<Input>> {
    read(text, &ANY, input::inputs, |inputs: &Vec<Input>| input::print(inputs))
}

/// Writes inputs so that [`parse_inputs`] reads them back.
#[must_use]
pub fn print_inputs(inputs: &[Input]) -> String {
    input::print(inputs)
}

/// Reads cross-checks, in which long names stand in brackets: `a = b + c; d ≤ a`.
///
/// # Errors
/// [`InvalidRule`] with the place and with what could be written instead.
pub fn parse_checks(text: &str) -> Result<Vec<Check<String>>, InvalidRule> {
    parse_checks_with(text, &ANY)
}

/// Reads cross-checks of a criterion that sees these inputs.
///
/// # Errors
/// [`InvalidRule`] with the place and with what could be written instead.
pub fn parse_checks_with(text: &str, names: &Names) -> Result<Vec<Check<String>>, InvalidRule> {
    checks(text, names).map_err(|error| advised(text, (Kind::Checks, names), error, &mut Budget::default()))
}

/// The same, without looking for what could be written instead.
pub(crate) fn checks(text: &str, names: &Names) -> Parsed<Vec<Check<String>>> {
    read(text, names, check::checks, |checks: &Vec<Check<String>>| check::print(checks))
}

/// Writes checks so that [`parse_checks`] reads them back.
#[must_use]
pub fn print_checks(checks: &[Check<String>]) -> String {
    check::print(checks)
}

/// Reads a text in all ways in which its names can be understood. Longer names come first; two ways that both end well are refused.
fn read<T: PartialEq>(
    text: &str,
    names: &Names,
    item: impl Fn(&mut Cursor) -> Parsed<T>,
    print: impl Fn(&T) -> String,
) -> Parsed<T> {
    let mut cursor = Cursor::new(text, names)?;
    let one = |cursor: &mut Cursor| {
        let read = item(cursor).and_then(|value| cursor.end().map(|()| value));
        read.map_err(|error| cursor.told(error))
    };
    let mut outcome = one(&mut cursor);
    for tried in 1.. {
        if !cursor.again() {
            break;
        }
        if tried == names.most_readings() {
            // What is advised must have one meaning, so what has too many readings to tell is no advice.
            return if names.are_strict() { Err(cursor.error(Problem::TooDeep)) } else { outcome };
        }
        outcome = match (outcome, one(&mut cursor)) {
            (Ok(first), Ok(second)) if first != second => {
                return Err(cursor.ambiguous([print(&first), print(&second)]));
            }
            (Ok(value), _) | (Err(_), Ok(value)) => Ok(value),
            (Err(first), Err(second)) => Err(if second.reached() > first.reached() { second } else { first }),
        };
    }
    outcome
}
