//! Text to tokens.

use jiff::civil::Date;

use super::{InvalidRule, Problem};
use crate::number::Number;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A run of letters, digits and `_` that begins with a letter.
    Word(String),
    Number(Number),
    /// `15/01/2024`
    Date(Date),
    /// `"…"`
    Quoted(String),
    /// `[…]`
    Name(String),
    /// One sign; two-character comparisons are folded into `≤ ≥ ≠`.
    Sign(char),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    /// Character position, 1 is the first.
    pub at: usize,
    pub text: String,
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, InvalidRule> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0 };
    let mut found = Vec::new();
    while lexer.skip_blank() {
        let start = lexer.at;
        let kind = lexer.kind().map_err(|problem| lexer.error(start, problem))?;
        found.push(Token { kind, at: start + 1, text: lexer.text(start) });
    }
    Ok(found)
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn skip_blank(&mut self) -> bool {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.peek().is_some()
    }

    fn text(&self, start: usize) -> String {
        self.chars.iter().skip(start).take(self.at.saturating_sub(start)).collect()
    }

    fn error(&self, start: usize, problem: Problem) -> InvalidRule {
        let end = self.at.max(start + 1);
        let found = self.chars.iter().skip(start).take((end - start).min(20)).collect();
        InvalidRule::new(start + 1, found, problem)
    }

    fn kind(&mut self) -> Result<Kind, Problem> {
        match self.peek().unwrap_or(' ') {
            '"' => self.until('"', '"').map(Kind::Quoted),
            // As programs for writing make them of straight ones.
            '“' | '”' => self.until('“', '”').map(Kind::Quoted),
            '«' => self.until('«', '»').map(Kind::Quoted),
            '[' => self.until('[', ']').map(Kind::Name),
            digit if digit.is_ascii_digit() => self.number_or_date(),
            letter if letter.is_alphabetic() || letter == '_' => Ok(self.word()),
            _ => self.sign(),
        }
    }

    fn word(&mut self) -> Kind {
        let start = self.at;
        while self.peek().is_some_and(|each| each.is_alphanumeric() || each == '_') {
            self.at += 1;
        }
        Kind::Word(self.text(start))
    }

    fn until(&mut self, open: char, close: char) -> Result<String, Problem> {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(|each| each != close) {
            self.at += 1;
        }
        let inner = self.text(start);
        if self.peek().is_none() {
            return Err(Problem::Unclosed(open));
        }
        self.at += 1;
        let inner = inner.split_whitespace().collect::<Vec<_>>().join(" ");
        if inner.is_empty() {
            Err(Problem::Expected("tên giữa hai dấu", "a name between the marks"))
        } else {
            Ok(inner)
        }
    }

    fn digits(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|each| each.is_ascii_digit()) {
            self.at += 1;
        }
        self.text(start)
    }

    fn number_or_date(&mut self) -> Result<Kind, Problem> {
        let start = self.at;
        if let Some(date) = self.date() {
            return date.map(Kind::Date);
        }
        self.at = start;
        if self.is_iso_date() {
            self.at += 10;
            return Err(Problem::IsoDate);
        }
        self.digits();
        while self.peek().is_some_and(|mark| matches!(mark, '.' | ','))
            && self.peek_at(1).is_some_and(|each| each.is_ascii_digit())
        {
            self.at += 1;
            self.digits();
        }
        Number::of_set(&self.text(start)).map(Kind::Number).map_err(Problem::Number)
    }

    /// Digits, slash, digits, slash, four digits: a date, whatever else it might be.
    fn date(&mut self) -> Option<Result<Date, Problem>> {
        let day = self.digits();
        self.slash()?;
        let month = self.digits();
        self.slash()?;
        let year = self.digits();
        if month.is_empty() || year.len() != 4 {
            return None;
        }
        let date = (|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())();
        Some(date.ok_or(Problem::Date))
    }

    /// `2026-03-05`, which would read as a subtraction.
    fn is_iso_date(&self) -> bool {
        let shape = "dddd-dd-dd".chars().enumerate();
        let fits = |(at, kind): (usize, char)| match (self.peek_at(at), kind) {
            (Some(each), 'd') => each.is_ascii_digit(),
            (Some(each), _) => each == '-',
            (None, _) => false,
        };
        shape.into_iter().all(fits) && !self.peek_at(10).is_some_and(|each| each.is_ascii_digit())
    }

    fn slash(&mut self) -> Option<()> {
        (self.peek() == Some('/')).then(|| self.at += 1)
    }

    fn sign(&mut self) -> Result<Kind, Problem> {
        let first = self.peek().unwrap_or(' ');
        let folded = match (first, self.peek_at(1)) {
            ('<', Some('=')) => Some('≤'),
            ('>', Some('=')) => Some('≥'),
            ('<', Some('>')) | ('!', Some('=')) => Some('≠'),
            _ => None,
        };
        self.at += if folded.is_some() { 2 } else { 1 };
        match folded.unwrap_or(first) {
            '−' | '–' | '-' => Ok(Kind::Sign('-')),
            '*' | '×' | '·' => Ok(Kind::Sign('×')),
            '÷' | '/' => Ok(Kind::Sign('/')),
            sign @ ('+' | '(' | ')' | ';' | ':' | ',' | '=' | '<' | '>' | '≤' | '≥' | '≠' | '|' | '%') => {
                Ok(Kind::Sign(sign))
            }
            _ => Err(Problem::Character),
        }
    }
}
