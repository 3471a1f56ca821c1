//! The inputs that a rule may name: long names need no brackets, and the longest that is declared wins.

use std::collections::HashMap;
use std::sync::Arc;

use super::token::{Kind, Token};
use crate::word;

/// More names than any criterion sees; beyond it names stand in brackets.
const MAX: usize = 500;

/// Words of the notation.
const KEYWORDS: [&str; 36] = [
    "được", "từ", "dưới", "trên", "đến", "mỗi", "trừ", "bằng", "nếu", "thì", "còn", "lại", "cho", "là", "và",
    "hoặc", "điểm", "tối", "đa", "theo", "chọn", "cộng", "công", "thức", "hạn", "trễ", "mẫu", "so", "với",
    "bậc", "tỷ", "lệ", "không", "có", "đúng", "chưa",
];

/// The inputs that a rule may name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: Arc<Known>,
    /// Whether bare words are no names where it is known what is declared, and words of the notation never are.
    strict: bool,
}

#[derive(Debug, Default)]
struct Known {
    /// Whether it is known what is declared; without that every word may be an input.
    declared: bool,
    names: Vec<Name>,
    /// The names that begin with a word.
    by_first: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Name {
    text: String,
    /// The keys of its words; none where only brackets can name it.
    words: Vec<String>,
}

/// A declared name at a place of a rule.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// As it is declared.
    pub name: String,
    /// How many tokens it takes.
    pub tokens: usize,
}

impl Names {
    /// The names that a criterion and the levels above it declare.
    ///
    /// ```
    /// use parindex_rulebook::notation::{self, Names};
    /// let names = Names::new(["số hồ sơ", "số hồ sơ đúng hạn"]);
    /// let rule = notation::parse_with("theo tỷ lệ số hồ sơ đúng hạn/số hồ sơ", &names).unwrap();
    /// assert_eq!(notation::print(&rule), "theo tỷ lệ [số hồ sơ đúng hạn]/[số hồ sơ]");
    /// ```
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut known = Known { declared: true, ..Known::default() };
        for text in names {
            if known.names.iter().all(|name| name.text != text) && known.names.len() < MAX {
                known.names.push(Name { text: text.to_owned(), words: words(text) });
            }
        }
        let alone: Vec<String> = known
            .names
            .iter()
            .filter(|name| name.words.len() == 1)
            .flat_map(|name| name.words.clone())
            .collect();
        for (at, name) in known.names.iter_mut().enumerate() {
            // `a tối đa 2` would be read where a rule gives `a` a cap.
            let numbered = name.words.iter().any(|word| is_whole(word));
            if numbered && name.words.first().is_some_and(|first| alone.contains(first)) {
                name.words.clear();
            }
            if let Some(first) = name.words.first() {
                known.by_first.entry(first.clone()).or_default().push(at);
            }
        }
        Self { known: Arc::new(known), strict: false }
    }

    /// The same names for what the program writes itself: a rule with an input that nobody declared is no advice.
    pub(super) fn strict(&self) -> Self {
        Self { known: Arc::clone(&self.known), strict: true }
    }

    /// Whether a word that nobody declared can be an input.
    pub(super) fn may_be(&self, word: &str) -> bool {
        let known = self.known.declared || KEYWORDS.contains(&word.to_lowercase().as_str());
        !self.strict || !known
    }

    /// Whether the program itself wrote what is read.
    pub(super) fn are_strict(&self) -> bool {
        self.strict
    }

    /// In so many ways one text is read; nearly every text has one. What the program writes has few, or is no advice.
    pub(super) fn most_readings(&self) -> usize {
        if self.strict { 4 } else { 64 }
    }

    /// Whether it is known what is declared.
    pub(super) fn are_declared(&self) -> bool {
        self.known.declared
    }

    /// The names as they are declared.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.known.names.iter().map(|name| name.text.as_str())
    }

    /// Whether one word is the name of an input.
    pub(super) fn has(&self, single: &str) -> bool {
        let key = word::key(single);
        self.starting_with(&key).any(|name| name.words.len() == 1)
    }

    fn starting_with(&self, key: &str) -> impl Iterator<Item = &Name> {
        self.known.by_first.get(key).into_iter().flatten().filter_map(|at| self.known.names.get(*at))
    }

    /// The names that begin at the first of these tokens, the longest first.
    pub(super) fn at(&self, tokens: &[Token]) -> Vec<Found> {
        let Some(first) = tokens.first().filter(|first| matches!(first.kind, Kind::Word(_))) else {
            return Vec::new();
        };
        let mut found: Vec<&Name> =
            self.starting_with(&word::key(&first.text)).filter(|name| stands(name, tokens)).collect();
        found.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        // A name spelt exactly as it stands is meant, not one that differs in capitals.
        let exact: Vec<usize> =
            found.iter().filter(|name| spelt(name, tokens)).map(|name| name.words.len()).collect();
        found.retain(|name| !exact.contains(&name.words.len()) || spelt(name, tokens));
        found.into_iter().map(|name| Found { name: name.text.clone(), tokens: name.words.len() }).collect()
    }

    /// A name as it is declared, however its capitals and accents were typed.
    pub(super) fn declared(&self, typed: String) -> String {
        let mut same = self.known.names.iter().filter(|name| word::same(&name.text, &typed));
        match (same.next(), same.next()) {
            (Some(only), None) => only.text.clone(),
            _ => typed,
        }
    }
}

/// The keys of a name's words, where nothing but words and whole numbers stands in it.
fn words(name: &str) -> Vec<String> {
    let letters = |word: &str| {
        word.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && word.chars().all(|each| each.is_alphanumeric() || each == '_')
    };
    let plain = name.split(' ').enumerate().all(|(at, word)| letters(word) || (at > 0 && is_whole(word)));
    if plain { name.split(' ').map(word::key).collect() } else { Vec::new() }
}

pub(super) fn is_whole(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the words of a name stand at the beginning of these tokens.
fn stands(name: &Name, tokens: &[Token]) -> bool {
    let is = |(word, token): (&String, &Token)| {
        matches!(token.kind, Kind::Word(_) | Kind::Number(_)) && word::key(&token.text) == *word
    };
    name.words.len() <= tokens.len() && name.words.iter().zip(tokens).all(is)
}

fn spelt(name: &Name, tokens: &[Token]) -> bool {
    let typed = tokens.iter().take(name.words.len()).map(|token| token.text.as_str());
    name.text.split(' ').eq(typed)
}

/// Which reading is taken where a text can be read in more than one way.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    taken: Vec<Choice>,
    next: usize,
    /// The token at which the present reading differs from those before it.
    pub turned: usize,
}

#[derive(Clone, Copy, Debug)]
struct Choice {
    at: usize,
    taken: usize,
    of: usize,
}

impl Choices {
    /// Which of `of` ways is taken at a token.
    pub(super) fn choose(&mut self, at: usize, of: usize) -> usize {
        if of < 2 {
            return 0;
        }
        if self.next == self.taken.len() {
            self.taken.push(Choice { at, taken: 0, of });
        }
        self.next += 1;
        self.taken.get(self.next - 1).map_or(0, |choice| choice.taken)
    }

    /// Turns to the next reading; false when all were tried.
    pub(super) fn turn(&mut self) -> bool {
        // What stands behind the place where reading stopped was chosen for nothing.
        self.taken.truncate(self.next);
        self.next = 0;
        while let Some(last) = self.taken.pop() {
            if last.taken + 1 < last.of {
                self.taken.push(Choice { taken: last.taken + 1, ..last });
                self.turned = last.at;
                return true;
            }
        }
        false
    }
}
