//! The code of a number format, sign by sign: `#,##0.00_);[Red](#,##0.00)`.

use std::str::Chars;

/// A sign of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Shown as it is.
    Letter(char),
    /// `0`, `#` or `?`: a digit.
    Digit(char),
    /// The decimal point.
    Point,
    /// Between thousands.
    Comma,
    /// Shows a hundredth as one.
    Percent,
    /// The number as it is.
    General,
    /// Something else: a fraction, a power, a part of a day, a condition.
    Unknown,
}

/// The sections of a code, which hold for other numbers each.
pub(super) fn sections(code: &str) -> Vec<Vec<Token>> {
    let (mut sections, mut section) = (Vec::new(), Vec::new());
    let mut rest = code.chars();
    loop {
        if let Some(after) = behind_general(rest.as_str()) {
            section.push(Token::General);
            rest = after.chars();
            continue;
        }
        match rest.next() {
            None => break,
            Some(';') => sections.push(std::mem::take(&mut section)),
            Some(each) => section.extend(tokens(each, &mut rest)),
        }
    }
    sections.push(section);
    sections
}

fn behind_general(text: &str) -> Option<&str> {
    let (word, after) = text.split_at_checked("General".len())?;
    word.eq_ignore_ascii_case("General").then_some(after)
}

/// What begins with a character; it takes from the rest what belongs to it.
fn tokens(each: char, rest: &mut Chars<'_>) -> Vec<Token> {
    match each {
        '"' => rest.by_ref().take_while(|each| *each != '"').map(Token::Letter).collect(),
        '\\' | '!' => rest.next().map(Token::Letter).into_iter().collect(),
        // A space as wide as a letter.
        '_' => rest.next().map(|_wide| Token::Letter(' ')).into_iter().collect(),
        // A letter that fills the cell.
        '*' => {
            rest.next();
            Vec::new()
        }
        '[' => bracket(&rest.by_ref().take_while(|each| *each != ']').collect::<String>()),
        '0' | '#' | '?' => vec![Token::Digit(each)],
        '.' => vec![Token::Point],
        ',' => vec![Token::Comma],
        '%' => vec![Token::Percent],
        '@' => vec![Token::General],
        '/' => vec![Token::Unknown],
        each if each.is_ascii_alphabetic() => vec![Token::Unknown],
        each => vec![Token::Letter(each)],
    }
}

/// `[$₫-42A]` is a currency and a language, `[Red]` a colour, `[>100]` a condition.
fn bracket(text: &str) -> Vec<Token> {
    match text.strip_prefix('$') {
        Some(currency) => currency.chars().take_while(|each| *each != '-').map(Token::Letter).collect(),
        None if text.starts_with(['<', '>', '=']) => vec![Token::Unknown],
        None => Vec::new(),
    }
}
