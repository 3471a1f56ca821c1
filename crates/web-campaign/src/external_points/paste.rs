//! Lines pasted from a spreadsheet: a unit, then one cell for each field.

use std::collections::{HashMap, HashSet};

use parindex_domain::procedure::Member;
use parindex_rulebook::word;

use super::enter::title;
use super::look::ExternalPointsView;
use crate::sheet::field::{FieldView, FormValues, NOT_APPLICABLE, is_touched};

/// Lines that are pasted at a time.
const MAX_PASTED: usize = 5_000;

impl ExternalPointsView {
    /// Pasted lines fill the fields of the units that they name; what they leave empty stays. The lines that could not be placed come
    /// back, each with what is wrong.
    pub fn paste(&self, pasted: &str, all: &mut HashMap<i64, FormValues>) -> Pasted {
        let (fields, units) = (self.fields(0, None).all, self.units());
        let mut pasting = Pasting { look: self, fields, units, placed: HashSet::new() };
        let mut left = Pasted::default();
        for (number, line) in (1..).zip(pasted.lines()) {
            let mut cells = line.split('\t').map(str::trim);
            let first = cells.next().unwrap_or_default();
            if number > MAX_PASTED {
                // The first of those that are too many speaks for all of them.
                left.lines.push(line.to_owned());
                if number == MAX_PASTED + 1 {
                    left.said.push(self.wrong_line(number, first, Misplaced::TooMany));
                }
                continue;
            }
            if first.is_empty() {
                continue;
            }
            if let Err(why) = pasting.place(first, &cells.collect::<Vec<_>>(), all) {
                left.push(line, self.wrong_line(number, first, why));
            }
        }
        left
    }

    /// The units by their code, and by their name however it is spelt.
    fn units(&self) -> HashMap<String, Vec<&Member>> {
        let mut units: HashMap<String, Vec<&Member>> = HashMap::new();
        for member in self.members() {
            units.entry(word::key(&member.code)).or_default().push(member);
            units.entry(word::key(&member.name)).or_default().push(member);
        }
        units
    }

    fn wrong_line(&self, number: usize, first: &str, why: Misplaced) -> String {
        let (vi, en) = match why {
            Misplaced::Unknown => (
                "khối này không có đơn vị ấy; ô đầu phải là mã hoặc tên đúng như trong bảng",
                "the block has no such unit; the first cell is a code or a name as in the table",
            ),
            Misplaced::Ambiguous => {
                ("nhiều đơn vị trùng tên; hãy dùng mã", "several units have this name; use the code")
            }
            Misplaced::Surplus(fields) => {
                return self.lang.pick(
                    format!("dòng {number} «{first}»: thừa cột; sau đơn vị chỉ có {fields} ô theo thứ tự trong bảng, hãy bỏ cột thừa rồi dán lại"),
                    format!("line {number} “{first}”: a column too many; {fields} cells follow the unit, as in the table; take the other away and paste again"),
                );
            }
            Misplaced::FormValues { field, typed, pasted } => {
                return self.lang.pick(
                    format!("dòng {number} «{first}»: ô «{field}» trong bảng đã gõ «{typed}» mà dòng dán là «{pasted}»; hãy giữ một giá trị rồi lưu lại"),
                    format!("line {number} “{first}”: “{typed}” was typed into the field “{field}” of the table, and “{pasted}” is pasted; keep one of them and save again"),
                );
            }
            Misplaced::Twice => ("đơn vị này đã có ở dòng trên", "this unit stands above already"),
            Misplaced::TooMany => (
                "mỗi lần dán nhiều nhất 5.000 dòng; các dòng từ đây trở đi chưa đọc, hãy dán chúng lần sau",
                "at most 5,000 lines are pasted at a time; those from here on were not read, paste them next",
            ),
            Misplaced::Marked => (
                "đơn vị này đang đánh dấu «không áp dụng»; hãy bỏ dấu trước",
                "this unit is marked as “does not apply”; take the mark away first",
            ),
        };
        self.lang.pick(format!("dòng {number} «{first}»: {vi}"), format!("line {number} “{first}”: {en}"))
    }
}

/// The unit of a code, or of a name that no other unit of the block has.
fn meant<'m>(units: &HashMap<String, Vec<&'m Member>>, text: &str) -> Result<&'m Member, Misplaced> {
    let found = units.get(&word::key(text)).map(Vec::as_slice).unwrap_or_default();
    let by_code = found.iter().find(|member| member.code == text);
    match (by_code, found) {
        (Some(member), _) => Ok(member),
        (None, [member, rest @ ..]) if rest.iter().all(|other| other.id == member.id) => Ok(member),
        (None, []) => Err(Misplaced::Unknown),
        (None, _) => Err(Misplaced::Ambiguous),
    }
}

/// Lines on their way into the fields of a block.
struct Pasting<'p> {
    look: &'p ExternalPointsView,
    fields: Vec<FieldView>,
    units: HashMap<String, Vec<&'p Member>>,
    /// The units that had a line already.
    placed: HashSet<i64>,
}

impl Pasting<'_> {
    /// Puts the cells of a line into the fields of the unit that it names: all of them or none.
    fn place(
        &mut self,
        unit: &str,
        cells: &[&str],
        all: &mut HashMap<i64, FormValues>,
    ) -> Result<(), Misplaced> {
        // A column more than fields is not dropped: it may be the one that was meant.
        if cells.iter().skip(self.fields.len()).any(|cell| !cell.is_empty()) {
            return Err(Misplaced::Surplus(self.fields.len()));
        }
        let member = meant(&self.units, unit)?.id;
        if !self.placed.insert(member) {
            return Err(Misplaced::Twice);
        }
        let own = all.entry(member).or_default();
        if own.contains_key(NOT_APPLICABLE) {
            return Err(Misplaced::Marked);
        }
        let filled = self.fields.iter().zip(cells.iter().copied()).filter(|(_, text)| !text.is_empty());
        for (field, text) in filled.clone() {
            self.agrees(own, field, text)?;
        }
        own.extend(filled.map(|(field, text)| (field.name.clone(), text.to_owned())));
        Ok(())
    }

    /// Whether what is pasted for a field is what was typed there, where something was: of two values none is the right one by itself.
    fn agrees(&self, own: &FormValues, field: &FieldView, pasted: &str) -> Result<(), Misplaced> {
        let typed = own.get(&field.name).map(|typed| typed.trim()).unwrap_or_default();
        let read = |text: &str| self.look.source(0, None).canonical(field, text).ok();
        let same = typed == pasted || read(typed).is_some_and(|typed| read(pasted) == Some(typed));
        if same || !is_touched(own, &field.name) {
            return Ok(());
        }
        let typed = if typed.is_empty() { self.look.lang.pick("(trống)", "(empty)") } else { typed };
        let field = title(field, self.look.lang);
        Err(Misplaced::FormValues { field, typed: typed.to_owned(), pasted: pasted.to_owned() })
    }
}

/// Why a pasted line is placed nowhere.
enum Misplaced {
    Unknown,
    Ambiguous,
    /// Another value was typed into one of its fields.
    FormValues {
        field: String,
        typed: String,
        pasted: String,
    },
    /// More cells than the fields, whose number it is.
    Surplus(usize),
    Twice,
    Marked,
    TooMany,
}

/// Lines that could not be placed.
#[derive(Default)]
pub struct Pasted {
    /// As they were pasted.
    pub lines: Vec<String>,
    /// What is wrong with each.
    pub said: Vec<String>,
}

impl Pasted {
    fn push(&mut self, line: &str, sentence: String) {
        self.lines.push(line.to_owned());
        self.said.push(sentence);
    }
}
