//! Criteria sets in either of their two equal forms.

use std::path::Path;

use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::set::{self, COLUMNS, CriteriaSet, MAX_CRITERIA, ReadSet};
use parindex_rulebook::table::Table;

use crate::source::read_file;
use crate::xlsx::{ABOUT_SHEET, SET_SHEET, Sheets, sheet_names};
use crate::{Bounds, Findings, PackageProblem, csv, xlsx};

/// Twice as many as a set has at most, with its settings: more are not looked at one by one.
const MAX_ROWS: usize = 2 * MAX_CRITERIA;

/// The two forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A CSV file.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// The form that a file name asks for.
    ///
    /// # Errors
    /// Another ending.
    pub fn of(file: &str) -> Result<Self, Findings> {
        let ending = Path::new(file).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            _ => Err(PackageProblem::UnknownFormat(file.to_owned()).at(Place::file(file))),
        }
    }
}

/// Reads a set from bytes; the file's name says in which form.
///
/// # Errors
/// All that is wrong, each with its place.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<ReadSet, Findings> {
    read_within(file, bytes, &Bounds::COMMAND)
}

/// Reads a set of bounded size.
///
/// # Errors
/// As [`read`], and where there is more of it.
pub fn read_within(file: &str, bytes: Vec<u8>, bounds: &Bounds) -> Result<ReadSet, Findings> {
    let (table, about) = match Form::of(file)? {
        Form::Csv => (csv::read_within(file, bytes, bounds)?, None),
        Form::Xlsx => sheets(file, &bytes, bounds)?,
    };
    if table.rows.len() > MAX_ROWS {
        return Err(PackageProblem::TooManyRows(MAX_ROWS, COLUMNS.len()).at(Place::file(file)));
    }
    set::read(&table, about.as_ref()).map_err(|findings| findings.iter().map(Finding::spoken).collect())
}

/// Reads a set from a file.
///
/// # Errors
/// As [`read`].
pub fn read_path(path: &Path) -> Result<ReadSet, Findings> {
    read(&path.display().to_string(), read_file(path)?)
}

/// The sheet with the tree (the only one, or the one so named) and the sheet of settings.
fn sheets(file: &str, bytes: &[u8], bounds: &Bounds) -> Result<(Table, Option<Table>), Findings> {
    let (mut tree, mut about) = (None, None);
    for table in xlsx::read_within(file, bytes, bounds, Sheets::Named(&[SET_SHEET, ABOUT_SHEET]))? {
        match table.sheet.as_str() {
            ABOUT_SHEET => about = Some(table),
            _ => tree = Some(table),
        }
    }
    let tree = match (tree, about) {
        (Some(tree), Some(about)) => return Ok((tree, Some(about))),
        (tree, _) => tree,
    };
    let names = sheet_names(file, bytes, bounds)?;
    let missing =
        |sheet: &str| PackageProblem::NoSheet(sheet.to_owned(), names.join(", ")).at(Place::file(file));
    let tree = tree.ok_or_else(|| missing(SET_SHEET))?;
    // A misnamed sheet of settings would silently lose rounding, caps and classes.
    if names.len() > 1 { Err(missing(ABOUT_SHEET)) } else { Ok((tree, None)) }
}

/// Writes a set in the form that the file's name asks for.
///
/// # Errors
/// A text that no workbook can hold.
pub fn write(file: &str, set: &CriteriaSet) -> Result<Vec<u8>, Findings> {
    match Form::of(file)? {
        Form::Csv => csv::write(&set::write(set), &[]),
        Form::Xlsx => xlsx::write_set(file, set),
    }
}

/// Reads any table: the CSV itself or the first sheet of a workbook.
///
/// # Errors
/// As the readers of both forms.
pub fn read_table(file: &str, bytes: Vec<u8>) -> Result<Table, Findings> {
    read_table_within(file, bytes, &Bounds::COMMAND)
}

/// Reads any table of bounded size.
///
/// # Errors
/// As [`read_table`], and where there is more of it.
pub fn read_table_within(file: &str, bytes: Vec<u8>, bounds: &Bounds) -> Result<Table, Findings> {
    match Form::of(file)? {
        Form::Csv => csv::read_within(file, bytes, bounds),
        Form::Xlsx => {
            let first = xlsx::read_within(file, &bytes, bounds, Sheets::First)?;
            Ok(first.into_iter().next().unwrap_or_default())
        }
    }
}

/// The same content in the form that the target's name asks for: a criteria set, or any other table.
///
/// # Errors
/// As the readers and writers of both.
pub fn convert(from: &str, bytes: Vec<u8>, to: &str) -> Result<Vec<u8>, Findings> {
    let first = read_table(from, bytes.clone())?;
    let mut needed = COLUMNS.iter().filter(|column| column.needed);
    let is_set = needed.all(|column| first.header.iter().any(|title| column.is(title)));
    if is_set {
        return write(to, &read(from, bytes)?.set);
    }
    match Form::of(to)? {
        Form::Csv => csv::write(&first, &[]),
        Form::Xlsx => xlsx::write_table(to, &first),
    }
}
