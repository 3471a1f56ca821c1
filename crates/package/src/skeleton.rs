//! A package to start from: a small criteria set that shows each kind of row, three units, first facts.

use jiff::civil::{Date, Weekday};
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

/// The middle of January, or the Monday after it: a plan is not due on a Sunday.
fn due(year: i16) -> String {
    let day = Date::new(year, 1, 15).map_or(15, |middle| match middle.weekday() {
        Weekday::Saturday => 17,
        Weekday::Sunday => 16,
        _ => 15,
    });
    format!("{day}/01/{year}")
}

/// The files of a new package.
///
/// # Errors
/// Never in practice: a test makes one and reads it.
pub fn files(code: &str, year: i16) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let settings = manifest(code, year);
    let criteria = SET.replace("15/01/2026", &due(year));
    let criteria = set::read("criteria.csv", criteria.into_bytes())?.set;
    let tables = [("units.csv", UNITS), ("facts.csv", FACTS), ("points.csv", POINTS)];
    // The days of the examples lie in the year that is assessed.
    let of_year = |text: &str| text.replace(",2026-", &format!(",{year}-")).into_bytes();
    let mut files: Vec<(String, Vec<u8>)> =
        tables.iter().map(|(name, text)| ((*name).to_owned(), of_year(text))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::zip;
    use crate::load::load_from;
    use crate::source::PackageSource;

    /// Who begins with it has nothing to mend: no error, no advice, whatever the year and its weekends.
    #[test]
    fn a_new_package_draws_no_finding() {
        for year in 2021..=2027 {
            let files = files("moi", year).unwrap();
            let loaded = load_from(&PackageSource::zip("moi.zip", &zip(&files).unwrap()).unwrap());
            let package = loaded.unwrap_or_else(|findings| panic!("{year}: {findings:?}"));
            assert_eq!(package.warnings, [], "{year}");
        }
    }
}
