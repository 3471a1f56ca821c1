//! A walk over tokens with one look ahead and a bounded depth.

use super::token::{Kind, Token, tokens};
use super::{DEEPEST, InvalidRule, LONGEST, Problem};
use crate::number::Number;

pub(super) struct Cursor {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

pub(super) type Parsed<T> = Result<T, InvalidRule>;

impl Cursor {
    pub(super) fn new(text: &str) -> Parsed<Self> {
        if text.len() > LONGEST {
            return Err(InvalidRule {
                at: 1,
                found: text.chars().take(20).collect(),
                problem: Problem::TooLong,
            });
        }
        Ok(Self { tokens: tokens(text)?, at: 0, depth: 0 })
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn end(&self) -> Parsed<()> {
        if self.is_end() { Ok(()) } else { Err(self.error(Problem::Trailing)) }
    }

    pub(super) fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self) {
        self.at += 1;
    }

    pub(super) fn error(&self, problem: Problem) -> InvalidRule {
        match self.tokens.get(self.at) {
            Some(token) => {
                InvalidRule { at: token.at, found: token.text.chars().take(20).collect(), problem }
            }
            None => InvalidRule {
                at: self.tokens.last().map_or(1, |last| last.at),
                found: String::new(),
                problem,
            },
        }
    }

    pub(super) fn expected<T>(&self, vi: &'static str, en: &'static str) -> Parsed<T> {
        Err(self.error(Problem::Expected(vi, en)))
    }

    /// Runs `inner` one level deeper; every recursion of the grammar goes through here.
    pub(super) fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(self.error(Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Takes the words of `phrase` when they all stand here.
    pub(super) fn word(&mut self, phrase: &str) -> bool {
        let found = self.sees(phrase);
        if found {
            self.at += phrase.split(' ').count();
        }
        found
    }

    /// Whether the words of `phrase` all stand here.
    pub(super) fn sees(&self, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(ahead, expected)| {
            matches!(self.tokens.get(self.at + ahead), Some(Token { kind: Kind::Word(word), .. }) if folded(word) == expected)
        })
    }

    pub(super) fn need_word(&mut self, phrase: &str, vi: &'static str, en: &'static str) -> Parsed<()> {
        if self.word(phrase) { Ok(()) } else { self.expected(vi, en) }
    }

    pub(super) fn sign(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Kind::Sign(sign));
        if found {
            self.take();
        }
        found
    }

    pub(super) fn need_sign(&mut self, sign: char, vi: &'static str, en: &'static str) -> Parsed<()> {
        if self.sign(sign) { Ok(()) } else { self.expected(vi, en) }
    }

    /// Takes a sign of multiplication: `×`, or `x` where an operand cannot follow another without one.
    pub(super) fn times(&mut self) -> bool {
        let letter = matches!(self.peek(), Some(Kind::Word(word)) if word == "x" || word == "X");
        if letter && self.operand_follows() {
            self.take();
            return true;
        }
        self.sign('×')
    }

    /// Takes a sign of division: `/`, or `:` where no list begins behind it.
    pub(super) fn over(&mut self) -> bool {
        const RANGES: [&str; 6] = ["từ", "trên", "dưới", "đến", "bằng", "được"];
        let colon = self.peek() == Some(&Kind::Sign(':')) && self.operand_follows();
        let list = matches!(self.tokens.get(self.at + 1), Some(Token { kind: Kind::Word(word), .. })
            if RANGES.contains(&folded(word).as_str()));
        if colon && !list {
            self.take();
            return true;
        }
        self.sign('/')
    }

    fn operand_follows(&self) -> bool {
        matches!(
            self.tokens.get(self.at + 1).map(|token| &token.kind),
            Some(Kind::Number(_) | Kind::Word(_) | Kind::Name(_) | Kind::Sign('('))
        )
    }

    /// Takes `;` only when one of the phrases follows it.
    pub(super) fn then_any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.then_word(phrase))
    }

    /// Takes `;` only when `phrase` follows it, so that a clause can end before a clause that is not its own.
    pub(super) fn then_word(&mut self, phrase: &str) -> bool {
        let start = self.at;
        if self.sign(';') && self.word(phrase) {
            return true;
        }
        self.at = start;
        false
    }

    /// Takes `;` unless `phrase` follows it.
    pub(super) fn more_unless(&mut self, phrases: &[&str]) -> bool {
        let start = self.at;
        if self.sign(';') && !phrases.iter().any(|phrase| self.sees(phrase)) {
            return true;
        }
        self.at = start;
        false
    }

    pub(super) fn number(&mut self) -> Parsed<Number> {
        let negative = self.sign('-');
        match self.peek().cloned() {
            Some(Kind::Number(value)) => {
                self.take();
                Ok(if negative { -value } else { value })
            }
            _ => self.expected("một số", "a number"),
        }
    }

    pub(super) fn take_number(&mut self) -> Option<Number> {
        match self.peek().cloned() {
            Some(Kind::Number(value)) => {
                self.take();
                Some(value)
            }
            _ => None,
        }
    }

    pub(super) fn take_date(&mut self) -> Option<jiff::civil::Date> {
        match self.peek() {
            Some(Kind::Date(date)) => {
                let date = *date;
                self.take();
                Some(date)
            }
            _ => None,
        }
    }

    /// A whole number of days, months, digits: 0 to 9,999.
    pub(super) fn small(&mut self) -> Parsed<i64> {
        let value = self.number()?.to_whole().filter(|value| (0..=9_999).contains(value));
        let Some(value) = value else {
            self.at -= 1;
            return self.expected("số nguyên từ 0 đến 9999", "a whole number from 0 to 9999");
        };
        Ok(value)
    }

    pub(super) fn percent(&mut self) -> Parsed<Number> {
        let value = self.number()?;
        self.need_sign('%', "dấu %", "a % sign")?;
        Ok(value)
    }

    /// An input's name: one word, or any words in brackets.
    pub(super) fn name(&mut self) -> Parsed<String> {
        match self.peek().cloned() {
            Some(Kind::Word(name) | Kind::Name(name)) => {
                self.take();
                Ok(name)
            }
            _ => self
                .expected("tên số liệu, ví dụ a hoặc [số hồ sơ]", "an input's name, such as a or [dossiers]"),
        }
    }

    /// A label: text in quotation marks, or words, numbers and commas up to the next sign.
    pub(super) fn label(&mut self) -> Parsed<String> {
        if let Some(Kind::Quoted(label)) = self.peek().cloned() {
            self.take();
            return Ok(label);
        }
        let mut words = Vec::new();
        while let Some(Kind::Word(_) | Kind::Number(_) | Kind::Sign(',')) = self.peek() {
            words.extend(self.tokens.get(self.at).map(|token| token.text.clone()));
            self.take();
        }
        if words.first().is_none_or(|first| first == ",") {
            self.expected("một nhãn, ví dụ Có", "a label, such as Có")
        } else {
            Ok(words.join(" ").replace(" ,", ","))
        }
    }

    pub(super) fn quoted(&mut self) -> Option<String> {
        match self.peek().cloned() {
            Some(Kind::Quoted(text)) => {
                self.take();
                Some(text)
            }
            _ => None,
        }
    }
}

/// Lower case, and `tỉ` beside `tỷ`, as both are written.
fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower == "tỉ" { "tỷ".to_owned() } else { lower }
}
