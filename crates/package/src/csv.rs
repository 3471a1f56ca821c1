//! CSV (RFC 4180) to tables and back. Lines at the head that begin with `#` are remarks for readers.

use parindex_rulebook::finding::Place;
use parindex_rulebook::table::{Row, Table};

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
    let text = text::decode(file, bytes)?;
    let (remarks, body) = head(&text);
    let quotes = body.bytes().filter(|byte| *byte == b'"').count();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body.as_bytes());
    let (mut rows, mut room) = (Vec::new(), Room::new(bounds));
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let row = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(remarks);
            PackageProblem::Csv(error.to_string()).at(Place { row, ..Place::file(file) })
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(remarks);
        if rows.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(PackageProblem::TooManyRows(MOST_ROWS, MOST_COLUMNS)
                .at(Place { row: number, ..Place::file(file) }));
        }
        if room.take(record.len() + 2, record.as_slice().len()).is_none() {
            return Err(PackageProblem::TooMuch.at(Place { row: number, ..Place::file(file) }));
        }
        rows.push(Row { number, cells: record.iter().map(str::to_owned).collect() });
    }
    // An open quotation mark swallows all rows after it without a word.
    if quotes % 2 == 1 {
        let row = rows.last().map_or(1, |row: &Row| row.number);
        let why = "ngoặc kép không đóng / unclosed quotation mark".to_owned();
        return Err(PackageProblem::Csv(why).at(Place { row, ..Place::file(file) }));
    }
    let mut rows = rows.into_iter();
    let header = rows.next().map(|row| row.cells).unwrap_or_default();
    let filled = rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(Table { file: file.to_owned(), sheet: String::new(), header, rows: filled.collect() })
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
    let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
    for cells in rows {
        let padded = cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(table.header.len());
        writer.write_record(padded).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}
