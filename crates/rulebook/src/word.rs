//! When two texts are the same word: however they were composed, spaced and capitalised, and wherever the tone mark stands.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Grave, acute, tilde, hook above, dot below: each Vietnamese syllable carries at most one, `hoà` and `hòa` in two official spellings.
pub const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// What is equal for two texts that are the same words. For comparing only: it is not a text that anybody reads.
///
/// ```
/// use parindex_rulebook::word::key;
/// assert_eq!(key("Thuỷ  Nguyên"), key("thủy nguyên"));
/// assert_ne!(key("Thuỷ Nguyên"), key("Thụy Nguyên"));
/// ```
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    for word in text.split(|each: char| each.is_whitespace()).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        push_word(&mut key, word);
    }
    key
}

/// The letters of each syllable, then its tone.
fn push_word(key: &mut String, word: &str) {
    let mut tones = String::new();
    for letter in word.nfd().flat_map(char::to_lowercase) {
        if TONES.contains(&letter) {
            tones.push(letter);
            continue;
        }
        if !letter.is_alphabetic() && !is_combining_mark(letter) {
            key.push_str(&std::mem::take(&mut tones));
        }
        // Eth looks like Đ, and some keyboards write it.
        key.push(if letter == 'ð' { 'đ' } else { letter });
    }
    key.push_str(&tones);
}

/// Whether both are the same words.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    left == right || key(left) == key(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_in_its_spellings() {
        for (left, right) in [
            ("Hoà Bình", "Hòa Bình"),
            ("thoả mãn", "Thỏa mãn"),
            ("Thuỷ", "THỦY"),
            ("Ðông Hưng", "Đông Hưng"),
            ("Sở\u{a0}Nội  vụ", "Sở Nội vụ"),
            ("Thu\u{301}y-hoa\u{300}", "Thúy-hòa"),
        ] {
            assert!(same(left, right), "{left} {right}");
            let decomposed: String = left.nfd().collect();
            assert!(same(&decomposed, right), "{left} decomposed");
        }
    }

    #[test]
    fn other_words_stay_others() {
        for (left, right) in
            [("Hòa", "Hóa"), ("đa", "da"), ("mà ma", "ma mà"), ("má-ma", "ma-má"), ("an", "ăn")]
        {
            assert!(!same(left, right), "{left} {right}");
        }
    }
}
