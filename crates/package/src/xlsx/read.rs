//! The sheets of a workbook as tables of text.

use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx};
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::table::{Row, Table};

use super::guard::guarded;
use crate::bounds::Room;
use crate::{Bounds, Findings, PackageProblem};

const MOST_ROWS: u32 = 400_000;
const MOST_COLUMNS: u32 = 512;
/// Whoever has that many to mend begins with these.
const MOST_FINDINGS: usize = 1_000;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// All sheets of a workbook, each as a table.
///
/// # Errors
/// What is not a workbook or is refused; formulas, merged and faulty cells, each at its place.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Table>, Findings> {
    read_within(file, bytes, &Bounds::COMMAND)
}

/// All sheets of a workbook of bounded size.
///
/// # Errors
/// As [`read`], and where there is more of it.
pub fn read_within(file: &str, bytes: &[u8], bounds: &Bounds) -> Result<Vec<Table>, Findings> {
    let whole = |problem: PackageProblem| problem.at(Place::file(file));
    let clean = guarded(bytes, bounds).map_err(whole)?;
    let opened: Result<Book, _> = Xlsx::new(Cursor::new(clean));
    let mut book = opened.map_err(|error| whole(PackageProblem::NotWorkbook(error.to_string())))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if sheets.is_empty() {
        return Err(whole(PackageProblem::NotWorkbook("0 sheets".to_owned())));
    }
    let mut findings = Findings::new();
    let mut tables = Vec::new();
    // One budget for the whole workbook, however many sheets it has.
    let mut room = Room::new(bounds);
    for sheet in sheets {
        let mut reading =
            Sheet { file, name: &sheet, cells: Vec::new(), room: &mut room, findings: Findings::new() };
        reading.merged(&mut book)?;
        reading.cells(&mut book)?;
        findings.append(&mut reading.findings);
        if findings.len() >= MOST_FINDINGS {
            break;
        }
        tables.push(reading.table()?);
    }
    if findings.is_empty() { Ok(tables) } else { Err(findings) }
}

struct Sheet<'s> {
    file: &'s str,
    name: &'s str,
    /// Row, column and text, in the order of the file.
    cells: Vec<(u32, u32, String)>,
    room: &'s mut Room,
    findings: Findings,
}

impl Sheet<'_> {
    fn place(&self, row: u32, column: &str) -> Place {
        Place { file: self.file.to_owned(), sheet: self.name.to_owned(), row, column: column.to_owned() }
    }

    fn broken(&self, error: &dyn std::fmt::Display) -> Findings {
        PackageProblem::BadWorkbook(error.to_string()).at(self.place(0, ""))
    }

    fn merged(&mut self, book: &mut Book) -> Result<(), Findings> {
        let merged = book.merge_cells_by_sheet_name(self.name).map_err(|error| self.broken(&error))?;
        for Dimensions { start, end } in merged.into_iter().take(MOST_FINDINGS) {
            let range = format!("{}{}:{}{}", letters(start.1), start.0 + 1, letters(end.1), end.0 + 1);
            let problem = PackageProblem::Merged(range);
            self.findings.push(Finding::error(self.place(start.0 + 1, &letters(start.1)), problem).spoken());
        }
        Ok(())
    }

    fn cells(&mut self, book: &mut Book) -> Result<(), Findings> {
        let mut cells = book.worksheet_cells_reader(self.name).map_err(|error| self.broken(&error))?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| self.broken(&error))? {
            let (row, column) = cell.pos;
            let text =
                if cell.formula.is_some() { Err(PackageProblem::Formula) } else { text_of(&cell.value) };
            match text {
                Ok(text) if text.is_empty() => {}
                Ok(text) => self.take(row, column, text)?,
                Err(problem) => {
                    let place = self.place(row + 1, &letters(column));
                    self.findings.push(Finding::error(place, problem).spoken());
                    if self.findings.len() >= MOST_FINDINGS {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, row: u32, column: u32, text: String) -> Result<(), Findings> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS || self.room.take(1, text.len()).is_none() {
            return Err(self.too_much(row, column));
        }
        self.cells.push((row, column, text));
        Ok(())
    }

    fn too_much(&self, row: u32, column: u32) -> Findings {
        PackageProblem::TooMuch.at(self.place(row + 1, &letters(column)))
    }

    fn table(mut self) -> Result<Table, Findings> {
        // Of a cell that stands twice the last one counts, as in the workbook's own program.
        let mut cells = std::mem::take(&mut self.cells);
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut rows: Vec<Row> = Vec::new();
        for (row, column, text) in cells {
            let at = usize::try_from(column).unwrap_or(0);
            if rows.last().is_none_or(|last| last.number != row + 1) {
                rows.push(Row { number: row + 1, cells: Vec::new() });
            }
            let Some(Row { cells, .. }) = rows.last_mut() else { continue };
            // Empty cells before this one take room too.
            self.room
                .take(at.saturating_sub(cells.len()) + 1, 0)
                .ok_or_else(|| self.too_much(row, column))?;
            cells.resize(cells.len().max(at + 1), String::new());
            if let Some(cell) = cells.get_mut(at) {
                *cell = text;
            }
        }
        let mut rows = rows.into_iter();
        let header = rows.next().map(|row| row.cells).unwrap_or_default();
        Ok(Table { file: self.file.to_owned(), sheet: self.name.to_owned(), header, rows: rows.collect() })
    }
}

/// A cell's value as text in the form that files use.
fn text_of(value: &DataRef<'_>) -> Result<String, PackageProblem> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(number) if number.is_finite() => shown_number(*number),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(true) => "Có".to_owned(),
        DataRef::Bool(false) => "Không".to_owned(),
        DataRef::DateTime(date) if date.as_f64().is_finite() && !date.is_duration() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Error(error) => return Err(PackageProblem::CellError(error.to_string())),
        other => return Err(PackageProblem::CellError(format!("{other:?}"))),
    })
}

/// A number as the workbook's program shows it: at most 15 significant digits, decimal point, no exponent.
#[must_use]
pub fn shown_number(number: f64) -> String {
    let shortest = number.to_string();
    let digits = shortest.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    if digits <= 15 {
        return if shortest == "-0" { "0".to_owned() } else { shortest };
    }
    // 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3.
    format!("{number:.14e}").parse::<f64>().map_or(shortest, |rounded| rounded.to_string())
}

fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut text = String::new();
    while left > 0 {
        left -= 1;
        let letter = u8::try_from(left % 26).unwrap_or(0);
        text.insert(0, char::from(b'A' + letter));
        left /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_the_workbook_shows_them() {
        for (number, shown) in [
            (0.1 + 0.2, "0.3"),
            (5.23, "5.23"),
            (1271.0, "1271"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(shown_number(number), shown);
        }
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(16_383)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }
}
