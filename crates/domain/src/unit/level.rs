//! The levels of units that a list can have, in all words that stand for them: one list for pages, lists that come in, and tables.

use parindex_rulebook::lang::Lang;
use parindex_rulebook::word::same;

/// The levels a unit can have, in the order in which units are shown: the word that is stored, and what people read.
pub const LEVELS: [(&str, &str, &str); 5] = [
    ("province", "Cấp tỉnh", "Province"),
    ("department", "Sở, ban, ngành", "Department"),
    ("district", "Cấp huyện (đến 30/6/2025)", "District (until 30 June 2025)"),
    ("commune", "Cấp xã", "Commune"),
    ("other", "Khác", "Other"),
];

/// What officials write for a level.
const SAID: [(&str, &str); 20] = [
    ("tỉnh", "province"),
    ("thành phố trực thuộc trung ương", "province"),
    ("sở", "department"),
    ("ban", "department"),
    ("ngành", "department"),
    ("sở ngành", "department"),
    ("sở, ngành", "department"),
    ("sở ban ngành", "department"),
    ("huyện", "district"),
    ("quận", "district"),
    ("thị xã", "district"),
    ("cấp huyện", "district"),
    ("xã", "commune"),
    ("phường", "commune"),
    ("thị trấn", "commune"),
    ("đặc khu", "commune"),
    ("xã, phường", "commune"),
    ("xã, phường, đặc khu", "commune"),
    ("xã, phường, thị trấn", "commune"),
    ("khác", "other"),
];

/// The level that a word means, as it is stored: the stored word itself, what people read, or what officials write.
///
/// ```
/// use parindex_domain::unit::level_of;
/// assert_eq!(level_of("Phường"), Some("commune"));
/// assert_eq!(level_of("thôn"), None);
/// ```
#[must_use]
pub fn level_of(word: &str) -> Option<&'static str> {
    let known = LEVELS.iter().find(|(code, vi, en)| [*code, *vi, *en].iter().any(|known| same(known, word)));
    let said = || SAID.iter().find(|(known, _)| same(known, word)).map(|(_, level)| *level);
    known.map(|level| level.0).or_else(said)
}

/// What people read for a stored level.
#[must_use]
pub fn level_name(level: &str, lang: Lang) -> &'static str {
    LEVELS.iter().find(|each| each.0 == level).map_or("", |each| lang.pick(each.1, each.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Level;

    #[test]
    fn levels_are_understood_in_the_words_of_officials() {
        for (word, level) in [
            ("department", Some("department")),
            ("Sở, ban, ngành", Some("department")),
            ("SỞ", Some("department")),
            ("Cấp xã", Some("commune")),
            ("phường", Some("commune")),
            ("đặc  khu", Some("commune")),
            ("Ðặc khu", Some("commune")),
            ("Quận", Some("district")),
            ("Province", Some("province")),
            ("thôn", None),
            ("", None),
        ] {
            assert_eq!(level_of(word), level, "{word}");
        }
    }

    #[test]
    fn what_stands_for_a_level_is_one_of_the_list() {
        for (word, level) in SAID {
            assert!(LEVELS.iter().any(|known| known.0 == level), "{word}");
        }
        for level in [Level::Province, Level::District, Level::Commune] {
            assert_eq!(level_of(level.word()), Some(level.word()));
            assert!(!level_name(level.word(), Lang::Vi).is_empty());
        }
    }
}
