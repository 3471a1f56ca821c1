//! The difference of two versions of a criteria set, for people.

use crate::lang::{Lang, Say};
use crate::notation;
use crate::number::Number;
use crate::set::{COLUMNS, CriteriaSet, Criterion};
use crate::table::ColumnSpec;
use crate::word;

/// One difference between an older and a newer version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetChange {
    /// A new criterion.
    Added {
        code: String,
        name: String,
        /// Its maximum.
        max: Option<Number>,
    },
    /// A criterion that is gone.
    Removed {
        code: String,
        name: String,
        /// Its maximum.
        max: Option<Number>,
    },
    /// The same criterion (by its name) under another code.
    Renumbered {
        /// The old code.
        from: String,
        /// The new code.
        to: String,
        name: String,
    },
    /// Under another parent.
    Moved {
        code: String,
        /// The old parent.
        from: String,
        /// The new parent.
        to: String,
    },
    /// Another maximum.
    Max {
        code: String,
        /// The old.
        from: Option<Number>,
        /// The new.
        to: Option<Number>,
    },
    /// Another rule.
    Rule {
        code: String,
        /// The old, in the notation.
        from: String,
        /// The new.
        to: String,
    },
    /// Another text in a column.
    Text {
        code: String,
        column: &'static str,
        /// The old.
        from: String,
        /// The new.
        to: String,
    },
    /// Another setting of the whole set.
    Setting {
        key: String,
        /// The old.
        from: String,
        /// The new.
        to: String,
    },
}

/// All differences, settings first, then in the order of the newer version, removals last.
#[must_use]
pub fn diff(old: &CriteriaSet, new: &CriteriaSet) -> Vec<SetChange> {
    let mut changes = settings(old, new);
    let renumbered = renumbered(old, new);
    for criterion in &new.criteria {
        let before = renumbered.iter().find(|(_, to)| to.code == criterion.code).map(|(from, _)| *from);
        match before.or_else(|| by_code(old, &criterion.code)) {
            Some(before) => changes.extend(between(before, criterion, &renumbered)),
            None => changes.push(SetChange::Added {
                code: criterion.code.clone(),
                name: criterion.name.clone(),
                max: criterion.max.clone(),
            }),
        }
    }
    let gone = |criterion: &&Criterion| {
        by_code(new, &criterion.code).is_none()
            && !renumbered.iter().any(|(from, _)| from.code == criterion.code)
    };
    changes.extend(old.criteria.iter().filter(gone).map(|criterion| SetChange::Removed {
        code: criterion.code.clone(),
        name: criterion.name.clone(),
        max: criterion.max.clone(),
    }));
    changes
}

fn by_code<'s>(set: &'s CriteriaSet, code: &str) -> Option<&'s Criterion> {
    set.criteria.iter().find(|criterion| criterion.code == code)
}

type Pair<'s> = (&'s Criterion, &'s Criterion);

/// Codes that are gone, and new ones, that carry the same name.
fn renumbered<'s>(old: &'s CriteriaSet, new: &'s CriteriaSet) -> Vec<Pair<'s>> {
    let gone = old.criteria.iter().filter(|criterion| by_code(new, &criterion.code).is_none());
    let added = new.criteria.iter().filter(|criterion| by_code(old, &criterion.code).is_none());
    let mut heirs: Vec<(String, &Criterion)> = added.map(|after| (word::key(&after.name), after)).collect();
    let mut pairs = Vec::new();
    for before in gone.filter(|criterion| !criterion.name.is_empty()) {
        let name = word::key(&before.name);
        if let Some(at) = heirs.iter().position(|(key, _)| *key == name) {
            pairs.push((before, heirs.remove(at).1));
        }
    }
    pairs
}

