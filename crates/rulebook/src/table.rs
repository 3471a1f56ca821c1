//! A table as rows of text with their places: the same value whether it came from CSV or XLSX.

use std::collections::{HashMap, HashSet};

mod cells;
mod codes;

pub use cells::Cells;
pub use codes::{NoCode, looks_like_day};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::finding::{Finding, Place};
use crate::input::read_date;
use crate::lang::{Lang, Say};

/// The longest text in a cell; no workbook program holds more.
pub const MAX_CELL: usize = 32_767;

/// Whoever has that many texts to mend begins with these; a table of a million broken cells is not told cell by cell.
const MAX_FINDINGS: usize = 1_000;

/// Rows under one header.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// The file it came from.
    pub file: String,
    /// The sheet of a workbook; empty for CSV.
    pub sheet: String,
    /// The header row.
    pub header: Vec<String>,
    /// The rows below it that hold anything.
    pub rows: Vec<Row>,
    /// Whether it was written by a program for which the comma is decimal: it separates cells by semicolons.
    pub comma_is_decimal: bool,
    /// Whether its texts were written otherwise than they are read: see [`tidied`].
    pub tidied: bool,
    /// By row number and column: how a workbook shows numbers whose digits are read otherwise, such as `1.10` over 1.1 and `85%` over
    /// 0.85.
    pub shown: HashMap<(u32, usize), String>,
    /// By row number and column: the cells of a workbook that hold something else than the code that somebody typed there.
    pub no_codes: HashMap<(u32, usize), NoCode>,
    /// The cells of a workbook, by row number and column, that are numbers with decimals: people write these with another mark.
    pub decimals: HashSet<(u32, usize)>,
}

/// One row of a table, with its number in the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number as the person's program shows it.
    pub number: u32,
    /// Its cells, as many as the header has or fewer.
    pub cells: Cells,
}

impl Row {
    /// The text of a cell; empty when the row is short.
    #[must_use]
    #[inline]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", str::trim)
    }
}

/// What is wrong with a table as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableProblem {
    /// No header row.
    Empty,
    /// A needed column is not there.
    NoColumn(String),
    /// A column that nothing knows; the known ones.
    UnknownColumn(String, String),
    /// A column stands twice.
    ColumnTwice(String),
    /// A row has more cells than the header.
    LongRow(usize, usize),
    /// Some texts were decomposed or held invisible spaces, and were read as they look.
    Tidied,
    /// A code that is a number shown otherwise: what is read, what is shown.
    CodeShown(String, String),
    /// A code that is a number in a format that may show something else: what is read, the format.
    CodeFormat(String, String),
    /// A code of which a program made a day.
    CodeDay(String),
    /// A control character.
    Control(String),
    /// A sign that turns the direction of writing.
    Direction(String),
    /// A cell over 32,767 characters.
    LongCell(usize),
}

impl Say for TableProblem {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Empty => lang.pick("bảng trống, cần một hàng tiêu đề", "the table is empty; a header row is needed").to_owned(),
            Self::NoColumn(name) => lang.pick(
                format!("thiếu cột «{name}»; hãy thêm cột này vào hàng tiêu đề"),
                format!("column “{name}” is missing; add it to the header row"),
            ),
            Self::UnknownColumn(name, known) => lang.pick(
                format!("không có cột nào tên «{name}»; các cột dùng được: {known}"),
                format!("“{name}” is no column here; the columns are: {known}"),
            ),
            Self::ColumnTwice(name) => lang.pick(
                format!("cột «{name}» xuất hiện hai lần; hãy bỏ một cột"),
                format!("column “{name}” stands twice; remove one"),
            ),
            Self::LongRow(found, header) => lang.pick(
                format!("hàng có {found} ô nhưng hàng tiêu đề (hàng đầu) chỉ có {header}; hàng đầu phải là tên cột, và trong CSV ô chứa dấu phẩy phải nằm trong ngoặc kép"),
                format!("the row has {found} cells, the header (the first row) {header}; the first row must be the titles of the columns, and in CSV cells with commas are quoted"),
            ),
            Self::Tidied => lang
                .pick(
                    "có chữ viết bằng dấu tổ hợp rời (NFD), khoảng trắng đặc biệt hoặc dấu BOM; đã đọc như chữ thường, không phải sửa gì",
                    "some texts are decomposed (NFD), hold special spaces or begin with a byte order mark; they were read as they look, nothing needs to be corrected",
                )
                .to_owned(),
            Self::CodeShown(read, shown) => lang.pick(
                format!("mã hiện là {shown} nhưng ô chứa số {read}; hãy định dạng cột mã là Text rồi gõ lại {shown}"),
                format!("the code looks like {shown}, but the cell holds the number {read}; make the column of codes Text and type {shown} again"),
            ),
            Self::CodeFormat(read, format) => lang.pick(
                format!("ô chứa số {read} có định dạng riêng «{format}» nên mã hiện ra có thể khác; hãy định dạng cột mã là Text rồi gõ lại mã"),
                format!("the cell holds the number {read} in the format “{format}”, so that the code may look otherwise; make the column of codes Text and type the code again"),
            ),
            Self::CodeDay(day) => {
                let day = read_date(day).map_or_else(|| day.clone(), |day| lang.date(day));
                lang.pick(
                    format!("chương trình bảng tính đã đổi mã thành ngày {day}; hãy định dạng cột mã là Text rồi gõ lại mã"),
                    format!("the spreadsheet program made the day {day} of the code; make the column of codes Text and type the code again"),
                )
            }
            Self::Control(text) => lang.pick(
                format!("«{text}» có ký tự điều khiển; hãy gõ lại ô này"),
                format!("“{text}” holds a control character; retype the cell"),
            ),
            Self::Direction(text) => lang.pick(
                format!("«{text}» có ký tự ẩn đảo chiều chữ, làm tên hiện khác với tên thật; hãy gõ lại ô này"),
                format!("“{text}” holds an invisible sign that turns the direction of writing, so that it looks like another name; retype the cell"),
            ),
            Self::LongCell(length) => lang.pick(
                format!("ô dài {length} ký tự, quá mức 32.767; hãy rút gọn hoặc tách ra"),
                format!("the cell has {length} characters, over 32,767; shorten or split it"),
            ),
        }
    }
}

