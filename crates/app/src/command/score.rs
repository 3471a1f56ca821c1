//! `parindex score`: points, index, rank and class of every unit.

use clap::ArgMatches;
use parindex_domain::campaign::{
    BlockData, CampaignData, CampaignResult, MemberData, Scored, Status, UnitResult, decimal,
};
use parindex_package::csv::harmless;
use parindex_package::published;
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_scoring::unit::Cell;
use serde_json::{Map, Value, json};

use super::{CommandResult, open, score_at, word};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let package = open(arguments, console)?;
    let campaign = &package.campaign;
    let scored = score_at(campaign, word(arguments, "stage"))?;
    let json = word(arguments, "format") == Some("json");
    // Only JSON prints every criterion, and published figures of criteria are compared.
    let whole = json || !package.beside.published.is_empty();
    let mut result = if whole { scored.result() } else { scored.totals() };
    if let Some(code) = word(arguments, "block") {
        let block = campaign.blocks.iter().position(|block| block.code == code);
        let block = block.ok_or_else(|| no_block(campaign, code))?;
        result.units.retain(|unit| unit.block == block);
    }
    match word(arguments, "format") {
        Some("json") => {
            let mut json = serde_json::to_vec_pretty(&as_json(campaign, &result)).unwrap_or_default();
            json.push(b'\n');
            console.raw(&json);
        }
        Some("csv") => console.raw(&as_csv(campaign, &result)?),
        _ => tables(console, campaign, &result),
    }
    remark_on_failures(console, &scored);
    // Published figures are of the final stage and of all blocks.
    let whole = word(arguments, "stage").is_none() && word(arguments, "block").is_none();
    if whole && !package.beside.published.is_empty() {
        return compare(console, &package.beside.published, campaign, &result);
    }
    Ok(())
}

/// Rules without an answer must not hide behind a unit that merely looks unfinished.
fn remark_on_failures(console: &Console, scored: &Scored<'_>) {
    let blocks = scored.campaign.blocks.iter().zip(&scored.boards);
    let count: usize = blocks
        .flat_map(|(block, board)| {
            let unfinished = |seat: &usize| board.total(*seat).is_none_or(|total| total.complete().is_none());
            let seats = (0..block.members.len()).filter(unfinished);
            seats.filter_map(move |seat| Some((block, board.score(seat)?)))
        })
        .map(|(block, score)| {
            score
                .open(&block.set)
                .into_iter()
                .filter(|node| matches!(score.cell(*node), Cell::Failed(_)))
                .count()
        })
        .sum();
    if count > 0 {
        Console::remark(&console.lang.pick(
            format!("{count} chỗ không tính được; xem bằng «parindex check»."),
            format!("{count} points cannot be computed; see them with “parindex check”."),
        ));
    }
}

fn no_block(campaign: &CampaignData, code: &str) -> CommandFailure {
    let known = campaign.blocks.iter().map(|block| block.code.as_str()).collect::<Vec<_>>().join(", ");
    CommandFailure::message(
        format!("không có khối «{code}»; các khối: {known}"),
        format!("there is no block “{code}”; the blocks are: {known}"),
    )
}

fn compare(
    console: &Console,
    published: &[published::Published],
    campaign: &CampaignData,
    result: &CampaignResult,
) -> CommandResult {
    let differences = published::differences(published, campaign, result);
    let (all, same) = (published.len(), published.len() - differences.len());
    Console::remark(&console.lang.pick(
        format!("So với số đã công bố: khớp {same}/{all}."),
        format!("Compared with published figures: {same} of {all} agree."),
    ));
    for difference in &differences {
        Console::remark(&format!("  {}", difference.say(console.lang)));
    }
    if differences.is_empty() { Ok(()) } else { Err(CommandFailure::Differs) }
}

fn member<'c>(campaign: &'c CampaignData, unit: &UnitResult) -> Option<(&'c BlockData, &'c MemberData)> {
    let block = campaign.blocks.get(unit.block)?;
    Some((block, block.members.get(unit.seat)?))
}

