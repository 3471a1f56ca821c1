//! CSV (RFC 4180) to tables and back. Lines at the head that begin with `#` are remarks for readers, and a cell that a spreadsheet
//! would take for a formula has an apostrophe before it.

use std::borrow::Cow;
use std::io::Cursor;

use parindex_rulebook::finding::Place;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::COLUMNS;
use parindex_rulebook::table::{Cells, ColumnSpec, MAX_CELL, Row, Table, is_harmless};

use crate::bounds::Room;
use crate::{Bounds, Findings, PackageProblem, text};

/// More rows than any table has; a national campaign's facts have under a million.
pub(crate) const MAX_ROWS: usize = 2_000_000;
/// More columns than any table has.
const MAX_COLUMNS: usize = 512;

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
    let (mut records, mut table) = Records::open(file, bytes, bounds)?;
    let mut row = Row::default();
    while records.next(&mut row)? {
        // Cloned, a row takes only the room that its cells need.
        table.rows.push(row.clone());
    }
    Ok(table)
}

/// A CSV file row by row. A national campaign's figures are a million rows that are looked at once; as a [`Table`] they take more room
/// than everything that is made of them.
pub(crate) struct Records {
    file: String,
    reader: csv::Reader<Cursor<String>>,
    record: csv::StringRecord,
    /// Bytes before the header, and lines.
    before: usize,
    remarks: u32,
    room: Room,
    /// Rows that were read, the header too.
    read: usize,
    /// The number of the last one.
    last: u32,
    /// An open quotation mark swallows all rows after it without a word.
    unclosed: bool,
    /// Whether no cell can have a problem but its length.
    harmless: bool,
}

impl Records {
    /// Opens a CSV file of bounded size; gives a table with the header and no rows.
    ///
    /// # Errors
    /// Encoding, broken quoting.
    pub(crate) fn open(file: &str, bytes: Vec<u8>, bounds: &Bounds) -> Result<(Self, Table), Findings> {
        let (text, tidied) = text::decode(file, bytes)?;
        let (before, separator) = before(&text);
        let text = lines(text, before);
        let body = text.get(before..).unwrap_or_default();
        let harmless = is_harmless(body);
        let unclosed = body.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        let (remarks, start) = (breaks(text.get(..before).unwrap_or_default()), before as u64);
        let mut text = Cursor::new(text);
        text.set_position(start);
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true).delimiter(separator).from_reader(text);
        let (record, room, read, last) = (csv::StringRecord::new(), Room::new(bounds), 0, 1);
        let mut records = Self {
            file: file.to_owned(),
            reader,
            record,
            before,
            remarks,
            room,
            read,
            last,
            unclosed,
            harmless,
        };
        let mut header = Row::default();
        records.step(&mut header)?;
        let header = header.cells.iter().map(str::to_owned).collect();
        let comma_is_decimal = separator == b';';
        Ok((records, Table { file: file.to_owned(), header, tidied, comma_is_decimal, ..Table::default() }))
    }

    /// Reads the next row that holds anything into a row that is used again; whether there was one.
    ///
    /// # Errors
    /// Broken quoting, and more of anything than is taken.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, Findings> {
        while self.step(row)? {
            if !row.cells.is_blank() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the row that was read last need not be looked at for what is wrong with its texts.
    pub(crate) fn is_harmless(&self) -> bool {
        self.harmless && self.record.as_slice().len() <= MAX_CELL
    }

    fn step(&mut self, row: &mut Row) -> Result<bool, Findings> {
        let there = self.reader.read_record(&mut self.record);
        let there = there.map_err(|error| {
            self.problem(PackageProblem::Csv(error.to_string()), self.number(error.position()))
        })?;
        if !there {
            let why = || "ngoặc kép không đóng / unclosed quotation mark".to_owned();
            let open = self.unclosed.then(|| self.problem(PackageProblem::Csv(why()), self.last));
            return open.map_or(Ok(false), Err);
        }
        self.last = self.number(self.record.position());
        if self.read >= MAX_ROWS || self.record.len() > MAX_COLUMNS {
            return Err(self.problem(PackageProblem::TooManyRows(MAX_ROWS, MAX_COLUMNS), self.last));
        }
        if self.room.take(self.record.len() + 2, self.record.as_slice().len()).is_none() {
            return Err(self.problem(PackageProblem::TooMuch, self.last));
        }
        self.read += 1;
        row.number = self.last;
        row.cells.refill(self.record.iter().map(plain));
        Ok(true)
    }

    /// The number of the row at a place, as an editor shows it: the reader stands before the blank lines above the row.
    fn number(&self, place: Option<&csv::Position>) -> u32 {
        let (byte, line) = place.map_or((0, 0), |place| (place.byte(), place.line()));
        let text = self.reader.get_ref().get_ref().as_bytes();
        let rest = text.get(self.before.saturating_add(usize::try_from(byte).unwrap_or(usize::MAX))..);
        let blank = rest.unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        line.saturating_add(self.remarks).saturating_add(u32::try_from(blank).unwrap_or(u32::MAX))
    }

    fn problem(&self, problem: PackageProblem, row: u32) -> Findings {
        problem.at(Place { row, ..Place::file(&self.file) })
    }
}