impl Table {
    /// The place of a cell.
    #[must_use]
    pub fn place(&self, row: u32, column: &str) -> Place {
        Place { file: self.file.clone(), sheet: self.sheet.clone(), row, column: column.to_owned() }
    }

    /// The columns of `known` by place, in their order; each is found under any of its titles.
    ///
    /// # Errors
    /// Columns that are unknown, stand twice, or are needed and missing.
    pub fn columns<const N: usize>(
        &self,
        known: &[ColumnSpec; N],
    ) -> Result<[Option<usize>; N], Vec<Finding<TableProblem>>> {
        let mut found = [None; N];
        self.find(known, &mut found)?;
        Ok(found)
    }

    /// The place of each of `known`, in the order of `found`.
    ///
    /// # Errors
    /// As [`Self::columns`].
    pub fn find(
        &self,
        known: &[ColumnSpec],
        found: &mut [Option<usize>],
    ) -> Result<(), Vec<Finding<TableProblem>>> {
        let mut findings = Vec::new();
        if self.header.iter().all(|title| title.trim().is_empty()) {
            return Err(vec![Finding::error(self.place(0, ""), TableProblem::Empty)]);
        }
        for (place, title) in self.header.iter().enumerate() {
            let title = title.trim();
            let column = known.iter().zip(found.iter_mut()).find(|(spec, _)| spec.is(title));
            match column {
                Some((_, slot)) if slot.is_none() => *slot = Some(place),
                Some(_) => findings.push(TableProblem::ColumnTwice(title.to_owned())),
                None if title.is_empty() => {}
                None => findings.push(TableProblem::UnknownColumn(title.to_owned(), titles(known))),
            }
        }
        let missing = known.iter().zip(found.iter()).filter(|(spec, slot)| spec.needed && slot.is_none());
        findings.extend(missing.map(|(spec, _)| TableProblem::NoColumn(spec.title().to_owned())));
        let mut findings: Vec<_> =
            findings.into_iter().map(|problem| Finding::error(self.place(0, ""), problem)).collect();
        for (spec, column) in known.iter().zip(found.iter()).filter(|(spec, _)| spec.text) {
            findings.extend(column.iter().flat_map(|column| self.shown_otherwise(*column, spec.title())));
        }
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }

    /// What is wrong with the texts themselves: NFD, hidden spaces, controls, giant cells, long rows.
    #[must_use]
    pub fn text_findings(&self) -> Vec<Finding<TableProblem>> {
        let mut findings = Vec::new();
        for (title, cell) in self.header.iter().map(|title| (title, title)) {
            findings.extend(text_problem(cell).map(|problem| Finding::error(self.place(0, title), problem)));
        }
        for row in &self.rows {
            if findings.len() >= MAX_FINDINGS {
                break;
            }
            findings.extend(self.row_findings(row));
        }
        findings
    }

    /// The same of one row under the header.
    #[must_use]
    pub fn row_findings(&self, row: &Row) -> Vec<Finding<TableProblem>> {
        let mut findings = Vec::new();
        if row.cells.len() > self.header.len() {
            let problem = TableProblem::LongRow(row.cells.len(), self.header.len());
            findings.push(Finding::error(self.place(row.number, ""), problem));
        }
        for (title, cell) in self.header.iter().zip(row.cells.iter()) {
            findings.extend(
                text_problem(cell).map(|problem| Finding::error(self.place(row.number, title), problem)),
            );
        }
        findings
    }
}

/// A column that a reader knows.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// The titles it goes by; the first is written.
    pub titles: &'static [&'static str],
    /// Whether the table is useless without it.
    pub needed: bool,
    /// Whether its cells are codes or other text, so that 4 shown as `00004` must not be read as 4.
    pub text: bool,
}

