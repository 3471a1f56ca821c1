//! The national campaign as a package: one stage, so that another program reads and scores the same files.

use std::path::Path;

use parindex_examples::{Seeded, Stages, Writer};
use parindex_package::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use parindex_package::rows::entries;
use parindex_package::{Findings, csv, skeleton, whole};
use parindex_rulebook::set::{self, CriteriaSet};

use crate::national::{UNITS, YEAR, criteria};

const NOTE: &str = "SỐ LIỆU MINH HỌA: đơn vị, số liệu và điểm do bộ sinh có hạt giống tạo ra để đo tốc độ, không phải của cơ quan nào.";
const SET: &str = "criteria/set.csv";
const BLOCK: &str = "ca-nuoc";
/// The only stage: figures, points and what comes from elsewhere stand at it.
const STAGE: &str = "final";
/// In every so many units one had no cases at all: its denominators are zero, and criteria leave its maximum.
const WITHOUT_CASES: usize = 50;

/// Writes the package into a folder that is not there yet; `rounded` is `each` criterion, or only at the `end`.
pub fn write(rounded: &str, folder: &Path) -> Result<(), String> {
    let end = match rounded {
        "each" => false,
        "end" => true,
        other => return Err(format!("rounded “each” or at the “end”, not “{other}”")),
    };
    let written = files(end).and_then(|files| whole::write_folder(folder, &files));
    written.map_err(|findings| format!("{findings:?}"))
}

fn files(end: bool) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let (mut criteria, kinds) = criteria(end);
    about(&mut criteria);
    let writer = entered(&criteria, &kinds);
    let mut given = writer.points;
    for row in &mut given.0 {
        // Points are of the criterion, and name no input.
        row.insert(2, String::new());
    }
    let files = vec![
        (SET.to_owned(), csv::write(&set::write(&criteria), &[NOTE])?),
        ("units.csv".to_owned(), units().into_bytes()),
        ("facts.csv".to_owned(), csv::write(&writer.facts.table(&entries::FACTS), &[NOTE])?),
        ("points.csv".to_owned(), csv::write(&given.table(&entries::POINTS), &[NOTE])?),
        ("external.csv".to_owned(), csv::write(&writer.external.table(&entries::EXTERNAL), &[NOTE])?),
    ];
    skeleton::finish(&manifest(), files)
}

fn about(criteria: &mut CriteriaSet) {
    "CA-NUOC".clone_into(&mut criteria.about.code);
    "Chỉ số cải cách hành chính cả nước (minh họa)".clone_into(&mut criteria.about.title);
    criteria.about.version = YEAR.to_string();
    NOTE.clone_into(&mut criteria.about.note);
}

fn code(at: usize) -> String {
    format!("{:05}", at + 1)
}

fn units() -> String {
    let unit = |at: usize| format!("{},Đơn vị {},{BLOCK},,ranked,\n", code(at), at + 1);
    let rows: String = (0..UNITS).map(unit).collect();
    format!("# {NOTE}\nunit,name,block,parent,standing,reason\n{rows}")
}

/// What all units entered, and what an appraiser changed now and then.
fn entered<'s>(criteria: &'s CriteriaSet, kinds: &'s [String]) -> Writer<'s> {
    let stages = Stages { own: STAGE, rounds: &[STAGE], outside: STAGE };
    let mut writer = Writer::new(criteria, kinds, YEAR, stages);
    let mut seeded = Seeded::new(7);
    for at in 0..UNITS {
        let quality = seeded.between(55, 98);
        let (facts, external) = (writer.facts.0.len(), writer.external.0.len());
        writer.unit(&code(at), quality, None, &mut seeded);
        if at % WITHOUT_CASES == 0 {
            let own = writer.facts.0.iter_mut().skip(facts);
            for row in own.chain(writer.external.0.iter_mut().skip(external)) {
                without_cases(row);
            }
        }
    }
    writer
}

/// Every count becomes zero; days, choices and percentages stay.
fn without_cases(row: &mut [String]) {
    if let [_, _, input, value, ..] = row
        && matches!(input.as_str(), "a" | "b" | "c" | "d" | "A" | "B" | "C" | "D")
    {
        "0".clone_into(value);
    }
}

fn manifest() -> Manifest {
    Manifest {
        format: FORMAT,
        code: BLOCK.to_owned(),
        title: "Chỉ số cải cách hành chính cả nước (minh họa)".to_owned(),
        year: YEAR,
        from: format!("{YEAR}-01-01"),
        to: format!("{YEAR}-12-31"),
        legal_basis: String::new(),
        note: NOTE.to_owned(),
        stages: vec![StageEntry {
            code: STAGE.to_owned(), name: "Kết quả".to_owned(), counts: Vec::new()
        }],
        blocks: vec![BlockEntry {
            code: BLOCK.to_owned(),
            name: "Cả nước".to_owned(),
            criteria: SET.to_owned(),
            version: YEAR.to_string(),
            moves: Vec::new(),
        }],
    }
}
