//! A campaign out of a package: the same units, stages and entries, to the last digit.

use std::collections::HashMap;
use std::sync::Arc;

use parindex_domain::campaign::{BlockData, CampaignData, Entered, What};
use parindex_domain::moment::local;
use parindex_domain::procedure::EntryKind;
use parindex_package::history::NOTES;
use parindex_package::load::Package;
use parindex_rulebook::set::CriteriaSet;
use parindex_store::campaign::{AddCampaign, NewBlock, NewEntry, NewMember, NewStage};
use parindex_store::criteria_set::TakeSettled;
use parindex_store::sheet::NOTE;
use parindex_store::{Actor, Refusal, Store};

/// A package, where the criteria set of each block stands in the library.
struct WithSets<'p> {
    package: &'p Package,
    /// Set and number of its version, block by block.
    versions: Vec<(i64, i64)>,
    /// The units of the list, by their codes.
    units: HashMap<String, i64>,
}

/// What is to be written down.
fn from_package(of: &WithSets<'_>) -> AddCampaign {
    let campaign = &of.package.campaign;
    let about = &campaign.about;
    let stage = |stage: &parindex_domain::campaign::StageData| NewStage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        counts: stage.counts.clone(),
    };
    AddCampaign {
        code: about.code.clone(),
        title: about.title.clone(),
        legal_basis: about.legal_basis.clone(),
        year: about.year,
        days: (about.from, about.to),
        note: about.note.clone(),
        stages: campaign.stages.iter().map(stage).collect(),
        blocks: campaign.blocks.iter().zip(&of.versions).map(|(each, at)| block(each, *at, of)).collect(),
        beside: of.package.beside.clone(),
    }
}

fn block(block: &BlockData, version: (i64, i64), of: &WithSets<'_>) -> NewBlock {
    let mut entries: HashMap<usize, Vec<NewEntry>> = HashMap::new();
    for each in &block.entered {
        entries.entry(each.member).or_default().extend(entry(block, each));
    }
    let mut notes = notes(of.package);
    let members = block.members.iter().enumerate().map(|(seat, member)| NewMember {
        unit: of.units.get(&member.code).copied(),
        code: member.code.clone(),
        name: member.name.clone(),
        parent: member.parent.clone(),
        standing: member.standing.clone(),
        entries: entries
            .remove(&seat)
            .into_iter()
            .chain(notes.remove(member.code.as_str()))
            .flatten()
            .collect(),
    });
    NewBlock { code: block.code.clone(), name: block.name.clone(), version, members: members.collect() }
}

/// Notes stand on the sheets, as figures do: by the codes of the units.
fn notes(package: &Package) -> HashMap<&str, Vec<NewEntry>> {
    let mut notes: HashMap<&str, Vec<NewEntry>> = HashMap::new();
    for cells in package.beside.history.rows(&NOTES) {
        let cell = |column: &str| NOTES.cell(cells, column);
        let Some(stage) = package.campaign.stage(cell("stage")) else { continue };
        notes.entry(cell("unit")).or_default().push(NewEntry {
            stage,
            criterion: cell("criterion").to_owned(),
            input: NOTE.to_owned(),
            kind: EntryKind::Note,
            text: cell("note").to_owned(),
            source: String::new(),
        });
    }
    notes
}

fn entry(block: &BlockData, of: &Entered) -> Option<NewEntry> {
    let code = |node: usize| Some(block.set.set.criteria.get(node)?.code.clone());
    let (criterion, input, kind, text) = match &of.what {
        What::Value(slot, value) => {
            let input = block.set.inputs.get(slot.index())?;
            let owner = *block.set.owners.get(slot.index())?;
            (code(owner)?, input.name.clone(), EntryKind::Value, input.kind.write(value))
        }
        What::Points(node, points) => (code(*node)?, String::new(), EntryKind::Points, points.to_string()),
        What::NotApplicable(node) => (code(*node)?, String::new(), EntryKind::NotApplicable, "x".to_owned()),
    };
    Some(NewEntry { stage: of.stage, criterion, input, kind, text, source: of.source.to_string() })
}