fn settings(old: &CriteriaSet, new: &CriteriaSet) -> Vec<SetChange> {
    let (old, new) = (old.about_rows(), new.about_rows());
    let value = |rows: &[(String, String)], key: &str| {
        rows.iter().find(|(each, _)| each == key).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut keys: Vec<&String> = old.iter().chain(&new).map(|(key, _)| key).collect();
    keys.dedup();
    let mut changes: Vec<SetChange> = Vec::new();
    for key in keys {
        let (from, to) = (value(&old, key), value(&new, key));
        let change = SetChange::Setting {
            key: key.trim_start_matches('@').to_owned(),
            from: from.clone(),
            to: to.clone(),
        };
        if from != to && !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}

fn between(old: &Criterion, new: &Criterion, renumbered: &[Pair<'_>]) -> Vec<SetChange> {
    let code = new.code.clone();
    let mut changes = Vec::new();
    if old.code != new.code {
        let (from, to) = (old.code.clone(), new.code.clone());
        changes.push(SetChange::Renumbered { from, to, name: new.name.clone() });
    }
    // A parent that was itself renumbered is the same parent.
    let parent = |criterion: &Criterion| criterion.parent.clone().unwrap_or_default();
    let (from, to) = (parent(old), parent(new));
    let same_parent =
        from == to || renumbered.iter().any(|(before, after)| before.code == from && after.code == to);
    if !same_parent {
        changes.push(SetChange::Moved { code: code.clone(), from, to });
    }
    if old.max != new.max {
        changes.push(SetChange::Max { code: code.clone(), from: old.max.clone(), to: new.max.clone() });
    }
    if old.rule != new.rule {
        let (from, to) = (notation::print(&old.rule), notation::print(&new.rule));
        changes.push(SetChange::Rule { code: code.clone(), from, to });
    }
    changes.extend(texts(old, new, &code));
    changes
}

/// Columns with a change of their own above.
const TOLD: [&str; 4] = ["Mã", "Mã cha", "Điểm tối đa", "Cách tính điểm"];

fn texts(old: &Criterion, new: &Criterion, code: &str) -> Vec<SetChange> {
    let (old, new) = (crate::set::cells(old), crate::set::cells(new));
    let columns = COLUMNS.iter().map(ColumnSpec::title).zip(old.into_iter().zip(new));
    let changed = columns.filter(|(column, (from, to))| !TOLD.contains(column) && from != to);
    changed.map(|(column, (from, to))| SetChange::Text { code: code.to_owned(), column, from, to }).collect()
}

impl Say for SetChange {
    fn say(&self, lang: Lang) -> String {
        let points =
            |max: &Option<Number>| max.as_ref().map_or_else(|| "–".to_owned(), |max| lang.short(max));
        let none = |text: &String| if text.is_empty() { "–".to_owned() } else { text.clone() };
        match self {
            Self::Added { code, name, max } => {
                format!("{} {code} {name} ({})", lang.pick("thêm", "added"), points(max))
            }
            Self::Removed { code, name, max } => {
                format!("{} {code} {name} ({})", lang.pick("bỏ", "removed"), points(max))
            }
            Self::Renumbered { from, to, name } => {
                format!("{} {from} → {to} {name}", lang.pick("đổi mã", "renumbered"))
            }
            Self::Moved { code, from, to } => {
                let (from, to) = (none(from), none(to));
                lang.pick(
                    format!("{code} chuyển từ {from} sang {to}"),
                    format!("{code} moved from {from} to {to}"),
                )
            }
            Self::Max { code, from, to } => {
                format!("{code} {}: {} → {}", lang.pick("điểm tối đa", "maximum"), points(from), points(to))
            }
            Self::Rule { code, from, to } => {
                format!("{code} {}: «{from}» → «{to}»", lang.pick("cách tính điểm", "rule"))
            }
            Self::Text { code, column, from, to } => {
                format!("{code} {column}: «{}» → «{}»", none(from), none(to))
            }
            Self::Setting { key, from, to } => format!("{key}: {} → {}", none(from), none(to)),
        }
    }
}
