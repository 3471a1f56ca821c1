//! CSV (RFC 4180) to tables and back. Lines at the head that begin with `#` are remarks for readers, and a cell that a spreadsheet
//! would take for a formula has an apostrophe before it.

use std::borrow::Cow;

use parindex_rulebook::finding::Place;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::COLUMNS;
use parindex_rulebook::table::{Cells, ColumnSpec, Row, Table};

use crate::bounds::Room;
use crate::{Bounds, Findings, PackageProblem, text};

/// More rows than any table has; a national campaign's facts have under a million.
const MOST_ROWS: usize = 2_000_000;
/// More columns than any table has.
const MOST_COLUMNS: usize = 512;

/// Reads a CSV file.
///
/// # Errors
/// Encoding, broken quoting.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<Table, Findings> {
    read_within(file, bytes, &Bounds::COMMAND)
}

/// Reads a CSV file of bounded size.
///
/// # Errors
/// As [`read`], and where there is more of it.
pub fn read_within(file: &str, bytes: Vec<u8>, bounds: &Bounds) -> Result<Table, Findings> {
    let (text, tidied) = text::decode(file, bytes)?;
    let (remarks, body) = head(&text);
    let quotes = body.bytes().filter(|byte| *byte == b'"').count();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body.as_bytes());
    let (mut rows, mut room) = (Vec::new(), Room::new(bounds));
    let mut record = csv::StringRecord::new();
    let failed = |error: &csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        let row = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(remarks);
        PackageProblem::Csv(error.to_string()).at(Place { row, ..Place::file(file) })
    };
    while reader.read_record(&mut record).map_err(|error| failed(&error))? {
        let line = record.position().map_or(0, csv::Position::line);
        let number = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(remarks);
        if rows.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(PackageProblem::TooManyRows(MOST_ROWS, MOST_COLUMNS)
                .at(Place { row: number, ..Place::file(file) }));
        }
        if room.take(record.len() + 2, record.as_slice().len()).is_none() {
            return Err(PackageProblem::TooMuch.at(Place { row: number, ..Place::file(file) }));
        }
        rows.push(Row { number, cells: record.iter().map(plain).collect() });
    }
    // An open quotation mark swallows all rows after it without a word.
    if quotes % 2 == 1 {
        let row = rows.last().map_or(1, |row: &Row| row.number);
        let why = "ngoặc kép không đóng / unclosed quotation mark".to_owned();
        return Err(PackageProblem::Csv(why).at(Place { row, ..Place::file(file) }));
    }
    let mut rows = rows.into_iter();
    let header = rows.next().map(|row| row.cells.iter().map(str::to_owned).collect()).unwrap_or_default();
    let rows = rows.filter(|row| !row.cells.is_blank()).collect();
    Ok(Table { file: file.to_owned(), header, rows, tidied, ..Table::default() })
}

/// How many remark lines stand at the head, and the rest.
fn head(text: &str) -> (u32, &str) {
    let mut rest = text;
    let mut remarks = 0;
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        remarks += 1;
    }
    (remarks, rest)
}

/// Writes a table with its remarks; reading it again gives the same table.
///
/// # Errors
/// Never in practice: writing to memory.
pub fn write(table: &Table, remarks: &[&str]) -> Result<Vec<u8>, Findings> {
    let failed =
        |error: &dyn std::fmt::Display| PackageProblem::Csv(error.to_string()).at(Place::file(&table.file));
    let mut bytes = Vec::new();
    for remark in remarks {
        bytes.extend_from_slice(format!("# {remark}\n").as_bytes());
    }
    let mut writer = csv::WriterBuilder::new().flexible(false).from_writer(bytes);
    // The settings of a criteria set are rows whose code begins with `@`.
    let set = table.header.first().map(String::as_str) == COLUMNS.first().map(ColumnSpec::title);
    let header = table.header.iter().collect::<Cells>();
    let rows = std::iter::once(&header).chain(table.rows.iter().map(|row| &row.cells));
    for cells in rows {
        let setting = |place: usize, cell: &str| set && place == 0 && cell.starts_with('@');
        let written = cells
            .iter()
            .enumerate()
            .map(|(place, cell)| if setting(place, cell) { Cow::Borrowed(cell) } else { harmless(cell) });
        let padded = written.chain(std::iter::repeat(Cow::Borrowed(""))).take(table.header.len());
        writer.write_record(padded.map(Cow::into_owned)).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// The header of a CSV file, whatever follows it.
#[must_use]
pub fn header(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (_, body) = head(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body.as_bytes());
    Some(reader.records().next()?.ok()?.iter().map(|cell| plain(cell).to_owned()).collect())
}

/// Whether a spreadsheet that opens the text as a cell of CSV would do something with it.
fn acts(text: &str) -> bool {
    let first = text.trim_start_matches(' ').chars().next();
    first.is_some_and(|first| {
        matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    })
}

/// A cell as it is written: behind an apostrophe where a spreadsheet would take it for a formula. Numbers are none.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let bare = cell.trim_start_matches('\'');
    // What begins with apostrophes already gets one more, so that reading takes away what writing put there.
    let number = bare.len() == cell.len() && cell.parse::<Number>().is_ok();
    if acts(bare) && !number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was before it was written.
fn plain(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|_| acts(cell.trim_start_matches('\'')));
    bare.unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a cell holds comes back, and nothing that is written begins like a formula unless it is a number.
    #[test]
    fn a_spreadsheet_finds_no_formula_and_reading_finds_what_was_written() {
        let cells = [
            "=HYPERLINK(\"http://x\")",
            "+84 24 3825",
            "-",
            "- Báo cáo",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "  =1+1",
            "＝1+1",
            "'=1",
            "''-2",
            "'",
            "'Sở",
            "-5",
            "-0.5",
            "+7",
            "Sở Nội vụ",
            "",
            "a=b",
            "'-5",
            "\n=1",
        ];
        let row = Row { number: 2, cells: cells.into_iter().collect() };
        let header = (0..cells.len()).map(|at| format!("c{at}")).collect();
        let table = Table { file: "a.csv".to_owned(), header, rows: vec![row], ..Table::default() };
        let written = write(&table, &[]).unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(written.as_slice());
        let row = reader.records().next().unwrap().unwrap();
        for cell in &row {
            assert!(!acts(cell) || cell.parse::<Number>().is_ok(), "{cell:?} would be a formula");
        }
        assert_eq!(read("a.csv", written).unwrap().rows[0].cells, table.rows[0].cells);
    }

    #[test]
    fn settings_of_a_criteria_set_stay_as_they_are() {
        let header = COLUMNS.iter().map(|column| column.title().to_owned()).collect();
        let row = |cells: [&str; 3]| Row { number: 0, cells: cells.into_iter().collect() };
        let rows = vec![row(["@tên bộ", "", "-x"]), row(["1", "", "- Tiêu chí"])];
        let table = Table { header, rows, ..Table::default() };
        let text = String::from_utf8(write(&table, &[]).unwrap()).unwrap();
        assert!(text.contains("\n@tên bộ,,'-x,") && text.contains("\n1,,'- Tiêu chí,"), "{text}");
    }
}
