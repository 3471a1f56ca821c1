//! Administrative units before and after 2025-07-01, and which became which.
//!
//! Sources: the official code lists; see `data/units/`. Before the reform 63 provinces, 696 districts and
//! 10,035 communes; after it 34 provinces and 3,321 communes. A code can survive with another extent.

use std::collections::HashMap;

use parindex_rulebook::word;

use crate::search::fold;

mod level;
mod problem;

pub use level::{LEVELS, level_name, level_of};
pub use problem::UnitProblem;

const BEFORE: &str = include_str!("../data/units/units_2024.tsv");
const AFTER: &str = include_str!("../data/units/units_2025.tsv");
const SUCCESSIONS: &str = include_str!("../data/units/successions_2025_07_01.tsv");

/// Which list of units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Era {
    /// Up to 2025-06-30: province, district, commune.
    Before,
    /// From 2025-07-01: province, commune.
    After,
}

impl Era {
    /// The era of a year's campaign; 2025 is assessed in the new shape.
    #[must_use]
    pub fn of_year(year: i16) -> Self {
        if year >= 2025 { Self::After } else { Self::Before }
    }
}

/// The level of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Tỉnh, thành phố.
    Province,
    /// Huyện, quận, thị xã; none since 2025-07-01.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

impl Level {
    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }
}

/// One unit of the reference lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceUnit {
    /// The official code.
    pub code: &'static str,
    /// The code of the unit above; empty for a province.
    pub parent: &'static str,
    pub level: Level,
    /// What kind of unit: `Xã`, `Phường`.
    pub kind: &'static str,
    /// Its full name.
    pub name: &'static str,
    /// In which list.
    pub era: Era,
}

/// How an old unit went into a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The old code.
    pub old: &'static str,
    /// The new code.
    pub new: &'static str,
    /// The level of both.
    pub level: Level,
    /// Whether the old unit went there whole; a divided commune went to several in parts.
    pub whole: bool,
}