/// A text whose rows end in one way: Excel ends them by two characters, of which the reader counts the second to the next row. What
/// stands before the header, or in quotes, stays as it is.
fn lines(text: String, before: usize) -> String {
    if !text.contains('\r') {
        return text;
    }
    let (mut lines, mut quoted) = (String::with_capacity(text.len()), false);
    let (remarks, body) = text.split_at_checked(before).unwrap_or(("", &text));
    lines.push_str(remarks);
    let mut rest = body.chars().peekable();
    while let Some(each) = rest.next() {
        quoted ^= each == '"';
        if each == '\r' && !quoted {
            let _end_of_the_same_row = rest.next_if_eq(&'\n');
            lines.push('\n');
        } else {
            lines.push(each);
        }
    }
    lines
}

fn breaks(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// The bytes before the header, and what separates its cells. Excel in Vietnam writes semicolons, because the comma is decimal there, and
/// may say so in a line of its own.
fn before(text: &str) -> (usize, u8) {
    let (mut rest, mut said) = (text, None);
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim_end_matches('\r');
        if let [separator] = line.strip_prefix("sep=").unwrap_or_default().as_bytes() {
            said = Some(*separator);
        } else if !line.starts_with('#') && (!line.trim().is_empty() || after.is_empty()) {
            let separator = said.unwrap_or_else(|| separator(line));
            return (text.len() - rest.len(), separator);
        }
        rest = after;
    }
}

/// What separates the cells of a header: of the marks outside of quotes the most frequent one; a comma where there is none.
fn separator(header: &str) -> u8 {
    let plain = || header.split('"').step_by(2).flat_map(str::bytes);
    let count = |separator: u8| plain().filter(|byte| *byte == separator).count();
    // Of two that stand there as often the first one counts.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
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
    let (before, separator) = before(text);
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(separator);
    let mut reader = reader.from_reader(text.get(before..)?.as_bytes());
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
    match cell.as_bytes() {
        [b'\'', ..] if acts(cell.trim_start_matches('\'')) => cell.get(1..).unwrap_or_default(),
        _ => cell,
    }
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

    /// Excel ends rows by CR and LF, and in Vietnam separates cells by semicolons; an editor counts blank lines too.
    #[test]
    fn rows_have_the_numbers_that_an_editor_shows_however_they_end() {
        let plain = "# ghi chú\na,b\n1,2\n\n\n\"x\ny\",3\n5,6\n";
        let numbers = |text: &str| {
            let table = read("a.csv", text.as_bytes().to_vec()).unwrap();
            assert_eq!(table.header, ["a", "b"], "{text:?}");
            assert_eq!(table.rows[2].cells.iter().collect::<Vec<_>>(), ["5", "6"], "{text:?}");
            table.rows.iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(plain), [3, 6, 8]);
        assert_eq!(numbers(&plain.replace('\n', "\r\n")), [3, 6, 8]);
        assert_eq!(numbers(&plain.replace(',', ";")), [3, 6, 8]);
        assert_eq!(numbers(&plain.replace(',', "\t")), [3, 6, 8]);
        assert_eq!(numbers(&format!("sep=;\r\n{}", plain.replace(',', ";"))), [4, 7, 9]);
        assert_eq!(header("\"Tên, địa phương\";b\n1;2\n".as_bytes()).unwrap(), ["Tên, địa phương", "b"]);
        assert_eq!(header(b"\n\na;b\n").unwrap(), ["a", "b"]);
        assert_eq!(header(b"sep=;\r\na;b\r\n").unwrap(), ["a", "b"]);
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
