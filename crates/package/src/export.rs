//! A campaign to the files of a package: read again, it is the same campaign, to the last digit.

use parindex_domain::campaign::{BlockData, CampaignData, Entered, StageData, Standing, What};
use parindex_rulebook::set::Method;
use parindex_rulebook::table::{ColumnSpec, MAX_CELL, Row, Table};

use crate::beside::PackageExtras;
use crate::manifest::{BlockEntry, FORMAT, Manifest, MoveEntry, StageEntry, WITH_HISTORY};
use crate::published::{self, Published};
use crate::rows::calendar::{self, Day};
use crate::rows::entries::{FACTS, POINTS};
use crate::rows::units::{COLUMNS, WITH_OPEN};
use crate::{Findings, csv, history, set, skeleton, text};

/// The files: settings, units, the criteria set of each block, figures and points of all stages, what is kept beside them, and the
/// description of it all.
///
/// # Errors
/// A criteria set that no table can hold.
pub fn files(campaign: &CampaignData, beside: &PackageExtras) -> Result<Vec<(String, Vec<u8>)>, Findings> {
    let mut files = vec![written("units", unit_columns(campaign), units(campaign))?];
    for block in &campaign.blocks {
        let path = criteria(block);
        let bytes = set::write(&path, &block.set.set)?;
        files.push((path, bytes));
    }
    let (facts, points) = entered(campaign);
    files.push(written("facts", &FACTS, facts)?);
    files.push(written("points", &POINTS, points)?);
    if !beside.days.is_empty() {
        let day = |day: &Day| Vec::from([&day.date, &day.kind, &day.name, &day.source].map(String::clone));
        files.push(written("calendar", &calendar::COLUMNS, beside.days.iter().map(day).collect())?);
    }
    if !beside.published.is_empty() {
        let rows = beside.published.iter().map(publication).collect();
        files.push(written("published", &published::COLUMNS, rows)?);
    }
    let history = beside.history.fitting(campaign);
    for kept in history::TABLES.into_iter().filter(|kept| !history.rows(kept).is_empty()) {
        let columns: Vec<ColumnSpec> = kept.fields.iter().map(history::HistoryColumn::spec).collect();
        files.push(written(kept.name, &columns, history.rows(kept).to_vec())?);
    }
    let format = if history.is_empty() { FORMAT } else { WITH_HISTORY };
    skeleton::finish(&manifest(campaign, &beside.moves, format), files)
}

fn publication(of: &Published) -> Cells {
    vec![of.unit.clone(), of.item.word().to_owned(), of.value.clone(), of.source.clone()]
}

type Cells = Vec<String>;

/// A table as its file. What came in before texts were cleaned as they are now must not make a package that nobody can read.
fn written(name: &str, columns: &[ColumnSpec], rows: Vec<Cells>) -> Result<(String, Vec<u8>), Findings> {
    let file = format!("{name}.csv");
    let header = columns.iter().map(|column| column.title().to_owned()).collect();
    let tidy = |cells: &[String]| cells.iter().map(|cell| readable(cell)).collect();
    let row = |(at, cells): (usize, Cells)| Row {
        number: u32::try_from(at + 2).unwrap_or(u32::MAX),
        cells: tidy(&cells),
    };
    let rows = rows.into_iter().enumerate().map(row).collect();
    let bytes = csv::write(&Table { file: file.clone(), header, rows, ..Table::default() }, &[])?;
    Ok((file, bytes))
}

/// A text as readers take it.
fn readable(text: &str) -> String {
    let fine = |each: &char| matches!(each, '\n' | '\t') || !each.is_control();
    text::clean(text).chars().filter(fine).take(MAX_CELL).collect::<String>().trim().to_owned()
}

/// The path of a block’s set: its code may hold anything, its place not.
fn criteria(block: &BlockData) -> String {
    let plain = |each: char| if each.is_ascii_alphanumeric() { each } else { '-' };
    format!("criteria/{}.csv", block.code.chars().map(plain).collect::<String>())
}

