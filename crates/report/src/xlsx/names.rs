//! Names of sheets: at most 31 characters, none of `* ? : [ ] \ /`, no two alike.

use std::collections::HashSet;

const MAX_LENGTH: usize = 31;

#[derive(Default)]
pub(super) struct SheetNames {
    taken: HashSet<String>,
}

impl SheetNames {
    /// The nearest name to `wanted` that a workbook takes.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let usable =
            |each: char| !matches!(each, '*' | '?' | ':' | '[' | ']' | '\\' | '/') && !each.is_control();
        let clean: String = wanted.chars().map(|each| if usable(each) { each } else { ' ' }).collect();
        let clean = clean.trim_matches(['\'', ' ']);
        // "History" is reserved by Excel itself.
        let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "…" } else { clean };
        let mut name: String = clean.chars().take(MAX_LENGTH).collect();
        let mut count = 1;
        while !self.taken.insert(name.to_lowercase()) {
            count += 1;
            let ending = format!(" ({count})");
            name = clean.chars().take(MAX_LENGTH - ending.len()).collect::<String>() + &ending;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_cleaned_and_kept_apart() {
        let mut names = SheetNames::default();
        assert_eq!(names.take("Sở Nội vụ"), "Sở Nội vụ");
        assert_eq!(names.take("sở nội vụ"), "sở nội vụ (2)");
        assert_eq!(names.take("A/B [1]"), "A B  1");
        assert_eq!(names.take("").as_str(), "…");
        assert!(names.take(&"Ban Quản lý ".repeat(9)).chars().count() <= MAX_LENGTH);
    }
}
