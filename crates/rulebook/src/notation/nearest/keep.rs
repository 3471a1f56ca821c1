//! Whether two texts name the same inputs and the same numbers: what is advised says nothing else than what was written.

use std::collections::HashSet;

use super::words::{bare, is_of_notation};
use crate::notation::names::Names;
use crate::number::{InvalidNumber, Number};

/// A declared name has at most so many words; longer ones are compared word by word.
const MAX_WORDS: usize = 12;

/// All of a text that must stay as it is, in no order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept {
    numbers: Vec<String>,
    /// The inputs, and what else is no word of the notation, such as labels.
    names: Vec<String>,
    percents: usize,
}

impl Kept {
    pub(super) fn of(text: &str, declared: &HashSet<String>) -> Self {
        let (mut numbers, mut names) = (numbers(text), names(text, declared));
        numbers.sort();
        names.sort();
        Self { numbers, names, percents: text.matches('%').count() }
    }

    /// Whether nothing of it is lost or added; a percent sign may be, where a rule cannot be read without.
    pub(super) fn is_in(&self, other: &Self) -> bool {
        self.numbers == other.numbers && self.names == other.names && self.percents <= other.percents
    }
}

/// The declared names, as words are compared.
pub(super) fn declared(names: &Names) -> HashSet<String> {
    names.all().map(|name| words(name).concat()).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|each: char| !each.is_alphanumeric() && each != '_');
    words.filter(|word| !word.is_empty()).map(typed).collect()
}

/// A word without accents; a letter alone keeps its own, as `đ` is no slip for `d`.
fn typed(word: &str) -> String {
    if word.chars().count() == 1 { word.to_lowercase() } else { bare(word) }
}

/// The numbers, each as what it is worth; a day is three of them, however it is written.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let chars = text.split(|each: char| !each.is_alphanumeric() && !matches!(each, '_' | '.' | ','));
    for run in chars.map(|run| run.trim_matches(['.', ','])) {
        if !run.starts_with(|first: char| first.is_ascii_digit()) {
            continue;
        }
        match Number::of_set(run) {
            Ok(number) => found.push(number.to_string()),
            Err(InvalidNumber::Unclear(readings)) => found.push(readings.thousands.clone()),
            Err(_) => {
                let parts = run.split(['.', ',']).map(|part| part.trim_start_matches('0').to_owned());
                found.extend(parts.map(|part| if part.is_empty() { "0".to_owned() } else { part }));
            }
        }
    }
    found
}

/// The declared names, the longest first, and the words that are neither these nor the notation's.
fn names(text: &str, declared: &HashSet<String>) -> Vec<String> {
    let (words, mut found, mut at) = (words(text), Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let longest = (1..=MAX_WORDS.min(words.len() - at)).rev().find_map(|taken| {
            let name = words.iter().skip(at).take(taken).map(String::as_str).collect::<String>();
            declared.contains(&name).then_some((name, taken))
        });
        let (name, taken) = longest.clone().unwrap_or_else(|| (word.clone(), 1));
        let is_number = name.starts_with(|first: char| first.is_ascii_digit());
        if longest.is_some() || !(is_number || is_of_notation(&name)) {
            found.push(name);
        }
        at += taken;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(written: &str, offered: &str) -> bool {
        let declared = declared(&Names::new(["số hồ sơ", "a", "d"]));
        Kept::of(written, &declared).is_in(&Kept::of(offered, &declared))
    }

    #[test]
    fn numbers_and_names_are_kept_however_they_are_written() {
        assert!(keeps("mỗi a duoc 20.000 đ", "mỗi a được 20000 điểm"));
        assert!(keeps("hạn 5.3.2026 cho a", "hạn 05/03/2026 cho a"));
        assert!(keeps("hạn 2026-03-05 cho a", "hạn 05/03/2026 cho a"));
        assert!(keeps("mỗi so ho so 0,50", "mỗi [số hồ sơ] được 0,5"));
        assert!(keeps("từ 90 trở lên", "từ 90% trở lên"));
    }

    #[test]
    fn a_number_or_a_name_more_or_less_is_something_else() {
        assert!(!keeps("từ 90%", "từ 90"));
        assert!(!keeps("mỗi a được 1 điểm", "mỗi a được 0 điểm"));
        assert!(!keeps("mỗi a", "mỗi a được 1 điểm"));
        assert!(!keeps("mỗi a/d", "mỗi a"));
        assert!(!keeps("mỗi a", "mỗi [số hồ sơ]"));
        assert!(!keeps("mỗi sáng kiến được 1", "mỗi a được 1"));
    }
}
