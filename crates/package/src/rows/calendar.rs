//! `calendar`: days that an administration adds to the holidays that come with the product.

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::table::{ColumnSpec, Table};

use super::{Rows, column};
use crate::{Findings, PackageProblem};

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 3] =
    [column(&["date", "Ngày"], true), column(&["kind", "Loại"], true), column(&["name", "Tên"], false)];

/// Adds the days of a table.
///
/// # Errors
/// Days that cannot be read, each with its place.
pub fn extend(calendar: &mut Calendar, table: &Table) -> Result<(), Findings> {
    let rows = Rows::new(table, &COLUMNS)?;
    let mut findings = Findings::new();
    for row in &table.rows {
        let (date, kind, name) = (rows.cell(row, 0), rows.cell(row, 1), rows.cell(row, 2));
        if calendar.add(date, kind, name).is_none() {
            findings.push(rows.error(row, 0, PackageProblem::BadDay(format!("{date}, {kind}"))));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}
