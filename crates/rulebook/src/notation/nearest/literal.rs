//! Numbers, days, quotation marks and signs that cannot be read, as they can be.

use jiff::civil::Date;

use super::edit::splice;
use crate::notation::{InvalidRule, Problem};
use crate::number::InvalidNumber;

/// The text with what stands at the error written so that it can be read.
pub(super) fn changes(text: &str, error: &InvalidRule) -> Vec<String> {
    let start = error.at.saturating_sub(1);
    let replaced = |marks: &str, pieces: Vec<String>| -> Vec<String> {
        let end = start + run(text, start, marks).chars().count();
        pieces.iter().map(|piece| splice(text, (start, end), piece)).collect()
    };
    match &error.problem {
        Problem::Number(InvalidNumber::Unclear(readings)) => replaced(".,", vec![readings.thousands.clone()]),
        Problem::Number(_) => {
            let dotted = run(text, start, ".,").replace(',', ".");
            replaced(".,", day_of(&dotted, '.').into_iter().collect())
        }
        Problem::Date => replaced("/", day_of(&run(text, start, "/"), '/').into_iter().collect()),
        Problem::IsoDate => replaced("-", iso(&run(text, start, "-")).into_iter().collect()),
        Problem::Unclosed(open) => closed(text, start, *open),
        Problem::Character => characters(text, start),
        _ => Vec::new(),
    }
}

/// The digits from a place on, with these marks between them.
fn run(text: &str, start: usize, marks: &str) -> String {
    text.chars().skip(start).take_while(|each| each.is_ascii_digit() || marks.contains(*each)).collect()
}

/// Day, month and year as a day that is in the calendar, the month first where it must be.
pub(super) fn day(day: &str, month: &str, year: &str) -> Option<String> {
    let (day, month, year): (i8, i8, i16) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    let exact = Date::new(year, month, day).or_else(|_why| Date::new(year, day, month)).ok();
    let date = exact?;
    (year >= 1000).then(|| format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()))
}

fn day_of(text: &str, mark: char) -> Option<String> {
    match text.split(mark).collect::<Vec<_>>().as_slice() {
        [first, month, year] => day(first, month, year),
        _ => None,
    }
}

fn iso(text: &str) -> Option<String> {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, last, ..] => day(last, month, year),
        _ => None,
    }
}

/// A bracket or quotation mark that is closed behind one of the words that follow.
fn closed(text: &str, start: usize, open: char) -> Vec<String> {
    let close = match open {
        '[' => ']',
        '“' => '”',
        '«' => '»',
        other => other,
    };
    let chars: Vec<char> = text.chars().collect();
    let is_end = |at: &usize| {
        let next = chars.get(*at).copied();
        chars.get(at - 1).is_some_and(|last| last.is_alphanumeric())
            && next.is_none_or(|next| !next.is_alphanumeric() && next != '_')
    };
    let ends = (start + 2..=chars.len()).filter(is_end).take(40);
    ends.map(|at| format!("{}{close}{}", part(&chars, 0, at), part(&chars, at, chars.len()))).collect()
}

fn part(chars: &[char], from: usize, to: usize) -> String {
    chars.iter().skip(from).take(to - from).collect()
}

/// A sign of another notation, or one that can be left out.
fn characters(text: &str, start: usize) -> Vec<String> {
    let replacements: &[&str] = match text.chars().nth(start) {
        Some('→' | '➜' | '⇒' | '➔') => &["được", ":", ""],
        Some('\\' | '∕' | '⁄') => &["/"],
        Some('{') => &["(", ""],
        Some('}') => &[")", ""],
        Some('≧' | '⩾') => &["≥", "từ"],
        Some('≦' | '⩽') => &["≤", "đến"],
        Some('&') => &["và"],
        Some('\'' | '’' | '‘') => &["\"", ""],
        Some('∗' | '✕' | '✖') => &["×"],
        Some('.') => &[";", ""],
        _ => &["", ";"],
    };
    replacements.iter().map(|piece| splice(text, (start, start + 1), piece)).collect()
}
