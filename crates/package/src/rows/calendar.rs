//! `calendar`: days that an administration adds to the holidays that come with the product.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::table::{ColumnSpec, Table};

use super::{Rows, column};
use crate::{Findings, PackageProblem};

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 3] =
    [column(&["date", "Ngày"], true), column(&["kind", "Loại"], true), column(&["name", "Tên"], false)];

/// A day as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date: `2026-04-30`.
    pub date: String,
    /// `off` or `work`.
    pub kind: String,
    /// Why.
    pub name: String,
}

impl Day {
    /// Adds it to a calendar; `None` when it cannot be read.
    pub fn add_to(&self, calendar: &mut Calendar) -> Option<()> {
        calendar.add(&self.date, &self.kind, &self.name)
    }
}

/// Reads the days of a table and adds them to a calendar.
///
/// # Errors
/// Days that cannot be read, each with its place.
pub fn extend(calendar: &mut Calendar, table: &Table) -> Result<Vec<Day>, Findings> {
    let rows = Rows::new(table, &COLUMNS)?;
    let (mut days, mut findings) = (Vec::new(), Findings::new());
    for row in &table.rows {
        let [date, kind, name] = [0, 1, 2].map(|column| rows.cell(row, column).to_owned());
        let day = Day { date, kind, name };
        if day.add_to(calendar).is_none() {
            let problem = PackageProblem::BadDay(format!("{}, {}", day.date, day.kind));
            findings.push(rows.error(row, 0, problem));
        }
        days.push(day);
    }
    if findings.is_empty() { Ok(days) } else { Err(findings) }
}