/// The reference lists, ready to be searched.
#[derive(Clone, Debug)]
pub struct Reference {
    units: Vec<ReferenceUnit>,
    by_code: HashMap<(Era, &'static str), usize>,
    successions: Vec<Succession>,
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Reference {
    /// Reads the lists that come with the product.
    ///
    /// ```
    /// use parindex_domain::unit::{Era, Level, Reference};
    /// let reference = Reference::new();
    /// assert_eq!(reference.count(Era::After, Level::Commune), 3_321);
    /// assert_eq!(reference.count(Era::Before, Level::District), 696);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        let units: Vec<ReferenceUnit> = lines(BEFORE).filter_map(|line| unit(&line, Era::Before)).collect();
        let after = lines(AFTER).filter_map(|line| unit(&line, Era::After));
        let units: Vec<ReferenceUnit> = units.into_iter().chain(after).collect();
        let by_code = units.iter().enumerate().map(|(at, unit)| ((unit.era, unit.code), at)).collect();
        let successions = lines(SUCCESSIONS).filter_map(|line| succession(&line)).collect();
        Self { units, by_code, successions }
    }

    /// How many units of a level there are.
    #[must_use]
    pub fn count(&self, era: Era, level: Level) -> usize {
        self.units.iter().filter(|unit| unit.era == era && unit.level == level).count()
    }

    /// All units of a list.
    pub fn all(&self, era: Era) -> impl Iterator<Item = &ReferenceUnit> {
        self.units.iter().filter(move |unit| unit.era == era)
    }

    /// Which became which on 2025-07-01.
    #[must_use]
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// Whether a unit went through the reform as it was: same code, name and place, made of itself alone and whole.
    #[must_use]
    pub fn unchanged(&self, unit: &ReferenceUnit) -> bool {
        let (Some(before), Some(after)) =
            (self.find(Era::Before, unit.code), self.find(Era::After, unit.code))
        else {
            return false;
        };
        let alone =
            |parts: &[(&ReferenceUnit, bool)]| matches!(parts, [(other, true)] if other.code == unit.code);
        before.name == after.name
            && before.parent == after.parent
            && before.level == after.level
            && alone(&self.successors(before))
            && alone(&self.predecessors(after))
    }

    /// The unit with a code: two digits for a province, three for a district, five for a commune.
    #[must_use]
    pub fn find(&self, era: Era, code: &str) -> Option<&ReferenceUnit> {
        self.units.get(*self.by_code.get(&(era, code))?)
    }

    /// Units whose code is the query or whose name holds it, without accents; exact names first.
    #[must_use]
    pub fn search(&self, query: &str, era: Option<Era>) -> Vec<&ReferenceUnit> {
        let folded = fold(query.trim());
        let matches = |unit: &&ReferenceUnit| {
            era.is_none_or(|era| unit.era == era)
                && (unit.code == query.trim() || fold(unit.name).contains(&folded))
        };
        let mut found: Vec<&ReferenceUnit> = self.units.iter().filter(matches).collect();
        found
            .sort_by_key(|unit| (unit.code != query.trim(), !fold(unit.name).ends_with(&folded), unit.level));
        found
    }

    /// The units directly under one.
    #[must_use]
    pub fn below(&self, era: Era, code: &str) -> Vec<&ReferenceUnit> {
        self.units.iter().filter(|unit| unit.era == era && unit.parent == code).collect()
    }

    /// What an old unit became on 2025-07-01.
    #[must_use]
    pub fn successors(&self, old: &ReferenceUnit) -> Vec<(&ReferenceUnit, bool)> {
        let heirs = self.successions.iter().filter(|each| each.old == old.code && each.level == old.level);
        heirs.filter_map(|each| Some((self.find(Era::After, each.new)?, each.whole))).collect()
    }

    /// What a unit in force was made of.
    #[must_use]
    pub fn predecessors(&self, new: &ReferenceUnit) -> Vec<(&ReferenceUnit, bool)> {
        let parts = self.successions.iter().filter(|each| each.new == new.code && each.level == new.level);
        parts.filter_map(|each| Some((self.find(Era::Before, each.old)?, each.whole))).collect()
    }

    /// Whether a code and name are those of an official unit.
    ///
    /// # Errors
    /// [`UnitProblem`] with the nearest official name.
    pub fn validate(&self, era: Era, code: &str, name: &str) -> Result<&ReferenceUnit, UnitProblem> {
        let Some(unit) = self.find(era, code) else {
            let elsewhere = self.search(name, Some(era)).first().map(|unit| (unit.code, unit.name));
            return Err(UnitProblem::UnknownCode { code: code.to_owned(), named: elsewhere });
        };
        if word::same(unit.name, name) || word::same(bare(unit), name) {
            return Ok(unit);
        }
        Err(UnitProblem::OtherName { code: code.to_owned(), name: name.to_owned(), official: unit.name })
    }
}

/// The name without its kind: `Vĩnh Tường` for `Huyện Vĩnh Tường`.
#[must_use]
pub fn bare(unit: &ReferenceUnit) -> &'static str {
    unit.name.strip_prefix(unit.kind).map_or(unit.name, str::trim_start)
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

fn level(word: &str) -> Option<Level> {
    match word {
        "province" => Some(Level::Province),
        "district" => Some(Level::District),
        "commune" => Some(Level::Commune),
        _ => None,
    }
}

fn unit(fields: &[&'static str], era: Era) -> Option<ReferenceUnit> {
    let [code, parent, word, kind, name, ..] = fields else { return None };
    Some(ReferenceUnit { code, parent, level: level(word)?, kind, name, era })
}

fn succession(fields: &[&'static str]) -> Option<Succession> {
    let [word, old, new, share] = fields else { return None };
    Some(Succession { old, new, level: level(word)?, whole: *share == "whole" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vinh_tuong_and_its_communes_are_known_and_what_became_of_them() {
        let reference = Reference::new();
        let district = reference.search("Huyện Vĩnh Tường", Some(Era::Before));
        let [district] = district.as_slice() else { panic!("one district, found {}", district.len()) };
        assert_eq!(reference.below(Era::Before, district.code).len(), 20);
        let commune = reference.below(Era::Before, district.code).into_iter().next().unwrap();
        assert!(!reference.successors(commune).is_empty(), "{} has a successor", commune.name);
    }

    #[test]
    fn a_merged_province_knows_what_it_was_made_of() {
        let reference = Reference::new();
        let phu_tho = reference
            .search("Phú Thọ", Some(Era::After))
            .into_iter()
            .find(|unit| unit.level == Level::Province)
            .unwrap();
        let mut names: Vec<_> =
            reference.predecessors(phu_tho).into_iter().map(|(unit, _)| bare(unit)).collect();
        names.sort_unstable();
        assert_eq!(names, ["Hòa Bình", "Phú Thọ", "Vĩnh Phúc"]);
    }

    #[test]
    fn a_wrong_name_or_code_is_told_with_the_right_one() {
        let reference = Reference::new();
        assert!(reference.validate(Era::After, "01", "Thành phố Hà Nội").is_ok());
        assert!(reference.validate(Era::After, "01", "Hà Nội").is_ok());
        assert!(matches!(reference.validate(Era::After, "01", "Hà Nam"), Err(UnitProblem::OtherName { .. })));
        let unknown = reference.validate(Era::After, "9999999", "Thành phố Hà Nội");
        assert!(matches!(unknown, Err(UnitProblem::UnknownCode { named: Some(("01", _)), .. })));
    }
}
