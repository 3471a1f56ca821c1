//! Units.

pub mod add;
pub mod edit;
mod form;
pub mod import;
pub mod list;
pub mod reference;
pub mod show;
pub mod succeed;
pub mod tree;

use parindex_rulebook::lang::Lang;
use parindex_rulebook::word::same;

/// The levels a unit can have, with their words.
pub const LEVELS: [(&str, &str, &str); 5] = [
    ("province", "Cấp tỉnh", "Province"),
    ("department", "Sở, ban, ngành", "Department"),
    ("district", "Cấp huyện (đến 30/6/2025)", "District (until 30 June 2025)"),
    ("commune", "Cấp xã", "Commune"),
    ("other", "Khác", "Other"),
];

/// The level that a word of a list means: its code, its word, or the words that officials have for it.
pub fn level_of(word: &str) -> Option<&'static str> {
    const SHORT: [(&str, &str); 13] = [
        ("tỉnh", "province"),
        ("thành phố trực thuộc trung ương", "province"),
        ("sở", "department"),
        ("sở ngành", "department"),
        ("sở, ngành", "department"),
        ("huyện", "district"),
        ("cấp huyện", "district"),
        ("xã", "commune"),
        ("phường", "commune"),
        ("thị trấn", "commune"),
        ("đặc khu", "commune"),
        ("xã, phường", "commune"),
        ("khác", "other"),
    ];
    let known = LEVELS.iter().find(|(code, vi, en)| [*code, *vi, *en].iter().any(|known| same(known, word)));
    let short = || SHORT.iter().find(|(known, _)| same(known, word)).map(|(_, level)| *level);
    known.map(|level| level.0).or_else(short)
}

/// The word for a level.
pub fn level_name(level: &str, lang: Lang) -> &'static str {
    LEVELS.iter().find(|each| each.0 == level).map_or("", |each| lang.pick(each.1, each.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_understood_in_the_words_of_officials() {
        for (word, level) in [
            ("department", Some("department")),
            ("Sở, ban, ngành", Some("department")),
            ("SỞ", Some("department")),
            ("Cấp xã", Some("commune")),
            ("phường", Some("commune")),
            ("Province", Some("province")),
            ("thôn", None),
        ] {
            assert_eq!(level_of(word), level, "{word}");
        }
    }
}
