//! The order of Vietnamese words: letters first (`Đ` after `D`, `Ê` after `E`), tones only between equal letters.

use unicode_normalization::UnicodeNormalization;

/// The Vietnamese alphabet with its neighbours; what stands later sorts later.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// What two texts are compared by: letters, then tones, then the texts themselves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    letters: Vec<u32>,
    tones: Vec<u8>,
    text: String,
}

/// The key of a text.
///
/// ```
/// use parindex_domain::sort::key;
/// let mut names = ["Đông Anh", "Dương Nội", "Đại Mỗ", "Ba Vì", "Ân Thi", "An Khánh", "Ăn Thịt"];
/// names.sort_by_cached_key(|name| key(name));
/// assert_eq!(names, ["An Khánh", "Ăn Thịt", "Ân Thi", "Ba Vì", "Dương Nội", "Đại Mỗ", "Đông Anh"]);
/// ```
#[must_use]
pub fn key(text: &str) -> SortKey {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    // Decomposed tones are set aside; what is left composes to letters of the alphabet.
    let toneless: String = text.nfd().filter(|each| tone(*each).is_none()).nfc().collect();
    for each in toneless.chars().flat_map(char::to_lowercase) {
        letters.push(weight(each));
    }
    for each in text.nfd() {
        match tone(each) {
            Some(tone) => {
                if let Some(last) = tones.last_mut() {
                    *last = tone;
                }
            }
            None if is_mark(each) => {}
            None => tones.push(0),
        }
    }
    SortKey { letters, tones, text: text.to_owned() }
}

/// Marks of letters, not of tones: circumflex, breve, horn.
fn is_mark(each: char) -> bool {
    matches!(each, '\u{302}' | '\u{306}' | '\u{31b}')
}

/// Thanh bằng 0, huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5, as dictionaries order them.
fn tone(each: char) -> Option<u8> {
    match each {
        '\u{300}' => Some(1),
        '\u{309}' => Some(2),
        '\u{303}' => Some(3),
        '\u{301}' => Some(4),
        '\u{323}' => Some(5),
        _ => None,
    }
}

/// Signs and digits stand before letters; letters in the order of the alphabet; all others after them.
fn weight(each: char) -> u32 {
    match ALPHABET.chars().position(|letter| letter == each) {
        Some(place) => 0x100 + u32::try_from(place).unwrap_or(0),
        None if u32::from(each) < 0x100 => u32::from(each),
        None => 0x1_0000 + u32::from(each),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_decide_only_between_equal_letters() {
        let mut words = ["mạ", "má", "mã", "mả", "mà", "ma", "mạc", "ma ra"];
        words.sort_by_cached_key(|word| key(word));
        assert_eq!(words, ["ma", "mà", "mả", "mã", "má", "mạ", "ma ra", "mạc"]);
    }

    #[test]
    fn numbers_stand_before_letters() {
        assert!(key("Phường 9") < key("Phường An"));
    }
}
