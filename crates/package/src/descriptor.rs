//! `datapackage.json`: the Frictionless description of the package's tables.

use parindex_rulebook::finding::Place;
use parindex_rulebook::set::COLUMNS;
use parindex_rulebook::table::ColumnSpec;
use serde_json::{Value, json};

use crate::manifest::{Manifest, WITH_HISTORY};
use crate::rows::{calendar, entries, units};
use crate::set::Form;
use crate::source::PackageSource;
use crate::{Findings, PackageProblem, csv, history, published, xlsx};

/// The name of the file.
pub const FILE: &str = "datapackage.json";

/// The tables a package may hold beside its criteria sets and its history.
const TABLES: [(&str, &str, &[ColumnSpec]); 6] = [
    ("units", "Đơn vị được đánh giá", &units::COLUMNS),
    ("facts", "Số liệu", &entries::FACTS),
    ("points", "Điểm do người chấm", &entries::POINTS),
    ("external", "Kết quả từ bên ngoài", &entries::EXTERNAL),
    ("calendar", "Ngày nghỉ, ngày làm bù bổ sung", &calendar::COLUMNS),
    ("published", "Số liệu đã công bố", &published::COLUMNS),
];

/// What a package holds of a campaign, and what it does not: whoever takes it in or gives it away must know both.
pub const HOLDS: &str = "Gói gồm: tên, căn cứ, các bước, các khối với bộ tiêu chí và các lần chuyển phiên bản, đơn vị, số liệu và điểm của mọi bước, \
lịch riêng, số liệu đã công bố, ghi chú, giải trình và hỏi thêm, kết luận thẩm định, danh sách tài liệu kiểm chứng, nội dung và phiếu biểu quyết của Hội đồng. \
Gói không gồm: tài khoản và vai trò, phiên đăng nhập, nhật ký hệ thống, lịch sử sửa từng ô, trạng thái nộp và trả phiếu, thời gian mở các bước, gia hạn, \
phần phiếu giao cơ quan khác, kiểm tra thực tế; tệp tài liệu chỉ có khi được yêu cầu.";

/// A file of a package: its path and its bytes.
pub type File = (String, Vec<u8>);

/// The description of a package with these files.
#[must_use]
pub fn describe(manifest: &Manifest, files: &[File]) -> Value {
    let mut sets: Vec<&String> = manifest.blocks.iter().map(|block| &block.criteria).collect();
    sets.sort_unstable();
    sets.dedup();
    let criteria = sets.into_iter().filter_map(|path| {
        let name = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or("criteria");
        let file = files.iter().find(|(file, _)| file == path)?;
        Some(resource((&format!("criteria-{name}"), "Bộ tiêu chí"), file, &COLUMNS))
    });
    let present = |name: &str| {
        files.iter().find(|(file, _)| *file == format!("{name}.csv") || *file == format!("{name}.xlsx"))
    };
    let tables = TABLES
        .iter()
        .filter_map(|(name, title, columns)| Some(resource((name, title), present(name)?, columns)));
    let history =
        history::TABLES.into_iter().filter(|_| manifest.format >= WITH_HISTORY).filter_map(|kept| {
            let columns: Vec<ColumnSpec> = kept.fields.iter().map(history::HistoryColumn::spec).collect();
            Some(resource((kept.name, kept.title.0), present(kept.name)?, &columns))
        });
    let description =
        if manifest.note.is_empty() { HOLDS.to_owned() } else { format!("{}\n\n{HOLDS}", manifest.note) };
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": plain(&manifest.code),
        "title": manifest.title,
        "description": description,
        "parindex": { "format": manifest.format },
        "resources": criteria.chain(tables).chain(history).collect::<Vec<_>>(),
    })
}

/// A name as the convention asks for it: small letters without accents, digits, `.`, `-`, `_`.
fn plain(name: &str) -> String {
    let folded = parindex_domain::search::fold(name);
    let sign =
        |each: char| if each.is_ascii_alphanumeric() || matches!(each, '.' | '-' | '_') { each } else { '-' };
    folded.to_lowercase().chars().map(sign).collect()
}

