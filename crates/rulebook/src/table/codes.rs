//! Codes in workbooks: what a cell holds may be another code than the one that somebody sees or typed.

use super::{MAX_FINDINGS, Table, TableProblem};
use crate::finding::Finding;
use crate::input::read_date;

/// What a cell of a workbook holds in place of the code that somebody typed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// A number in a format of which it is not known what it shows.
    Format(String),
    /// A day: `2-10` becomes one.
    Day,
}

impl Table {
    /// The cells of a column of codes that hold something else than what is seen or was typed.
    #[must_use]
    pub fn shown_otherwise(&self, column: usize, title: &str) -> Vec<Finding<TableProblem>> {
        if self.shown.is_empty() && self.no_codes.is_empty() {
            return Vec::new();
        }
        let wrong = self.rows.iter().filter_map(|row| {
            let (at, read) = ((row.number, column), row.cell(column).to_owned());
            let problem = match (self.no_codes.get(&at), self.shown.get(&at)) {
                (Some(NoCode::Day), _) => TableProblem::CodeDay(read),
                (Some(NoCode::Format(format)), _) => TableProblem::CodeFormat(read, format.clone()),
                (None, Some(shown)) => TableProblem::CodeShown(read, shown.clone()),
                (None, None) => return None,
            };
            Some(Finding::error(self.place(row.number, title), problem))
        });
        wrong.take(MAX_FINDINGS).collect()
    }
}

/// Whether a code that nobody knows looks like the day that a spreadsheet program made of it: `2026-10-02`, `2-Oct`, `02-Thg10`.
#[must_use]
pub fn looks_like_day(code: &str) -> bool {
    const MONTHS: [&str; 13] =
        ["thg", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|each| each.is_ascii_digit());
    let month = |part: &str| {
        let part = part.to_lowercase();
        MONTHS
            .iter()
            .any(|month| part.strip_prefix(month).is_some_and(|rest| rest.is_empty() || number(rest)))
    };
    let named = code
        .split_once('-')
        .is_some_and(|(left, right)| (number(left) && month(right)) || (month(left) && number(right)));
    named || read_date(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Say};

    #[test]
    fn a_day_in_place_of_a_code_is_known() {
        for code in ["2026-10-02", "02/10/2026", "2-Oct", "Oct-10", "02-Thg10", "2-thg"] {
            assert!(looks_like_day(code), "{code}");
        }
        for code in ["2.10", "H44.07", "1-2", "TC-10", "oct", "2-10-1", "Mayo-1"] {
            assert!(!looks_like_day(code), "{code}");
        }
        let said = TableProblem::CodeDay("2026-10-02".to_owned()).say(Lang::Vi);
        assert!(said.contains("02/10/2026") && said.contains("Text"), "{said}");
    }
}
