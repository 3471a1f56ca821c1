//! Lines pasted from a spreadsheet: a unit, then one cell for each field.

use std::collections::{HashMap, HashSet};

use parindex_rulebook::word;
use parindex_store::campaign::Member;

use super::look::Look;
use crate::sheet::field::{NOT_APPLICABLE, Typed};

/// Lines that are pasted at a time.
const MOST_PASTED: usize = 5_000;

impl Look {
    /// Pasted lines fill the fields of the units that they name; what they leave empty stays. The lines that could not be placed come
    /// back, each with what is wrong.
    pub fn paste(&self, pasted: &str, all: &mut HashMap<i64, Typed>) -> Pasted {
        let names: Vec<String> = self.fields(0, None).all.iter().map(|field| field.name.clone()).collect();
        let units = self.units();
        let (mut left, mut placed) = (Pasted::default(), HashSet::new());
        for (number, line) in (1..).zip(pasted.lines()) {
            if number > MOST_PASTED {
                // The first of those that are too many speaks for all of them.
                left.lines.push(line.to_owned());
                if number == MOST_PASTED + 1 {
                    let first = line.split('\t').next().unwrap_or_default();
                    left.said.push(self.wrong_line(number, first, Misplaced::TooMany));
                }
                continue;
            }
            let mut cells = line.split('\t').map(str::trim);
            let first = cells.next().unwrap_or_default();
            if first.is_empty() {
                continue;
            }
            // A column more than fields is not dropped: it may be the one that was meant.
            if cells.clone().skip(names.len()).any(|cell| !cell.is_empty()) {
                left.push(line, self.wrong_line(number, first, Misplaced::Surplus(names.len())));
                continue;
            }
            let own = match meant(&units, first) {
                Ok(member) if placed.insert(member.id) => all.entry(member.id).or_default(),
                Ok(_twice) => {
                    left.push(line, self.wrong_line(number, first, Misplaced::Twice));
                    continue;
                }
                Err(why) => {
                    left.push(line, self.wrong_line(number, first, why));
                    continue;
                }
            };
            if own.contains_key(NOT_APPLICABLE) {
                left.push(line, self.wrong_line(number, first, Misplaced::Marked));
                continue;
            }
            for (name, text) in names.iter().zip(cells).filter(|(_, text)| !text.is_empty()) {
                own.insert(name.clone(), text.to_owned());
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

/// Why a pasted line is placed nowhere.
#[derive(Clone, Copy)]
enum Misplaced {
    Unknown,
    Ambiguous,
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
