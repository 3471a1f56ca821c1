//! The tables of a package: units, facts, points, external results, calendar.

pub mod calendar;
mod codes;
pub mod entries;
mod seen;
mod thousands;
pub mod units;

use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::lang::Say;
use parindex_rulebook::table::{ColumnSpec, Row, Table};

use crate::{Findings, PackageProblem};

/// More findings of one table than anybody reads.
pub(crate) const MAX_FINDINGS: usize = 1_000;

/// A column of a data table, under its name in files and in Vietnamese.
pub(crate) const fn column(titles: &'static [&'static str], needed: bool) -> ColumnSpec {
    ColumnSpec { titles, needed, text: false }
}

/// A column of codes or other text.
pub(crate) const fn text_column(titles: &'static [&'static str], needed: bool) -> ColumnSpec {
    ColumnSpec { titles, needed, text: true }
}

/// A table with its columns found and its texts checked.
pub(crate) struct Rows<'t, const N: usize> {
    pub table: &'t Table,
    columns: [Option<usize>; N],
    names: [&'static str; N],
}

impl<'t, const N: usize> Rows<'t, N> {
    /// Finds the columns that are known by their names; a name that is not known, or missing and needed, is a finding.
    pub fn new(table: &'t Table, known: &[ColumnSpec; N]) -> Result<Self, Findings> {
        let spoken =
            |findings: Vec<Finding<_>>| -> Findings { findings.iter().map(Finding::spoken).collect() };
        let findings = table.text_findings();
        if !findings.is_empty() {
            return Err(spoken(findings));
        }
        let columns = table.columns(known).map_err(spoken)?;
        Ok(Self { table, columns, names: known.map(|column| column.title()) })
    }

    /// The text of a cell; empty where the table lacks the column.
    pub fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r str {
        self.columns.get(column).copied().flatten().map_or("", |place| row.cell(place))
    }

    /// How a workbook shows a number of a cell, where that is not what it reads.
    pub fn shown(&self, row: &Row, column: usize) -> Option<&str> {
        let place = self.columns.get(column).copied().flatten()?;
        self.table.shown.get(&(row.number, place)).map(String::as_str)
    }

    /// A finding at a cell.
    pub fn error(
        &self,
        row: &Row,
        column: usize,
        problem: PackageProblem,
    ) -> Finding<parindex_rulebook::finding::Text> {
        Finding::error(self.place(row, column), problem).spoken()
    }

    /// A remark at a cell.
    pub fn remark(
        &self,
        row: &Row,
        column: usize,
        problem: impl Say,
    ) -> Finding<parindex_rulebook::finding::Text> {
        Finding::warning(self.place(row, column), problem).spoken()
    }

    fn place(&self, row: &Row, column: usize) -> Place {
        let place = self.columns.get(column).copied().flatten();
        let own = place.and_then(|place| self.table.header.get(place)).map(|title| title.trim());
        let name = own.or_else(|| self.names.get(column).copied()).unwrap_or_default();
        self.table.place(row.number, name)
    }
}
