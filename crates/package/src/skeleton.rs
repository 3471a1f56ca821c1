//! A package to start from: a small criteria set that shows each kind of row, three units, first facts.

use parindex_rulebook::finding::Place;

use crate::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use crate::{Findings, PackageProblem, descriptor, manifest, set};

/// The criteria set that a new package begins with.
const SET: &str = include_str!("../templates/criteria.csv");
const UNITS: &str = include_str!("../templates/units.csv");
const FACTS: &str = include_str!("../templates/facts.csv");
const POINTS: &str = include_str!("../templates/points.csv");

/// The settings of a new package.
#[must_use]
pub fn manifest(code: &str, year: i16) -> Manifest {
    let stage = |code: &str, name: &str, counts: &[&str]| StageEntry {
        code: code.to_owned(),
        name: name.to_owned(),
        counts: counts.iter().map(|word| (*word).to_owned()).collect(),
    };
    Manifest {
        format: FORMAT,
        code: code.to_owned(),
        title: format!("Xác định Chỉ số cải cách hành chính năm {year}"),
        year,
        from: format!("{year}-01-01"),
        to: format!("{year}-12-31"),
        legal_basis: String::new(),
        note: "Gói khởi đầu: hãy thay bộ tiêu chí, đơn vị và số liệu mẫu bằng của cơ quan mình.".to_owned(),
        stages: vec![
            stage("self", "Tự đánh giá", &["tự đánh giá"]),
            stage("appraisal-1", "Thẩm định lần 1", &["tự đánh giá", "thẩm định"]),
            stage("final", "Kết quả", &[]),
        ],
        blocks: vec![BlockEntry {
            code: "so".to_owned(),
            name: "Sở, ban, ngành".to_owned(),
            criteria: "criteria/so.xlsx".to_owned(),
            version: "1".to_owned(),
            moves: Vec::new(),
        }],
    }
}

/// The files of a new package.
///
/// # Errors
/// Never in practice: a test makes one and reads it.
pub fn files(code: &str, year: i16) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let settings = manifest(code, year);
    let criteria = set::read("criteria.csv", SET.as_bytes().to_vec())?.set;
    let tables = [("units.csv", UNITS), ("facts.csv", FACTS), ("points.csv", POINTS)];
    let mut files: Vec<(String, Vec<u8>)> =
        tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    files.push(("criteria/so.xlsx".to_owned(), set::write("so.xlsx", &criteria)?));
    finish(&settings, files)
}

/// Adds the settings and the description to the tables of a package.
///
/// # Errors
/// Never in practice.
pub fn finish(
    settings: &Manifest,
    mut files: Vec<(String, Vec<u8>)>,
) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let failed = |why: String| PackageProblem::Json(why).at(Place::file(descriptor::FILE));
    let description = serde_json::to_string_pretty(&descriptor::describe(settings, &files))
        .map_err(|error| failed(error.to_string()))?;
    files.push((manifest::FILE.to_owned(), settings.write()?));
    files.push((descriptor::FILE.to_owned(), format!("{description}\n").into_bytes()));
    Ok(files)
}
