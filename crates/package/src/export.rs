//! A campaign to the files of a package: read again, it is the same campaign, to the last digit.

use parindex_domain::campaign::{Block, Campaign, Entered, Stage, Standing, What};
use parindex_rulebook::set::Method;
use parindex_rulebook::table::{ColumnSpec, Row, Table};

use crate::manifest::{BlockEntry, FORMAT, Manifest, StageEntry};
use crate::rows::entries::{FACTS, POINTS};
use crate::rows::units::COLUMNS;
use crate::{Findings, csv, set, skeleton};

/// The files: settings, units, the criteria set of each block, figures and points of all stages, and their description.
///
/// # Errors
/// A criteria set that no table can hold.
pub fn files(campaign: &Campaign) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let mut files = vec![("units.csv".to_owned(), written("units.csv", &COLUMNS, units(campaign))?)];
    for block in &campaign.blocks {
        let path = criteria(block);
        let bytes = set::write(&path, &block.set.set)?;
        files.push((path, bytes));
    }
    let (facts, points) = entered(campaign);
    files.push(("facts.csv".to_owned(), written("facts.csv", &FACTS, facts)?));
    files.push(("points.csv".to_owned(), written("points.csv", &POINTS, points)?));
    skeleton::finish(&manifest(campaign), files)
}

type Cells = Vec<String>;

fn written(file: &str, columns: &[ColumnSpec], rows: Vec<Cells>) -> Result<Vec<u8>, Findings> {
    let header = columns.iter().filter_map(|column| column.titles.first()).map(|name| (*name).to_owned());
    let row = |(at, cells): (usize, Cells)| Row { number: u32::try_from(at + 2).unwrap_or(u32::MAX), cells };
    let rows = rows.into_iter().enumerate().map(row).collect();
    let table = Table { file: file.to_owned(), sheet: String::new(), header: header.collect(), rows };
    csv::write(&table, &[])
}

/// The path of a block’s set: its code may hold anything, its place not.
fn criteria(block: &Block) -> String {
    let plain = |each: char| if each.is_ascii_alphanumeric() { each } else { '-' };
    format!("criteria/{}.csv", block.code.chars().map(plain).collect::<String>())
}

fn manifest(campaign: &Campaign) -> Manifest {
    let about = &campaign.about;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let words = |counts: &Vec<Method>| counts.iter().map(|method| method.word().to_owned()).collect();
    let stage = |stage: &Stage| StageEntry {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.as_ref().map(words).unwrap_or_default(),
    };
    let block = |block: &Block| BlockEntry {
        code: block.code.clone(),
        name: block.name.clone(),
        criteria: criteria(block),
        version: block.set.set.about.version.clone(),
        moves: Vec::new(),
    };
    Manifest {
        format: FORMAT,
        code: about.code.clone(),
        title: about.title.clone(),
        year: about.year,
        from: day(about.from),
        to: day(about.to),
        legal_basis: about.legal_basis.clone(),
        note: about.note.clone(),
        stages: campaign.stages.iter().map(stage).collect(),
        blocks: campaign.blocks.iter().map(block).collect(),
    }
}

fn units(campaign: &Campaign) -> Vec<Cells> {
    let of_block = |block: &Block| {
        let unit = |member: &parindex_domain::campaign::Member| {
            let (standing, reason) = match &member.standing {
                Standing::Ranked => ("ranked", ""),
                Standing::Unranked(reason) => ("unranked", reason.as_str()),
                Standing::Exempt(reason) => ("exempt", reason.as_str()),
            };
            let parent = member.parent.clone().unwrap_or_default();
            let (code, name) = (member.code.clone(), member.name.clone());
            vec![code, name, block.code.clone(), parent, standing.to_owned(), reason.to_owned()]
        };
        block.members.iter().map(unit).collect::<Vec<_>>()
    };
    campaign.blocks.iter().flat_map(of_block).collect()
}

/// Figures, then points and what does not apply.
fn entered(campaign: &Campaign) -> (Vec<Cells>, Vec<Cells>) {
    let (mut facts, mut points) = (Vec::new(), Vec::new());
    for block in &campaign.blocks {
        // The same campaign is written the same way, in whatever order it was entered.
        let mut entered: Vec<&Entered> = block.entered.iter().collect();
        entered.sort_by_key(|each| (each.stage, each.member, place(&each.what)));
        for each in entered {
            match row(campaign, block, each) {
                Some((true, cells)) => facts.push(cells),
                Some((false, cells)) => points.push(cells),
                None => {}
            }
        }
    }
    (facts, points)
}

fn place(what: &What) -> usize {
    match what {
        What::Value(slot, _) => slot.index(),
        What::Points(node, _) | What::NotApplicable(node) => *node,
    }
}

/// The row of an entry, and whether it is a figure.
fn row(campaign: &Campaign, block: &Block, each: &Entered) -> Option<(bool, Cells)> {
    let member = block.members.get(each.member)?;
    let code = |node: usize| Some(block.set.set.criteria.get(node)?.code.clone());
    let (figure, criterion, input, text) = match &each.what {
        What::Value(slot, value) => {
            let input = block.set.inputs.get(slot.index())?;
            let owner = code(*block.set.owners.get(slot.index())?)?;
            (true, owner, input.name.clone(), input.kind.write(value))
        }
        What::Points(node, points) => (false, code(*node)?, String::new(), points.to_string()),
        What::NotApplicable(node) => (false, code(*node)?, String::new(), "không áp dụng".to_owned()),
    };
    let stage = campaign.stages.get(each.stage)?.code.clone();
    let kept = !text.is_empty();
    kept.then(|| (figure, vec![member.code.clone(), criterion, input, text, stage, each.source.clone()]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::load::{load, load_from};
    use crate::source::Source;

    /// Every example, written and read again, has the same results at every stage.
    #[test]
    fn a_campaign_that_goes_out_comes_back_to_the_last_digit() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut seen = 0;
        for folder in std::fs::read_dir(examples).unwrap() {
            let folder = folder.unwrap().path();
            let before = load(&folder).unwrap().campaign;
            let zip = crate::archive::zip(&files(&before).unwrap()).unwrap();
            let after = load_from(&Source::zip("campaign.zip", &zip).unwrap()).unwrap().campaign;
            for stage in 0..before.stages.len() {
                let (before, after) = (before.score(stage).unwrap(), after.score(stage).unwrap());
                assert_eq!(before.result(), after.result(), "{} at {stage}", folder.display());
            }
            seen += 1;
        }
        assert_eq!(seen, 8);
    }
}