/// A file with its fields: those that its header has, or else those that it should have.
fn resource((name, title): (&str, &str), (path, bytes): &File, columns: &[ColumnSpec]) -> Value {
    let csv = Form::of(path) == Ok(Form::Csv);
    let (sheet, header) = if csv { (String::new(), csv::header(bytes)) } else { first_sheet(path, bytes) };
    let header = header.filter(|header| header.iter().any(|title| !title.trim().is_empty()));
    let header = header.unwrap_or_else(|| columns.iter().map(|column| column.title().to_owned()).collect());
    // A cell of a workbook is a number or a text as somebody typed it; in a file of text all of them are texts.
    let kind = if csv { "string" } else { "any" };
    let field = |title: &String| json!({ "name": title, "type": kind });
    let mut resource = json!({
        "name": plain(name),
        "title": title,
        "path": path,
        "format": if csv { "csv" } else { "xlsx" },
        "schema": { "fields": header.iter().map(field).collect::<Vec<_>>() },
    });
    if let Some(object) = resource.as_object_mut() {
        if csv {
            object.insert("encoding".to_owned(), json!("utf-8"));
            object.insert("dialect".to_owned(), json!({ "commentChar": "#" }));
        } else if !sheet.is_empty() {
            // The first is the name in the standard, the second the one that frictionless reads.
            object.insert("dialect".to_owned(), json!({ "sheetName": sheet, "excel": { "sheet": sheet } }));
        }
    }
    resource
}

/// The sheet of a workbook that holds its table, with the header.
fn first_sheet(path: &str, bytes: &[u8]) -> (String, Option<Vec<String>>) {
    let mut sheets = xlsx::read(path, bytes).unwrap_or_default();
    let at = sheets.iter().position(|table| table.sheet == xlsx::SET_SHEET).unwrap_or(0);
    if sheets.len() <= at {
        return (String::new(), None);
    }
    let table = sheets.swap_remove(at);
    (table.sheet, Some(table.header))
}

/// Whether a description is JSON and names only files that are there.
///
/// # Errors
/// JSON that cannot be read, files that are not there.
pub fn check(source: &PackageSource, bytes: Vec<u8>) -> Result<(), Findings> {
    let (text, _) = crate::text::decode(FILE, bytes)?;
    let at = |problem: PackageProblem| problem.at(Place::file(FILE));
    let description: Value =
        serde_json::from_str(&text).map_err(|error| at(PackageProblem::Json(error.to_string())))?;
    let resources = description.get("resources").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut findings = Findings::new();
    for path in resources.iter().filter_map(|resource| resource.get("path")?.as_str()) {
        match source.has(path) {
            Ok(true) => {}
            Ok(false) => findings.extend(at(PackageProblem::NoResource(path.to_owned()))),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skeleton;

    fn resource_of<'d>(description: &'d Value, path: &str) -> &'d Value {
        let mut resources = description["resources"].as_array().unwrap().iter();
        resources
            .find(|resource| resource["path"] == path)
            .unwrap_or_else(|| panic!("{path}: {description:#}"))
    }

    fn fields(resource: &Value) -> Vec<(&str, &str)> {
        let fields = resource["schema"]["fields"].as_array().unwrap().iter();
        fields.map(|field| (field["name"].as_str().unwrap(), field["type"].as_str().unwrap())).collect()
    }

    /// What is described is what stands there: the columns of each file in their order, whatever language they are in.
    #[test]
    fn every_table_is_described_by_the_columns_that_it_has() {
        let mut files = skeleton::files("Mẫu 2026", 2026).unwrap();
        files.retain(|(path, _)| path != FILE);
        let units = "# nhận xét\nTên đơn vị,Mã đơn vị\nSở A,A\n".as_bytes().to_vec();
        files.iter_mut().find(|(path, _)| path == "units.csv").unwrap().1 = units;
        files.push(("votes.csv".to_owned(), b"motion,name,vote,at\n".to_vec()));
        let mut manifest = skeleton::manifest("Mẫu 2026", 2026);
        let first = describe(&manifest, &files);
        assert_eq!(first["name"], "mau-2026");
        assert!(first.get("profile").is_none(), "a profile that is no address is taken for a file");
        assert_eq!(
            fields(resource_of(&first, "units.csv")),
            [("Tên đơn vị", "string"), ("Mã đơn vị", "string")]
        );
        let set = resource_of(&first, "criteria/so.xlsx");
        assert_eq!(set["dialect"]["excel"]["sheet"], xlsx::SET_SHEET);
        assert_eq!(fields(set).len(), COLUMNS.len());
        assert!(fields(set).iter().all(|(_, kind)| *kind == "any"), "the maximum is a number there");
        assert!(first["resources"].as_array().unwrap().iter().all(|each| each["path"] != "votes.csv"));
        manifest.format = WITH_HISTORY;
        let second = describe(&manifest, &files);
        assert_eq!(fields(resource_of(&second, "votes.csv")).len(), 4);
    }
}