fn manifest(campaign: &CampaignData, moves: &[Vec<MoveEntry>], format: i64) -> Manifest {
    let about = &campaign.about;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let words = |counts: &Vec<Method>| counts.iter().map(|method| method.word().to_owned()).collect();
    let stage = |stage: &StageData| StageEntry {
        code: stage.code.clone(),
        name: readable(&stage.name),
        counts: stage.counts.as_ref().map(words).unwrap_or_default(),
    };
    let block = |(at, block): (usize, &BlockData)| {
        let moves = moves.get(at).cloned().unwrap_or_default();
        let version = moves.first().map_or(&block.set.set.about.version, |first| &first.from).clone();
        let name = readable(&block.name);
        BlockEntry { code: block.code.clone(), name, criteria: criteria(block), version, moves }
    };
    Manifest {
        format,
        code: about.code.clone(),
        title: readable(&about.title),
        year: about.year,
        from: day(about.from),
        to: day(about.to),
        legal_basis: readable(&about.legal_basis),
        note: readable(&about.note),
        stages: campaign.stages.iter().map(stage).collect(),
        blocks: campaign.blocks.iter().enumerate().map(block).collect(),
    }
}

/// The columns of the table of units: which sheets are open is written where one is.
fn unit_columns(campaign: &CampaignData) -> &'static [ColumnSpec] {
    let mut members = campaign.blocks.iter().flat_map(|block| &block.members);
    if members.any(|member| member.open) { &WITH_OPEN } else { &COLUMNS }
}

/// The units; a table without the last column leaves it out.
fn units(campaign: &CampaignData) -> Vec<Cells> {
    let of_block = |block: &BlockData| {
        let unit = |member: &parindex_domain::campaign::MemberData| {
            let (standing, reason) = match &member.standing {
                Standing::Ranked => ("ranked", ""),
                Standing::Unranked(reason) => ("unranked", reason.as_str()),
                Standing::Exempt(reason) => ("exempt", reason.as_str()),
            };
            let parent = member.parent.clone().unwrap_or_default();
            let (code, name) = (member.code.clone(), member.name.clone());
            let open = if member.open { "yes" } else { "" }.to_owned();
            vec![code, name, block.code.clone(), parent, standing.to_owned(), reason.to_owned(), open]
        };
        block.members.iter().map(unit).collect::<Vec<_>>()
    };
    campaign.blocks.iter().flat_map(of_block).collect()
}

/// Figures, then points and what does not apply.
fn entered(campaign: &CampaignData) -> (Vec<Cells>, Vec<Cells>) {
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
fn row(campaign: &CampaignData, block: &BlockData, each: &Entered) -> Option<(bool, Cells)> {
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
    kept.then(|| (figure, vec![member.code.clone(), criterion, input, text, stage, each.source.to_string()]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::load::{load, load_from};
    use crate::source::PackageSource;

    /// Every example, written and read again, has the same results at every stage.
    #[test]
    fn a_campaign_that_goes_out_comes_back_to_the_last_digit() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut seen = 0;
        for folder in std::fs::read_dir(examples).unwrap() {
            let folder = folder.unwrap().path();
            let package = load(&folder).unwrap();
            let zip = crate::archive::zip(&files(&package.campaign, &package.beside).unwrap()).unwrap();
            let given = load_from(&PackageSource::zip("campaign.zip", &zip).unwrap()).unwrap();
            let (before, after) = (package.campaign, given.campaign);
            assert_eq!(
                crate::archive::zip(&files(&after, &given.beside).unwrap()).unwrap(),
                zip,
                "{} goes out another one the second time",
                folder.display()
            );
            for stage in 0..before.stages.len() {
                let (before, after) = (before.score(stage).unwrap(), after.score(stage).unwrap());
                assert_eq!(before.result(), after.result(), "{} at {stage}", folder.display());
            }
            seen += 1;
        }
        assert_eq!(seen, 8);
    }
}
