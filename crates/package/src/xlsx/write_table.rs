//! Any table as a workbook that an official can fill in.

use parindex_rulebook::finding::Place;
use parindex_rulebook::table::Table;
use parindex_rulebook::word::same;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::{Findings, PackageProblem};

/// Columns in which somebody types figures, which are numbers.
const FIGURES: [&str; 4] = ["value", "Giá trị", "points", "Điểm"];

/// Writes a table; every cell is text, and so is what somebody types below: codes keep their zeros, and days stay as they are.
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
            if !FIGURES.iter().any(|known| same(known, title)) {
                sheet.set_column_format(column, &text)?;
            }
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use calamine::{Reader, Xlsx};
    use parindex_rulebook::table::Row;

    use super::*;

    /// A code that is typed into an empty list keeps its zeros, because its column is text as a whole.
    #[test]
    fn columns_are_text_but_for_figures() {
        let header = ["Mã", "Giá trị", "từ ngày"].map(str::to_owned).to_vec();
        let cells = ["007", "", ""].into_iter().collect();
        let table = Table { header, rows: vec![Row { number: 2, cells }], ..Table::default() };
        let bytes = write_table("a.xlsx", &table).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        let columns = sheet.split("<cols>").nth(1).and_then(|rest| rest.split("</cols>").next()).unwrap();
        let is_text =
            columns.split("<col ").skip(1).map(|column| column.contains("style=")).collect::<Vec<_>>();
        assert_eq!(is_text, [true, false, true], "{columns}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(range.get_value((1, 0)).unwrap().to_string(), "007");
    }
}
