//! Where a criteria set was written: its criteria, and what it settles once.

use super::SetProblem;
use crate::finding::{Finding, Place};
use crate::table::{Table, TableProblem};
use crate::word;

/// Where nodes and settings were written.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The table of the criteria.
    file: Place,
    /// The table of the settings, which may be a sheet of its own.
    about: Place,
    rows: Vec<Place>,
    settings: Vec<(String, Place)>,
    tidied: bool,
}

impl Places {
    pub(super) fn new(
        table: &Table,
        about: Option<&Table>,
        rows: impl Iterator<Item = u32>,
        settings: Vec<(String, Place)>,
    ) -> Self {
        Self {
            file: table.place(0, ""),
            about: about.unwrap_or(table).place(0, ""),
            rows: rows.map(|row| table.place(row, "")).collect(),
            settings,
            tidied: table.tidied || about.is_some_and(|about| about.tidied),
        }
    }

    /// The place of a node's column; the file when the node is unknown.
    #[must_use]
    pub fn of(&self, node: Option<usize>, column: &str) -> Place {
        let row = node.and_then(|node| self.rows.get(node)).unwrap_or(&self.file);
        row.clone().in_column(column)
    }

    /// The row of a setting; the table in which it belongs when it is not stated.
    #[must_use]
    pub fn of_setting(&self, key: &str) -> Place {
        let stated = self.settings.iter().find(|(stated, _)| word::same(stated, key));
        stated.map_or_else(|| self.about.clone(), |(_, place)| place.clone())
    }

    /// What is said of how the texts were written, if anything.
    #[must_use]
    pub fn remark(&self) -> Option<Finding<SetProblem>> {
        let remark = || Finding::warning(self.file.clone(), SetProblem::Table(TableProblem::Tidied));
        self.tidied.then(remark)
    }
}
