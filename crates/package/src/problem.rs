//! What is wrong with a package or a file of it.

use jiff::civil::Date;
use parindex_domain::campaign::TooFar;
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::input::InvalidValue;
use parindex_rulebook::table::TableProblem;

use crate::Findings;

mod say;

/// An error in a package, with the remedy in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageProblem {
    /// A file or folder cannot be opened; the system's words.
    Unreadable(String),
    /// A file or folder cannot be written; the system's words.
    Unwritable(String),
    /// The same table in both forms; the other file.
    BothForms(String),
    /// An encoding repair asked of a workbook.
    NotText,
    /// A file that must be there is not.
    NoFile,
    /// More bytes than any such file has.
    TooLarge(u64),
    /// More cells or text than any table has.
    TooMuch,
    /// More rows or columns than any table has; the most of both.
    TooManyRows(usize, usize),
    /// UTF-16 text.
    Utf16,
    /// Not UTF-8.
    Encoding,
    /// In no encoding that Vietnamese offices used, as far as its words tell.
    UnknownEncoding,
    /// CSV that cannot be read; the library's words.
    Csv(String),
    /// TOML that cannot be read; the library's words.
    Toml(String),
    /// JSON that cannot be read; the library's words.
    Json(String),
    /// Not an XLSX workbook; why.
    NotWorkbook(String),
    /// A workbook that is refused; why.
    BadWorkbook(String),
    /// Old `.xls`, or a password.
    OldWorkbook,
    /// No sheet of that name; the sheets there are.
    NoSheet(String, String),
    /// No visible sheet begins with the titles of columns.
    NoTable,
    /// A formula where a value belongs.
    Formula,
    /// Merged cells.
    Merged(String),
    /// A value of an XLSX cell that is an error.
    CellError(String),
    /// A time without a day.
    TimeAlone(String),
    /// A duration where a value belongs.
    Duration(String),
    /// A plain figure that a workbook shows as percent: what is read, what is shown.
    PercentShown(String, String),
    /// Not a ZIP archive.
    NotZip(String),
    /// A path in an archive or settings file that leads out of the package.
    UnsafePath(String),
    /// A file format that the product does not write or read.
    UnknownFormat(String),
    /// A package version that this program does not know.
    Version(i64),
    /// The set has another version than the campaign pins: pinned, found.
    OtherVersion(String, String),
    /// A move that does not begin where the one before ended: its start, that end.
    BrokenMoves(String, String),
    /// A text that looks right but is not.
    Text(TableProblem),
    /// A needed setting is empty.
    EmptySetting(&'static str),
    /// A code used twice.
    CodeTwice(&'static str, String),
    /// No stages or no blocks.
    NoneOf(&'static str),
    /// A word that is not possible there.
    BadWord(String, String),
    /// A unit that no list names.
    UnknownUnit(String),
    /// A block that no settings name.
    UnknownBlock(String, String),
    /// A stage that no settings name.
    UnknownStage(String, String),
    /// A row without a stage in a campaign of several.
    NoStage(String),
    /// A criterion that the unit's set does not have.
    UnknownCriterion(String),
    /// An input that the criterion does not have.
    UnknownInput(String, String),
    /// A value that is not of its kind.
    Value(InvalidValue),
    /// A day too far from the assessed period: the day, the period.
    FarDay(Date, Date, Date),
    /// The first or last assessed day lies far from the assessed year.
    FarPeriod(TooFar),
    /// Points that are not a number.
    BadPoints(String),
    /// Points outside 0 to the maximum.
    PointsRange(String, String),
    /// Points for a node that sums its children.
    PointsOnParent(String),
    /// Points or figures for a criterion that is only information.
    Information(String),
    /// "Not applicable" for a criterion that always applies.
    AlwaysApplies(String),
    /// An exempt unit with entries.
    ExemptHasEntries(String),
    /// The same thing entered twice; the file and row of the first.
    Twice(String, u32),
    /// Two rows with one number or one place.
    NumberTwice(String),
    /// A table of the history in a package of the first format.
    NeedsFormat(i64),
    /// A vote on a motion that is not there.
    UnknownMotion(String),
    /// A cell that must not be empty.
    EmptyCell,
    /// An external result without its source.
    NoSource,
    /// Days of a calendar that cannot be read.
    BadDay(String),
    /// The target exists.
    Exists,
    /// A resource of `datapackage.json` that is not in the package.
    NoResource(String),
}

/// What the system says of a failed file, without its English where the case is known.
#[must_use]
pub fn system_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "không có / not found".to_owned(),
        Kind::PermissionDenied => "không có quyền / permission denied".to_owned(),
        Kind::AddrInUse => "chương trình khác đang dùng / in use".to_owned(),
        Kind::StorageFull => "đĩa đầy / disk full".to_owned(),
        Kind::FileTooLarge => "quá giới hạn kích thước tệp / file too large".to_owned(),
        _ => error.to_string(),
    }
}

impl PackageProblem {
    /// One finding at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Findings {
        vec![Finding::error(place, self).spoken()]
    }
}
