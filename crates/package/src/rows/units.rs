//! `units`: who is assessed, in which block, ranked or not.

use std::collections::HashMap;

use parindex_domain::campaign::{MemberData, Standing};
use parindex_rulebook::finding::{Finding, Place, Text};
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::table::{ColumnSpec, Table};
use parindex_rulebook::word::same;

use super::{MAX_FINDINGS, Rows, column, text_column};
use crate::{Findings, PackageProblem};

/// The columns of the table.
pub const COLUMNS: [ColumnSpec; 6] = [
    text_column(&["unit", "Mã đơn vị"], true),
    text_column(&["name", "Tên đơn vị"], true),
    text_column(&["block", "Khối"], false),
    text_column(&["parent", "Đơn vị cấp trên"], false),
    column(&["standing", "Xếp hạng"], false),
    column(&["reason", "Lý do"], false),
];

/// The same with which sheets were open, where one was.
pub const WITH_OPEN: [ColumnSpec; 7] = {
    let [unit, name, block, parent, standing, reason] = COLUMNS;
    [unit, name, block, parent, standing, reason, column(&["open", "Đang nhập"], false)]
};

/// The words of the column `standing`.
const STANDINGS: [(&str, &str); 3] =
    [("ranked", "xếp hạng"), ("unranked", "không xếp hạng"), ("exempt", "miễn")];

/// Reads the members of each block.
///
/// # Errors
/// All that is wrong, each with its place.
pub fn read(table: &Table, blocks: &[String]) -> Result<Vec<Vec<MemberData>>, Findings> {
    let rows = Rows::new(table, &WITH_OPEN)?;
    let mut members = vec![Vec::new(); blocks.len()];
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut findings = Findings::new();
    for row in &table.rows {
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        let code = rows.cell(row, 0);
        let mut problem = |column, problem| findings.push(rows.error(row, column, problem));
        if code.is_empty() {
            problem(0, PackageProblem::EmptyCell);
        } else if let Some(first) = seen.insert(code, row.number) {
            problem(0, PackageProblem::Twice(table.file.clone(), first));
        }
        let name = rows.cell(row, 1);
        if name.is_empty() {
            problem(1, PackageProblem::EmptyCell);
        }
        let standing = standing(rows.cell(row, 4), rows.cell(row, 5));
        let standing = standing.unwrap_or_else(|bad| {
            problem(4, bad);
            Standing::Ranked
        });
        let open = is_open(rows.cell(row, 6)).unwrap_or_else(|bad| {
            problem(6, bad);
            false
        });
        let parent = Some(rows.cell(row, 3)).filter(|parent| !parent.is_empty()).map(str::to_owned);
        let block = match rows.cell(row, 2) {
            "" if blocks.len() == 1 => Some(0),
            word => blocks.iter().position(|block| block == word),
        };
        let (code, name) = (code.to_owned(), name.to_owned());
        let member = MemberData { code, name, parent, standing, open };
        match block.and_then(|block| members.get_mut(block)) {
            Some(members) => members.push(member),
            None => problem(2, PackageProblem::UnknownBlock(rows.cell(row, 2).to_owned(), blocks.join(", "))),
        }
    }
    for row in &table.rows {
        if findings.len() >= MAX_FINDINGS {
            break;
        }
        let parent = rows.cell(row, 3);
        if !parent.is_empty() && !seen.contains_key(parent) {
            findings.push(rows.error(row, 3, PackageProblem::UnknownUnit(parent.to_owned())));
        }
    }
    if findings.is_empty() { Ok(members) } else { Err(findings) }
}

fn standing(word: &str, reason: &str) -> Result<Standing, PackageProblem> {
    let known = STANDINGS.iter().position(|(file, people)| same(file, word) || same(people, word));
    match known {
        _ if word.is_empty() => Ok(Standing::Ranked),
        Some(0) => Ok(Standing::Ranked),
        Some(1) => Ok(Standing::Unranked(reason.to_owned())),
        Some(_) => Ok(Standing::Exempt(reason.to_owned())),
        None => {
            let choices = STANDINGS.map(|(file, _)| file).join(", ");
            Err(PackageProblem::BadWord(word.to_owned(), choices))
        }
    }
}

/// Whether the unit still filled in its sheet when the package was made.
fn is_open(word: &str) -> Result<bool, PackageProblem> {
    match Kind::YesNo.read(word) {
        _ if word.is_empty() => Ok(false),
        Ok(Value::YesNo(open)) => Ok(open),
        _ => Err(PackageProblem::BadWord(word.to_owned(), "yes, no".to_owned())),
    }
}

/// So many sheets were open.
struct OpenSheets(usize);

/// What there is to say where sheets were open: it decides what a date means that nobody touched.
#[must_use]
pub fn open_sheets(members: &[Vec<MemberData>], file: &str) -> Option<Finding<Text>> {
    let open = members.iter().flatten().filter(|member| member.open).count();
    (open > 0).then(|| Finding::warning(Place::file(file), OpenSheets(open)).spoken())
}

impl Say for OpenSheets {
    fn say(&self, lang: Lang) -> String {
        let Self(open) = self;
        lang.pick(
            format!("{open} đơn vị còn đang nhập phiếu khi gói được lập (cột open): ngày chưa nhập là chưa có, chưa phải «chưa thực hiện»; phiếu đã khép lại thì bỏ chữ ở cột này"),
            format!("{open} units were still filling in their sheets when the package was made (column open): a date that nobody touched is awaited, not “not done”; empty that cell once the sheet is closed"),
        )
    }
}