impl ColumnSpec {
    /// The title that is written.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.titles.first().copied().unwrap_or_default()
    }

    /// Whether a column of this title is it, however the title is spelt.
    #[must_use]
    pub fn is(&self, title: &str) -> bool {
        self.titles.iter().any(|known| crate::word::same(known, title))
    }
}

fn titles(known: &[ColumnSpec]) -> String {
    known.iter().map(ColumnSpec::title).collect::<Vec<_>>().join(", ")
}

/// What is wrong with one text, if anything.
#[must_use]
pub fn text_problem(text: &str) -> Option<TableProblem> {
    // Nearly all cells are short plain ASCII.
    if text.len() <= MAX_CELL && text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return None;
    }
    let length = text.chars().count();
    // What is shown again must not speak to a terminal.
    let shown = |each: &char| !each.is_control() && !turns_direction(*each);
    let start = || text.chars().filter(shown).take(30).collect::<String>();
    if length > MAX_CELL {
        return Some(TableProblem::LongCell(length));
    }
    if text.chars().any(turns_direction) {
        return Some(TableProblem::Direction(start()));
    }
    let control = text.chars().any(|each| each.is_control() && !matches!(each, '\n' | '\r' | '\t'));
    control.then(|| TableProblem::Control(start()))
}

/// Whether no part of a text can have a [`text_problem`] but its length: it has no control beside tabs and ends of lines, and none of
/// the blocks in which signs for the direction of writing lie. It answers for a whole file at once; most files are so.
#[must_use]
pub fn is_harmless(text: &str) -> bool {
    // 0xc2 begins the controls from U+0080 on, 0xd8 and 0xe2 begin the signs of direction.
    let stops = |byte: u8| matches!(byte, 0..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2);
    // In pieces and without a way out inside one, so that many bytes are looked at together.
    text.as_bytes().chunks(256).all(|piece| !piece.iter().fold(false, |found, byte| found | stops(*byte)))
}

/// A text composed, with plain spaces and without invisible ones; `None` where it is so already.
///
/// ```
/// use parindex_rulebook::table::tidied;
/// assert_eq!(tidied("Sơ\u{309}\u{a0}Thử").as_deref(), Some("Sở Thử"));
/// assert_eq!(tidied("Sở Thử"), None);
/// ```
#[must_use]
pub fn tidied(text: &str) -> Option<String> {
    if text.is_ascii() || is_plain(text) || (is_nfc(text) && !text.chars().any(is_hidden_space)) {
        return None;
    }
    let spaces = text.nfc().filter_map(|each| match each {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        hidden => (!is_hidden_space(hidden)).then_some(hidden),
    });
    Some(spaces.collect())
}

/// Whether a text has only letters that are composed in every text: Latin ones of all blocks in which Vietnamese is written. It tells
/// for most texts what composing them would tell, in a tenth of the time.
fn is_plain(text: &str) -> bool {
    let plain = |each| matches!(each, '\0'..='\u{9f}' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}');
    text.chars().all(plain)
}

/// Spaces that look like a space or like nothing, and break every comparison.
#[must_use]
pub fn is_hidden_space(each: char) -> bool {
    matches!(
        each,
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

/// Signs for scripts that run from right to left. Vietnamese needs none, and one of them makes `gpj.exe` look like `exe.jpg`, or
/// a unit like another one.
#[must_use]
pub fn turns_direction(each: char) -> bool {
    matches!(
        each,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No letter that counts as composed has another form, and none is a hidden space.
    #[test]
    fn letters_that_are_taken_as_composed_are() {
        for each in (0..0x2000).filter_map(char::from_u32).filter(|each| is_plain(&each.to_string())) {
            assert!(is_nfc(&each.to_string()) && !is_hidden_space(each), "{each:?}");
            let word = format!("{each}{each}a");
            assert_eq!(word.nfc().collect::<String>(), word);
        }
        assert!(is_plain("Ủy ban Sở Kế hoạch Đầu tư") && !is_plain("Sơ\u{309}") && !is_plain("a\u{a0}b"));
    }

    #[test]
    fn a_harmless_text_has_no_problem_in_any_part() {
        for each in (0..=0x10_ffff).filter_map(char::from_u32).map(|each| each.to_string()) {
            assert!(!is_harmless(&each) || text_problem(&each).is_none(), "{each:?}");
        }
        assert!(is_harmless("Sở Nội vụ\r\n\t78,5%") && !is_harmless("Sở\u{202e}") && !is_harmless("\u{85}"));
    }

    #[test]
    fn text_that_looks_right_but_is_not_is_named() {
        assert_eq!(text_problem("Sở Nội vụ"), None);
        assert!(matches!(text_problem("a\u{7}"), Some(TableProblem::Control(_))));
        assert_eq!(text_problem("Sở\u{202e} Y tế"), Some(TableProblem::Direction("Sở Y tế".to_owned())));
        assert_eq!(text_problem(&"a".repeat(40_000)), Some(TableProblem::LongCell(40_000)));
    }
}
