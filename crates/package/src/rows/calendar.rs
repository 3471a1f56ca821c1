//! `calendar`: days that an administration adds to the holidays that come with the product.

use parindex_rulebook::calendar::{Calendar, DayKind};
use parindex_rulebook::input::read_date;
use parindex_rulebook::table::{ColumnSpec, Table};

use super::{Rows, column};
use crate::{Findings, PackageProblem};

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 4] = [
    column(&["date", "Ngày"], true),
    column(&["kind", "Loại"], true),
    column(&["name", "Tên"], false),
    column(&["source", "Nguồn"], false),
];

/// A day as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date: `2026-04-30`.
    pub date: String,
    /// `off` or `work`.
    pub kind: String,
    /// Why.
    pub name: String,
    /// The document that says so; empty where none is named.
    pub source: String,
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
        let [date, kind, name, source] = [0, 1, 2, 3].map(|column| rows.cell(row, column).to_owned());
        // Officials write 30/04/2026 and «nghỉ»; kept is one way to write each.
        let date = read_date(&date).map_or(date, |day| day.to_string());
        let kind = DayKind::of(&kind).map_or(kind, |kind| kind.word().to_owned());
        let day = Day { date, kind, name, source };
        if day.add_to(calendar).is_none() {
            let problem = PackageProblem::BadDay(format!("{}, {}", day.date, day.kind));
            findings.push(rows.error(row, 0, problem));
        }
        days.push(day);
    }
    if findings.is_empty() { Ok(days) } else { Err(findings) }
}
