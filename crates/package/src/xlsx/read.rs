//! The sheets of a workbook as tables of text.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::table::{NoCode, Row, Table, tidied};

use super::cell::{letters, text_of};
use super::guard::guarded;
use super::shown::{Format, Seen};
use crate::bounds::Room;
use crate::text::garbled;
use crate::{Bounds, Findings, PackageProblem};

const MAX_SHOWN: usize = 60;
const MAX_ROWS: u32 = 400_000;
const MAX_COLUMNS: u32 = 512;
/// Whoever has that many to mend begins with these.
const MAX_FINDINGS: usize = 1_000;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Which sheets of a workbook are read: what stands on the others does no harm.
#[derive(Clone, Copy, Debug)]
pub enum Sheets<'w> {
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
        if found || findings.len() >= MAX_FINDINGS {
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
            no_codes: HashMap::new(),
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
    /// What is something else than the code that was typed.
    no_codes: HashMap<(u32, u32), NoCode>,
    /// Numbers with decimals.
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
        for Dimensions { start, end } in merged.into_iter().take(MAX_FINDINGS) {
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
                Ok(mut text) => {
                    match value {
                        DataRef::Float(_) | DataRef::Int(_) => {
                            self.number((row, column), formats.get(style), &mut text);
                        }
                        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => {
                            self.no_codes.insert((row, column), NoCode::Day);
                        }
                        _ => {}
                    }
                    self.take(row, column, text)?;
                }
                Err(problem) => {
                    let place = self.place(row + 1, &letters(column));
                    self.findings.push(Finding::error(place, problem).spoken());
                    if self.findings.len() >= MAX_FINDINGS {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Keeps how a number is shown, where that may be taken for something else than what is read.
    fn number(&mut self, at: (u32, u32), format: Option<&Format>, text: &mut String) {
        if text.contains('.') {
            self.decimals.insert(at);
        }
        let Some(format) = format else { return };
        match format.seen(text) {
            Seen::Same => {}
            // A format can put a thousand letters round every number; whoever gets a number so is not told how it looks.
            Seen::Otherwise(shown) if shown.len() <= MAX_SHOWN => {
                self.shown.insert(at, shown);
            }
            // Nobody sees another number there than the one with its sign.
            Seen::Signed => text.push('%'),
            Seen::Unknown | Seen::Otherwise(_) => {
                let code = format.code.chars().take(MAX_SHOWN).collect();
                self.no_codes.insert(at, NoCode::Format(code));
            }
        }
    }

    /// Whether its first row with anything in it has several titles.
    fn is_table(&self) -> bool {
        let filled = || self.cells.iter().filter(|(_, _, text)| !text.trim().is_empty());
        let first = filled().map(|(row, ..)| *row).min();
        filled().filter(|(row, ..)| Some(*row) == first).count() > 1
    }

    fn take(&mut self, row: u32, column: u32, text: String) -> Result<(), Findings> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS || self.room.take(1, text.len()).is_none() {
            return Err(self.too_much(row, column));
        }
        self.cells.push((row, column, text));
        Ok(())
    }

    fn too_much(&self, row: u32, column: u32) -> Findings {
        PackageProblem::TooMuch.at(self.place(row + 1, &letters(column)))
    }

    fn table(mut self) -> Result<Table, Findings> {
        let texts = self.cells.iter().map(|(row, column, text)| ((*row, *column), text.as_str()));
        if let Some(((row, column), found)) = garbled::find(texts) {
            return Err(vec![Finding::error(self.place(row + 1, &letters(column)), found).spoken()]);
        }
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
        let no_codes = self.no_codes.into_iter().map(|(at, why)| (place(at), why)).collect();
        let decimals = self.decimals.into_iter().map(place).collect();
        let (rows, tidied, comma_is_decimal) = (rows.collect(), tidy, false);
        Ok(Table { file, sheet, header, rows, comma_is_decimal, tidied, shown, no_codes, decimals })
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};

    use super::*;

    #[test]
    fn a_cell_tells_what_its_format_hides() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(["Mã", "Giá trị"]) {
            sheet.write_string(0, column, title).unwrap();
        }
        let styled = |format: &str| Style::new().set_num_format(format);
        let rows =
            [(3.1, "0.00_ ;-0.00 "), (0.645, "0%"), (86.5, "0.0\\%"), (7.0, "0.00E+00"), (2340.5, "General")];
        for (row, (number, format)) in (1..).zip(rows) {
            sheet.write_number_with_format(row, 0, number, &styled(format)).unwrap();
        }
        let day = ExcelDateTime::from_ymd(2026, 10, 2).unwrap();
        sheet.write_datetime_with_format(6, 0, day, &styled("d-mmm")).unwrap();
        let table = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap().remove(0);
        let read: Vec<&str> = table.rows.iter().map(|row| row.cell(0)).collect();
        assert_eq!(read, ["3.1", "0.645", "86.5%", "7", "2340.5", "2026-10-02"]);
        let shown = |row: u32| table.shown.get(&(row, 0)).map(String::as_str);
        assert_eq!([2, 3, 4, 5, 6].map(shown), [Some("3.10"), Some("65%"), None, None, None]);
        let no_code = |row: u32| table.no_codes.get(&(row, 0)).cloned();
        let unknown = Some(NoCode::Format("0.00E+00".to_owned()));
        assert_eq!([2, 5, 6, 7].map(no_code), [None, unknown, None, Some(NoCode::Day)]);
        let mut decimals: Vec<u32> = table.decimals.iter().map(|(row, _)| *row).collect();
        decimals.sort_unstable();
        assert_eq!(decimals, [2, 3, 4, 6]);
    }

    #[test]
    fn letters_of_an_old_font_are_refused_with_their_cell() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(["Mã", "Tên"]) {
            sheet.write_string(0, column, title).unwrap();
        }
        for (row, name) in (1..).zip(["Sở Y tế", "Së C«ng Th\u{ad}¬ng"]) {
            sheet.write_string(row, 0, "A").unwrap();
            sheet.write_string(row, 1, name).unwrap();
        }
        let refused = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap_err();
        let [finding] = refused.as_slice() else { panic!("{refused:?}") };
        assert_eq!((finding.place.row, finding.place.column.as_str()), (3, "B"));
        assert!(finding.problem.vi.contains("«Sở Công Thương»"), "{}", finding.problem.vi);
    }
}
