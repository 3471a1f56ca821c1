//! The sheets of a workbook as tables of text.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::table::{Row, Table, tidied};

use super::guard::guarded;
use super::shown::Format;
use crate::bounds::Room;
use crate::{Bounds, Findings, PackageProblem};

const MOST_ROWS: u32 = 400_000;
const MOST_COLUMNS: u32 = 512;
/// Whoever has that many to mend begins with these.
const MOST_FINDINGS: usize = 1_000;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Which sheets of a workbook are read: what stands on the others does no harm.
#[derive(Clone, Copy, Debug)]
pub enum Sheets<'w> {
    /// All of them.
    All,
    /// The first visible one that holds a table.
    First,
    /// Those of these names, hidden or not; where there is none, the only visible one.
    Named(&'w [&'w str]),
}

/// All sheets of a workbook, each as a table.
///
/// # Errors
/// What is not a workbook or is refused; formulas, merged and faulty cells, each at its place.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Table>, Findings> {
    read_within(file, bytes, &Bounds::COMMAND, Sheets::All)
}

/// Sheets of a workbook of bounded size.
///
/// # Errors
/// As [`read`], and where there is more of it.
pub fn read_within(
    file: &str,
    bytes: &[u8],
    bounds: &Bounds,
    which: Sheets<'_>,
) -> Result<Vec<Table>, Findings> {
    let whole = |problem: PackageProblem| problem.at(Place::file(file));
    let clean = guarded(bytes, bounds).map_err(whole)?;
    let opened: Result<Book, _> = Xlsx::new(Cursor::new(clean.bytes));
    let mut book = opened.map_err(|error| whole(PackageProblem::NotWorkbook(error.to_string())))?;
    let mut sheets = book.sheets_metadata().to_vec();
    sheets.retain(|sheet| sheet.typ == SheetType::WorkSheet);
    if sheets.is_empty() {
        return Err(whole(PackageProblem::NotWorkbook("0 sheets".to_owned())));
    }
    let visible = |sheet: &calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let alone = sheets.iter().filter(|sheet| visible(sheet)).count() == 1;
    match which {
        Sheets::All => {}
        Sheets::First => sheets.retain(visible),
        Sheets::Named(names) => {
            let wanted = |sheet: &calamine::Sheet| names.contains(&sheet.name.as_str());
            // Settings on a hidden sheet are settings.
            let any = sheets.iter().any(wanted);
            sheets.retain(|sheet| if any { wanted(sheet) } else { alone && visible(sheet) });
        }
    }
    let mut reading = Reading { file, book: &mut book, formulas: clean.formulas, room: Room::new(bounds) };
    let mut tables = Vec::new();
    let mut findings = Findings::new();
    for sheet in sheets {
        match reading.sheet(&sheet.name, matches!(which, Sheets::First)) {
            Ok(table) => tables.extend(table),
            Err(more) => findings.extend(more),
        }
        let found = matches!(which, Sheets::First) && !(tables.is_empty() && findings.is_empty());
        if found || findings.len() >= MOST_FINDINGS {
            break;
        }
    }
    if matches!(which, Sheets::First) && tables.is_empty() && findings.is_empty() {
        return Err(whole(PackageProblem::NoTable));
    }
    if findings.is_empty() { Ok(tables) } else { Err(findings) }
}

/// The names of the visible sheets of a workbook that can be opened.
///
/// # Errors
/// As [`read_within`].
pub fn sheet_names(file: &str, bytes: &[u8], bounds: &Bounds) -> Result<Vec<String>, Findings> {
    let clean = guarded(bytes, bounds).map_err(|problem| problem.at(Place::file(file)))?;
    let opened: Result<Book, _> = Xlsx::new(Cursor::new(clean.bytes));
    let book =
        opened.map_err(|error| PackageProblem::NotWorkbook(error.to_string()).at(Place::file(file)))?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    Ok(sheets.map(|sheet| sheet.name.clone()).collect())
}

struct Reading<'r> {
    file: &'r str,
    book: &'r mut Book,
    /// Whether any cell of the workbook holds a formula.
    formulas: bool,
    /// One budget for the whole workbook, however many sheets it has.
    room: Room,
}

impl Reading<'_> {
    /// A sheet as a table. One that holds nothing but a title is none, where a table is looked for.
    fn sheet(&mut self, name: &str, looking: bool) -> Result<Option<Table>, Findings> {
        let mut sheet = Sheet {
            file: self.file,
            name,
            cells: Vec::new(),
            shown: HashMap::new(),
            decimals: HashSet::new(),
            room: &mut self.room,
            findings: Findings::new(),
        };
        let formulas = if self.formulas { sheet.formulas(self.book)? } else { HashMap::new() };
        sheet.cells(self.book, &formulas)?;
        if looking && !sheet.is_table() {
            return Ok(None);
        }
        sheet.merged(self.book)?;
        if sheet.findings.is_empty() { sheet.table().map(Some) } else { Err(sheet.findings) }
    }
}

