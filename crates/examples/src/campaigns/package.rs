//! The package of a campaign: its manifest, and the files that its blocks come to.

use parindex_package::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use parindex_package::rows::{entries, units};
use parindex_package::{Findings, csv, skeleton};
use parindex_rulebook::set::{Method, write};

use super::{BlockSpec, Files, NOTE};
use crate::facts::{Rows, Stages, Writer};
use crate::seeded::Seeded;

fn stage(code: &str, name: &str, counts: &[Method]) -> StageEntry {
    let counts = counts.iter().map(|method| method.word().to_owned()).collect();
    StageEntry { code: code.to_owned(), name: name.to_owned(), counts }
}

fn stages(rounds: usize) -> Vec<StageEntry> {
    let own = [Method::SelfAssessed];
    let mut stages = vec![stage("self", "Tự đánh giá", &own)];
    stages.extend(
        (1..=rounds)
            .map(|round| stage(&format!("appraisal-{round}"), &format!("Thẩm định lần {round}"), &own)),
    );
    stages.push(stage("final", "Kết quả", &[]));
    stages
}

pub(super) fn package(manifest: &Manifest, blocks: &[BlockSpec], seed: u64) -> Result<Files, Findings> {
    let mut seeded = Seeded::new(seed);
    let rounds: Vec<&str> = manifest
        .stages
        .iter()
        .map(|stage| stage.code.as_str())
        .filter(|code| code.starts_with("appraisal"))
        .collect();
    let stages = Stages { own: "self", rounds: &rounds, outside: "final" };
    let (mut unit_rows, mut facts, mut points, mut external) =
        (Rows::default(), Rows::default(), Rows::default(), Rows::default());
    let mut files: Files = Vec::new();
    for block in blocks {
        let mut writer = Writer::new(&block.set, &block.kinds, manifest.year, stages);
        for unit in &block.units {
            let quality = seeded.between(62, 97);
            let cells = [&unit.code, &unit.name, block.code, "", unit.standing, unit.reason];
            unit_rows.0.push(cells.map(str::to_owned).to_vec());
            if unit.standing != "exempt" {
                writer.unit(&unit.code, quality, unit.skip, &mut seeded);
            }
        }
        facts.0.extend(writer.facts.0);
        points.0.extend(writer.points.0.into_iter().map(|mut row| {
            row.insert(2, String::new());
            row
        }));
        external.0.extend(writer.external.0);
        files.push((format!("criteria/{}.csv", block.code), csv::write(&write(&block.set), &[NOTE])?));
    }
    files.push(("units.csv".to_owned(), csv::write(&unit_rows.table(&units::COLUMNS), &[NOTE])?));
    files.push(("facts.csv".to_owned(), csv::write(&facts.table(&entries::FACTS), &[NOTE])?));
    if !points.0.is_empty() {
        files.push(("points.csv".to_owned(), csv::write(&points.table(&entries::POINTS), &[NOTE])?));
    }
    files.push(("external.csv".to_owned(), csv::write(&external.table(&entries::EXTERNAL), &[NOTE])?));
    skeleton::finish(manifest, files)
}

pub(super) fn manifest(
    code: &str,
    title: &str,
    year: i16,
    basis: &str,
    rounds: usize,
    blocks: &[BlockSpec],
) -> Manifest {
    let block = |block: &BlockSpec| BlockEntry {
        code: block.code.to_owned(),
        name: block.name.to_owned(),
        criteria: format!("criteria/{}.csv", block.code),
        version: year.to_string(),
        moves: Vec::new(),
    };
    Manifest {
        format: FORMAT,
        code: code.to_owned(),
        title: title.to_owned(),
        year,
        from: format!("{year}-01-01"),
        to: format!("{year}-12-31"),
        legal_basis: basis.to_owned(),
        note: NOTE.to_owned(),
        stages: stages(rounds),
        blocks: blocks.iter().map(block).collect(),
    }
}
