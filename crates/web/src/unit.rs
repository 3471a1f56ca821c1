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

/// The levels a unit can have, with their words.
pub const LEVELS: [(&str, &str, &str); 5] = [
    ("province", "Cấp tỉnh", "Province"),
    ("department", "Sở, ban, ngành", "Department"),
    ("district", "Cấp huyện (đến 30/6/2025)", "District (until 30 June 2025)"),
    ("commune", "Cấp xã", "Commune"),
    ("other", "Khác", "Other"),
];

/// The word for a level.
pub fn level_name(level: &str, lang: Lang) -> &'static str {
    LEVELS.iter().find(|each| each.0 == level).map_or("", |each| lang.pick(each.1, each.2))
}