/// What the set of a block is called in the library. Where the package gives it no code or title, the campaign and the first block that has
/// this set lend theirs: two sets without are not versions of each other.
fn called(campaign: &CampaignData, block: &BlockData) -> (String, String) {
    let (about, of) = (&block.set.set.about, &campaign.about);
    let first = campaign.blocks.iter().find(|other| Arc::ptr_eq(&other.set, &block.set)).unwrap_or(block);
    let or = |stated: &str, lent: String| if stated.trim().is_empty() { lent } else { stated.to_owned() };
    let code = or(&about.code, format!("{}-{}", of.code, first.code));
    (code, or(&about.title, format!("Bộ tiêu chí của khối {}, {}", first.name, of.title)))
}

/// Where a criteria set stands in the library: settled as it is, or taken in and settled now.
///
/// # Errors
/// [`Refusal`]; what was taken in before stays.
async fn in_library(
    store: &Store,
    (actor, now): (&Actor, i64),
    set: &CriteriaSet,
    (code, title): (String, String),
) -> Result<(i64, i64), Refusal> {
    let text = parindex_package::set::write("criteria.csv", set).ok();
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Refusal::NotFound)?;
    let known = store.criteria_sets().await?.into_iter().find(|(known, _)| known.code == code);
    for version in known.iter().flat_map(|(_, versions)| versions).filter(|version| !version.draft) {
        let kept = store.version_text(version.set, version.number).await?;
        if kept.is_some_and(|kept| is_written_as(&kept, &text)) {
            return Ok((version.set, version.number));
        }
    }
    let settled = store.commit(actor, now, TakeSettled { code, title, text }).await?;
    Ok((settled.set, settled.number))
}

/// Whether a version is the set of this text: an earlier program wrote the same set otherwise, without the apostrophe before a cell
/// that a spreadsheet would take for a formula.
fn is_written_as(kept: &str, text: &str) -> bool {
    // Reading a set takes its time, so only what can be the same is read.
    let bare = |text: &str| text.replace('\'', "");
    kept == text || (bare(kept) == bare(text) && rewritten(kept.to_owned()).is_some_and(|kept| kept == text))
}

/// The text of a version as it is written today: the same set may have been written otherwise before.
fn rewritten(kept: String) -> Option<String> {
    let read = parindex_package::set::read("criteria.csv", kept.into_bytes()).ok()?;
    String::from_utf8(parindex_package::set::write("criteria.csv", &read.set).ok()?).ok()
}

/// Writes the campaign of a package down as a draft; its sets go into the library.
///
/// # Errors
/// [`Refusal::Taken`] when its code is in use.
pub async fn take_in(store: &Store, (actor, now): (&Actor, i64), package: &Package) -> Result<i64, Refusal> {
    let add = with_sets(store, (actor, now), package).await?;
    store.commit(actor, now, add).await
}

/// The campaign of a package, its sets taken into the library; it is not written down yet.
///
/// # Errors
/// [`Refusal`]; what was taken in before stays.
pub async fn with_sets(
    store: &Store,
    (actor, now): (&Actor, i64),
    package: &Package,
) -> Result<AddCampaign, Refusal> {
    let blocks = &package.campaign.blocks;
    let mut versions = Vec::new();
    for block in blocks {
        let called = called(&package.campaign, block);
        versions.push(in_library(store, (actor, now), &block.set.set, called).await?);
    }
    let codes: Vec<String> =
        blocks.iter().flat_map(|block| &block.members).map(|member| member.code.clone()).collect();
    // The units are those of the assessed year, whatever became of them since.
    let day = package.campaign.about.to.unwrap_or_else(|| local(now).date()).to_string();
    let found = store.units_of_codes(&codes, &day).await?;
    let units = found.into_iter().map(|(code, unit)| (code, unit.id)).collect();
    Ok(from_package(&WithSets { package, versions, units }))
}