fn tables(console: &mut Console, campaign: &CampaignData, result: &CampaignResult) {
    let about = &campaign.about;
    console.heading(&format!("{} · {}", about.title, result.stage.name));
    if !about.note.is_empty() {
        console.line(&about.note);
    }
    for (at, block) in campaign.blocks.iter().enumerate() {
        let units: Vec<&UnitResult> = result.units.iter().filter(|unit| unit.block == at).collect();
        if units.is_empty() {
            continue;
        }
        console.line("");
        console.heading(&block.name);
        let rows = units.iter().map(|unit| row(console.lang, block, unit)).collect();
        let header = [
            (console.pick("Hạng", "Rank"), Lean::Right),
            (console.pick("Mã", "Code"), Lean::Left),
            (console.pick("Đơn vị", "Unit"), Lean::Left),
            (console.pick("Điểm", "Points"), Lean::Right),
            (console.pick("Tối đa", "Maximum"), Lean::Right),
            (console.pick("Chỉ số, %", "Index, %"), Lean::Right),
            (console.pick("Xếp loại", "Class"), Lean::Left),
        ];
        console.table(&header, rows);
        if let Some(mean) = result.mean(campaign, at) {
            let mean = console.lang.fixed(&mean, block.set.set.settings.index.digits.get());
            console.line(format!("{} {mean}", console.pick("Trung bình khối:", "Mean of the block:")));
        }
    }
}

fn row(lang: Lang, block: &BlockData, unit: &UnitResult) -> Vec<String> {
    let digits = block.set.set.settings.rounding.digits.get();
    let index_digits = block.set.set.settings.index.digits.get();
    let fixed = |value: &Option<Number>, digits: u8| {
        value.as_ref().map_or_else(|| "–".to_owned(), |value| lang.fixed(value, digits))
    };
    let member = block.members.get(unit.seat);
    vec![
        unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        member.map(|member| member.code.clone()).unwrap_or_default(),
        member.map(|member| member.name.clone()).unwrap_or_default(),
        fixed(&unit.points, digits),
        unit.max.as_ref().map_or_else(|| "–".to_owned(), |max| lang.short(max)),
        fixed(&unit.index, index_digits),
        member.map_or_else(String::new, |member| unit.remark(member, lang)),
    ]
}

fn as_json(campaign: &CampaignData, result: &CampaignResult) -> Value {
    let about = &campaign.about;
    let blocks: Vec<Value> = campaign
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            let digits = block.set.set.settings.index.digits.get();
            let mean = result.mean(campaign, at).map(|mean| mean.to_fixed(digits));
            json!({ "code": block.code, "name": block.name, "set": block.set.set.about.code, "mean": mean })
        })
        .collect();
    let units: Vec<Value> = result.units.iter().filter_map(|unit| unit_json(campaign, unit)).collect();
    json!({
        "format": 1,
        "campaign": { "code": about.code, "title": about.title, "year": about.year, "note": about.note },
        "stage": { "code": result.stage.code, "name": result.stage.name },
        "blocks": blocks,
        "units": units,
    })
}

fn unit_json(campaign: &CampaignData, unit: &UnitResult) -> Option<Value> {
    let (block, member) = member(campaign, unit)?;
    let settings = &block.set.set.settings;
    let points = |points: &Option<Number>| points.as_ref().map(|points| block.exact(points));
    let mut criteria = Map::new();
    for criterion in &unit.criteria {
        if let Some(each) = block.set.set.criteria.get(criterion.node) {
            criteria.insert(each.code.clone(), json!(points(&criterion.points)));
        }
    }
    let status = match unit.status {
        Status::Complete => "complete",
        Status::Partial => "partial",
        Status::NotScored => "not_scored",
        Status::Exempt => "exempt",
    };
    Some(json!({
        "code": member.code,
        "name": member.name,
        "block": block.code,
        "status": status,
        "points": points(&unit.points),
        "max": unit.max.as_ref().map(|max| decimal(max, settings.rounding.digits.get())),
        "index": unit.index.as_ref().map(|index| index.to_fixed(settings.index.digits.get())),
        "rank": unit.rank,
        "band": unit.band,
        "criteria": criteria,
    }))
}

fn as_csv(campaign: &CampaignData, result: &CampaignResult) -> Result<Vec<u8>, CommandFailure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| CommandFailure::message(error.to_string(), error.to_string());
    writer
        .write_record(["unit", "name", "block", "points", "max", "index", "rank", "band"])
        .map_err(failed)?;
    for unit in &result.units {
        let Some((block, member)) = member(campaign, unit) else { continue };
        let settings = &block.set.set.settings;
        let points = unit.points.as_ref().map(|points| block.exact(points));
        let max = unit.max.as_ref().map(|max| decimal(max, settings.rounding.digits.get()));
        let index = unit.index.as_ref().map(|index| index.to_fixed(settings.index.digits.get()));
        let rank = unit.rank.map(|rank| rank.to_string());
        let cells = [
            Some(member.code.clone()),
            Some(member.name.clone()),
            Some(block.code.clone()),
            points,
            max,
            index,
            rank,
        ];
        let cells = cells.into_iter().chain([unit.band.clone()]).map(Option::unwrap_or_default);
        let cells = cells.map(|cell| harmless(&cell).into_owned());
        writer.write_record(cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))
}
