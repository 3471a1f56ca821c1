//! `datapackage.json`: the Frictionless description of the package's tables.

use parindex_rulebook::finding::Place;
use parindex_rulebook::set::COLUMNS;
use parindex_rulebook::table::ColumnSpec;
use serde_json::{Value, json};

use crate::manifest::Manifest;
use crate::rows::{calendar, entries, units};
use crate::set::Form;
use crate::source::Source;
use crate::{Findings, PackageProblem, published};

/// The name of the file.
pub const FILE: &str = "datapackage.json";

/// The tables a package may hold beside its criteria sets, with the columns whose values are numbers.
const TABLES: [(&str, &str, &[ColumnSpec]); 6] = [
    ("units", "Đơn vị được đánh giá", &units::COLUMNS),
    ("facts", "Số liệu", &entries::FACTS),
    ("points", "Điểm do người chấm", &entries::POINTS),
    ("external", "Kết quả từ bên ngoài", &entries::EXTERNAL),
    ("calendar", "Ngày nghỉ, ngày làm bù bổ sung", &calendar::COLUMNS),
    ("published", "Số liệu đã công bố", &published::COLUMNS),
];

/// The description of a package with these files.
#[must_use]
pub fn describe(manifest: &Manifest, files: &[String]) -> Value {
    let mut sets: Vec<&String> = manifest.blocks.iter().map(|block| &block.criteria).collect();
    sets.sort_unstable();
    sets.dedup();
    let criteria = sets.into_iter().map(|path| {
        let name = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or("criteria");
        resource(&format!("criteria-{name}"), "Bộ tiêu chí", path, &COLUMNS)
    });
    let present = |name: &str| {
        files.iter().find(|file| **file == format!("{name}.csv") || **file == format!("{name}.xlsx"))
    };
    let tables = TABLES
        .iter()
        .filter_map(|(name, title, columns)| Some(resource(name, title, present(name)?, columns)));
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": manifest.code.to_lowercase(),
        "title": manifest.title,
        "description": manifest.note,
        "profile": "parindex-campaign-1",
        "resources": criteria.chain(tables).collect::<Vec<_>>(),
    })
}

fn resource(name: &str, title: &str, path: &str, columns: &[ColumnSpec]) -> Value {
    let csv = Form::of(path) == Ok(Form::Csv);
    // A needed column must stand in the table; its cells may still be empty.
    let field = |column: &ColumnSpec| json!({ "name": column.title(), "type": "string" });
    let mut resource = json!({
        "name": name.to_lowercase(),
        "title": title,
        "path": path,
        "format": if csv { "csv" } else { "xlsx" },
        "schema": { "fields": columns.iter().map(field).collect::<Vec<_>>(), "fieldsMatch": "subset" },
    });
    if let (true, Some(object)) = (csv, resource.as_object_mut()) {
        object.insert("encoding".to_owned(), json!("utf-8"));
        object.insert("dialect".to_owned(), json!({ "commentChar": "#" }));
    }
    resource
}

/// Whether a description is JSON and names only files that are there.
///
/// # Errors
/// JSON that cannot be read, files that are not there.
pub fn check(source: &Source, bytes: Vec<u8>) -> Result<(), Findings> {
    let text = crate::text::decode(FILE, bytes)?;
    let at = |problem: PackageProblem| problem.at(Place::file(FILE));
    let description: Value =
        serde_json::from_str(&text).map_err(|error| at(PackageProblem::Json(error.to_string())))?;
    let resources = description.get("resources").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut findings = Findings::new();
    for path in resources.iter().filter_map(|resource| resource.get("path")?.as_str()) {
        match source.read(path) {
            Ok(Some(_)) => {}
            Ok(None) => findings.extend(at(PackageProblem::NoResource(path.to_owned()))),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}
