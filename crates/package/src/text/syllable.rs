//! Whether a word can be Vietnamese: an onset, a rime, at most one tone.

use parindex_rulebook::word::TONES;
use unicode_normalization::UnicodeNormalization;

/// The longest first, so that `ng` is not taken for `n`.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rimes that end in a vowel.
const OPEN: [&str; 45] = [
    "a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iu", "iêu", "oa", "oe", "oi", "ôi", "ơi", "oai", "oay", "oao", "oeo", "ua", "uê", "uơ", "uy", "ui",
    "uây", "uya", "uyu", "uôi", "ưa", "ưi", "ưu", "ươi", "ươu", "yêu",
];

/// What stands before a final consonant.
const NUCLEI: [&str; 22] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "yê", "uô", "ươ", "oa", "oă", "oe",
    "uâ", "uê", "uyê",
];

const FINALS: [&str; 8] = ["ng", "nh", "ch", "c", "m", "n", "p", "t"];

/// Whether a word, in whatever letters of case, can be a Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tones = Vec::new();
    let bare: String = word
        .nfd()
        .filter(|each| {
            if TONES.contains(each) {
                tones.push(*each);
                false
            } else {
                true
            }
        })
        .collect();
    let bare: String = bare.nfc().flat_map(char::to_lowercase).collect();
    if tones.len() > 1 {
        return false;
    }
    ONSETS
        .iter()
        .any(|onset| bare.strip_prefix(onset).is_some_and(|rime| is_rime(rime, tones.first().copied())))
}

fn is_rime(rime: &str, tone: Option<char>) -> bool {
    let uy = ["uyt", "uynh", "uych", "uyn"].contains(&rime);
    let open = OPEN.contains(&rime);
    let closed = FINALS.iter().find_map(|last| {
        let nucleus = rime.strip_suffix(last)?;
        NUCLEI.contains(&nucleus).then_some(*last)
    });
    match closed {
        // A stopped syllable is sharp or heavy.
        Some("c" | "ch" | "p" | "t") => matches!(tone, Some('\u{301}' | '\u{323}')),
        Some(_) => true,
        None => open || uy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_administration_are_syllables() {
        let text = "Sở Nội vụ Uỷ ban nhân dân xã Thuỷ Nguyên quyết định phê duyệt kết quả cải cách hành chính khuyến nghị \
                    nghiêm túc huyện Đắk Glong tuyên truyền thuế xuất xứ ngoài giờ được hưởng lương tiếng Việt giấy quỹ";
        let wrong: Vec<&str> = text.split_whitespace().filter(|word| !is_syllable(word)).collect();
        // A name of a people of the highlands.
        assert_eq!(wrong, ["Đắk", "Glong"]);
    }

    #[test]
    fn what_a_wrong_table_gives_is_none() {
        for word in ["Së", "Néi", "vô", "Sôû", "Noäi", "vuï"].iter().filter(|word| **word != "vô") {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