struct Sheet<'s> {
    file: &'s str,
    name: &'s str,
    /// Row, column and text, in the order of the file.
    cells: Vec<(u32, u32, String)>,
    /// How numbers are shown that may mean something else than they read.
    shown: HashMap<(u32, u32), String>,
    /// Numbers with exactly three decimals.
    decimals: HashSet<(u32, u32)>,
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

    /// The cells with formulas, and whether each only says yes or no, as a workbook that was saved again writes it.
    fn formulas(&self, book: &mut Book) -> Result<HashMap<(u32, u32), bool>, Findings> {
        let mut cells = book.worksheet_cells_reader(self.name).map_err(|error| self.broken(&error))?;
        let mut found = HashMap::new();
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| self.broken(&error))? {
            let Some(formula) = cell.formula else { continue };
            let says = |formula: &str| ["TRUE()", "FALSE()"].contains(&formula.trim_start_matches('='));
            let plain = matches!(formula, XlsxFormulaMetadata::Normal { formula } if says(&formula));
            found.insert(cell.pos, plain && matches!(cell.value, DataRef::Bool(_)));
        }
        Ok(found)
    }

    fn cells(&mut self, book: &mut Book, formulas: &HashMap<(u32, u32), bool>) -> Result<(), Findings> {
        let mut cells = book.worksheet_cells_reader(self.name).map_err(|error| self.broken(&error))?;
        let formats: Vec<Format> = cells.styles().iter().map(Format::of).collect();
        while let Some((cell, style)) =
            cells.next_cell_with_style_id().map_err(|error| self.broken(&error))?
        {
            let ((row, column), value) = (cell.get_position(), cell.get_value());
            let read = match formulas.get(&(row, column)) {
                None | Some(true) => text_of(value),
                Some(false) => Err(PackageProblem::Formula),
            };
            match read {
                Ok(text) if text.is_empty() => {}
                Ok(text) => {
                    let number = matches!(value, DataRef::Float(_) | DataRef::Int(_));
                    let shown = formats.get(style).filter(|_| number).and_then(|format| format.shows(&text));
                    self.shown.extend(shown.map(|shown| ((row, column), shown)));
                    if number && text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
                        self.decimals.insert((row, column));
                    }
                    self.take(row, column, text)?;
                }
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

    /// Whether its first row with anything in it has several titles.
    fn is_table(&self) -> bool {
        let filled = || self.cells.iter().filter(|(_, _, text)| !text.trim().is_empty());
        let first = filled().map(|(row, ..)| *row).min();
        filled().filter(|(row, ..)| Some(*row) == first).count() > 1
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
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        for (row, column, text) in cells {
            let at = usize::try_from(column).unwrap_or(0);
            if rows.last().is_none_or(|(last, _)| *last != row + 1) {
                rows.push((row + 1, Vec::new()));
            }
            let Some((_, cells)) = rows.last_mut() else { continue };
            // Empty cells before this one take room too.
            self.room
                .take(at.saturating_sub(cells.len()) + 1, 0)
                .ok_or_else(|| self.too_much(row, column))?;
            cells.resize(cells.len().max(at + 1), String::new());
            if let Some(cell) = cells.get_mut(at) {
                *cell = text;
            }
        }
        // A row with nothing but spaces says nothing.
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let mut tidy = false;
        for cell in rows.iter_mut().flat_map(|(_, cells)| cells) {
            if let Some(tidied) = tidied(cell) {
                (*cell, tidy) = (tidied, true);
            }
        }
        let mut rows = rows.into_iter();
        let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let rows = rows.map(|(number, cells)| Row { number, cells: cells.into() });
        let (file, sheet) = (self.file.to_owned(), self.name.to_owned());
        let place = |(row, column): (u32, u32)| (row + 1, usize::try_from(column).unwrap_or(0));
        let shown = self.shown.into_iter().map(|(at, text)| (place(at), text)).collect();
        let decimals = self.decimals.into_iter().map(place).collect();
        Ok(Table { file, sheet, header, rows: rows.collect(), tidied: tidy, shown, decimals })
    }
}

/// A cell's value as text in the form that files use.
fn text_of(value: &DataRef<'_>) -> Result<String, PackageProblem> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => lines(text),
        DataRef::SharedString(text) => lines(text),
        DataRef::Float(number) if number.is_finite() => shown_number(*number),
        DataRef::Float(_) => return Err(PackageProblem::CellError("#NUM!".to_owned())),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(true) => "Có".to_owned(),
        DataRef::Bool(false) => "Không".to_owned(),
        DataRef::DateTime(moment) => return day_of(moment),
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            Some(("", time)) => return Err(PackageProblem::TimeAlone(time.chars().take(5).collect())),
            Some((day, _)) => day.to_owned(),
            None => text.clone(),
        },
        DataRef::DurationIso(text) => return Err(PackageProblem::Duration(text.clone())),
        DataRef::Error(error) => return Err(PackageProblem::CellError(error.to_string())),
    })
}

/// The day of a moment. A time alone is a fraction of no day, and a duration is none at all.
fn day_of(moment: &calamine::ExcelDateTime) -> Result<String, PackageProblem> {
    let days = moment.as_f64();
    if !days.is_finite() {
        return Err(PackageProblem::CellError("#NUM!".to_owned()));
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if moment.is_duration() {
        return Err(PackageProblem::Duration(format!("{:.2} giờ", days * 24.0)));
    }
    if days.abs() < 1.0 {
        return Err(PackageProblem::TimeAlone(format!("{hour:02}:{minute:02}")));
    }
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

/// Lines of a cell however its program ends them: some write the mark of a carriage return in letters.
fn lines(text: &str) -> String {
    if !text.contains(['\r', '_']) {
        return text.to_owned();
    }
    text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n").replace('\r', "\n")
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
    fn a_line_break_is_one() {
        assert_eq!(lines("một_x000D_\nhai\r\nba_x000D_bốn"), "một\nhai\nba\nbốn");
        assert_eq!(lines("a_b"), "a_b");
    }

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
