//! A walk over tokens with one look ahead and a bounded depth.

use super::names::{Choices, Found, Names, is_whole};
use super::token::{Kind, Token, tokens};
use super::{DEEPEST, InvalidRule, MAX_LENGTH, Problem};
use crate::number::Number;
use crate::table::tidied;

pub(super) struct Cursor {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
    names: Names,
    choices: Choices,
    /// The last word that was taken for an input although none of this name is declared.
    loose: Option<usize>,
    /// Whether a colon divides, or ends what is measured.
    colon_divides: bool,
}

/// Words of the notation that follow names, and that no name is likely to hold.
const ENDS_OF_NAMES: [&str; 7] = ["được", "thì", "mỗi", "cho", "là", "và", "hoặc"];

pub(super) type Parsed<T> = Result<T, InvalidRule>;

impl Cursor {
    pub(super) fn new(text: &str, names: &Names) -> Parsed<Self> {
        if text.chars().count() > MAX_LENGTH {
            return Err(InvalidRule::new(1, text.chars().take(20).collect(), Problem::TooLong));
        }
        let tokens = match tidied(text) {
            Some(text) => tokens(&text),
            None => tokens(text),
        }?;
        let (names, choices) = (names.clone(), Choices::default());
        Ok(Self { tokens, at: 0, depth: 0, names, choices, loose: None, colon_divides: true })
    }

    /// Goes back to the beginning, to read it in another way; false when there is none.
    pub(super) fn again(&mut self) -> bool {
        (self.at, self.depth, self.loose) = (0, 0, None);
        self.choices.turn()
    }

    /// What is told where both this reading and an earlier one are possible.
    pub(super) fn ambiguous(&self, readings: [String; 2]) -> InvalidRule {
        self.error_at(self.choices.turned, Problem::Ambiguous(Box::new(readings)))
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
        self.error_at(self.at, problem)
    }

    fn error_at(&self, at: usize, problem: Problem) -> InvalidRule {
        match self.tokens.get(at) {
            Some(token) => InvalidRule::new(token.at, token.text.chars().take(20).collect(), problem),
            None => InvalidRule::new(self.tokens.last().map_or(1, |last| last.at), String::new(), problem),
        }
    }

    /// An error with what led to it: words that nobody declared, of which the first was taken for an input.
    pub(super) fn told(&self, error: InvalidRule) -> InvalidRule {
        let Some(loose) = self.loose.filter(|loose| self.names.are_declared() && loose + 1 == self.at) else {
            return error;
        };
        let stops = |word: &&str| ENDS_OF_NAMES.contains(&folded(word).as_str());
        let words = self.words(loose).map(|token| token.text.as_str()).take_while(|word| !stops(word));
        let words: Vec<&str> = words.collect();
        let of_words = matches!(self.peek(), Some(Kind::Word(_)));
        if words.len() < 2 || !of_words || !matches!(error.problem, Problem::Trailing | Problem::Expected(..))
        {
            return error;
        }
        self.error_at(loose, Problem::Undeclared(words.join(" ")))
    }

    /// The words and whole numbers from a token on.
    fn words(&self, from: usize) -> impl Iterator<Item = &Token> {
        let is_word = |token: &&Token| matches!(token.kind, Kind::Word(_)) || is_whole(&token.text);
        self.tokens.iter().skip(from).take_while(is_word)
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

    /// Takes a sign of multiplication: `×`, or `x` where an operand cannot follow another without one and no input has this name.
    pub(super) fn times(&mut self) -> bool {
        let letter = matches!(self.peek(), Some(Kind::Word(word)) if word == "x" || word == "X");
        if letter && self.operand_follows() && !self.names.has("x") {
            self.take();
            return true;
        }
        self.sign('×')
    }

    /// Takes a sign of division: `/`, or `:` where no list begins behind it. The program itself writes no `:` for it,
    /// so that a colon put in by way of advice never divides.
    pub(super) fn over(&mut self) -> bool {
        const RANGES: [&str; 6] = ["từ", "trên", "dưới", "đến", "bằng", "được"];
        let divides = self.colon_divides && !self.names.are_strict();
        let colon = divides && self.peek() == Some(&Kind::Sign(':')) && self.operand_follows();
        let list = matches!(self.tokens.get(self.at + 1), Some(Token { kind: Kind::Word(word), .. })
            if RANGES.contains(&folded(word).as_str()));
        if colon && !list {
            self.take();
            return true;
        }
        self.sign('/')
    }

    /// Runs `inner` where a colon divides, or where it ends what is measured.
    pub(super) fn with_colon<T>(
        &mut self,
        divides: bool,
        inner: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let outside = std::mem::replace(&mut self.colon_divides, divides);
        let result = inner(self);
        self.colon_divides = outside;
        result
    }

    /// Takes what `inner` takes, or nothing when it finds nothing.
    pub(super) fn attempt<T>(&mut self, inner: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = inner(self);
        if found.is_none() {
            self.at = start;
        }
        found
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

    /// The declared names that stand here, the longest first.
    pub(super) fn declared(&self) -> Vec<Found> {
        self.tokens.get(self.at..).map(|tokens| self.names.at(tokens)).unwrap_or_default()
    }

    /// Which of several ways of reading what stands here is taken.
    pub(super) fn choose(&mut self, of: usize) -> usize {
        self.choices.choose(self.at, of)
    }

    /// Takes a declared name that stands here.
    pub(super) fn take_declared(&mut self, found: Found) -> String {
        self.at += found.tokens;
        found.name
    }

    /// An input's name: a declared one, one word, or any words in brackets.
    pub(super) fn name(&mut self) -> Parsed<String> {
        let declared = self.declared();
        let chosen = self.choose(declared.len());
        if let Some(found) = declared.into_iter().nth(chosen) {
            return Ok(self.take_declared(found));
        }
        match self.peek().cloned() {
            Some(Kind::Word(name)) if self.names.may_be(&name) => {
                self.loose = Some(self.at);
                self.take();
                Ok(name)
            }
            Some(Kind::Name(name)) => {
                self.take();
                Ok(self.names.declared(name))
            }
            _ => self
                .expected("tên số liệu, ví dụ a hoặc [số hồ sơ]", "an input's name, such as a or [dossiers]"),
        }
    }

    /// The name that something gets, or that stands alone before a colon: all words up to it, or any words in brackets.
    pub(super) fn title(&mut self) -> Parsed<String> {
        if !matches!(self.peek(), Some(Kind::Word(_))) {
            return self.name();
        }
        let words: Vec<String> = self.words(self.at).map(|token| token.text.clone()).collect();
        self.at += words.len();
        Ok(self.names.declared(words.join(" ")))
    }

    /// The answer behind `là`: one word, or text in quotation marks.
    pub(super) fn answer(&mut self) -> Parsed<String> {
        match self.peek().cloned() {
            Some(Kind::Word(answer) | Kind::Name(answer) | Kind::Quoted(answer)) => {
                self.take();
                Ok(answer)
            }
            _ => self.expected(
                "câu trả lời, ví dụ Có hoặc \"Đã ban hành\"",
                "an answer, such as Có or \"Đã ban hành\"",
            ),
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
