//! Any table as a workbook that an official can fill in.

use parindex_rulebook::finding::Place;
use parindex_rulebook::table::Table;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::{Findings, PackageProblem};

/// Writes a table; every cell is text, so that codes and dates stay as they are.
///
/// # Errors
/// A text that no workbook can hold.
pub fn write_table(file: &str, table: &Table) -> Result<Vec<u8>, Findings> {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = book.add_worksheet();
        let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
        for (column, title) in (0_u16..).zip(&table.header) {
            sheet.write_string_with_format(0, column, title, &bold)?;
            sheet.set_column_width(column, 18)?;
        }
        for (row, cells) in (1_u32..).zip(table.rows.iter().map(|row| &row.cells)) {
            for (column, cell) in (0_u16..).zip(cells.iter()).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string_with_format(row, column, cell, &text)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    };
    written().map_err(|error| PackageProblem::BadWorkbook(error.to_string()).at(Place::file(file)))
}
