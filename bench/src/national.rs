//! A national campaign: 3,355 units, every way of scoring, three stages.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use parindex_examples::{Seeded, SetSpec, Stages, Writer, build};
use parindex_package::load::compile;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, CriteriaSet, Method, Places};
use parindex_rulebook::slot::Slot;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::figures::Figures;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::StageRules;

use crate::say;

/// Provinces and communes.
pub const UNITS: usize = 3_355;
/// The assessed year.
pub const YEAR: i16 = 2021;
const OF_PROVINCE: [[i64; 3]; 8] =
    [[30, 8, 0], [22, 16, 0], [56, 12, 0], [30, 12, 0], [32, 24, 0], [34, 10, 0], [38, 12, 0], [24, 0, 40]];

/// The criteria set, and the way of scoring of each of its nodes; rounded only at the end, or each criterion.
pub fn criteria(end: bool) -> (CriteriaSet, Vec<String>) {
    let spec = SetSpec { letter: 'k', seed: 21, quarters: &OF_PROVINCE, appraisers: &[], year: YEAR };
    let (mut set, kinds) = build(&spec);
    if end {
        set.settings.rounding.at = parindex_rulebook::settings::RoundAt::End;
    }
    (set, kinds)
}

fn set(end: bool) -> Result<(Compiled, Vec<String>), String> {
    let (set, kinds) = criteria(end);
    let (compiled, _advice) = compile(set, &Places::default()).map_err(|findings| format!("{findings:?}"))?;
    Ok((compiled, kinds))
}

/// The sheets of all units; texts are made and read one unit at a time.
fn sheets(compiled: &Compiled, kinds: &[String], units: usize) -> Vec<Sheet> {
    let mut seeded = Seeded::new(7);
    let stages = Stages { own: "self", rounds: &["appraisal"], outside: "final" };
    let one = |at: usize| {
        let mut writer = Writer::new(&compiled.set, kinds, YEAR, stages);
        let quality = seeded.between(55, 98);
        writer.unit(&at.to_string(), quality, None, &mut seeded);
        let mut sheet = Sheet::new(compiled);
        for row in writer.facts.0.iter().chain(&writer.external.0) {
            let [_, code, input, text, ..] = row.as_slice() else { continue };
            let slot = compiled.set.find(code).and_then(|node| compiled.slot(node, input));
            let kind = slot.and_then(|slot| compiled.inputs.get(slot.index()));
            if let (Some(slot), Some(input)) = (slot, kind) {
                sheet.set_value(slot, input.kind.read(text).unwrap_or_default());
            }
        }
        // Every second unit keeps to its facts, so that the peer's totals can be compared with ours.
        for row in writer.points.0.iter().filter(|_| at % 2 == 1) {
            let [_, code, points, ..] = row.as_slice() else { continue };
            if let (Some(node), Ok(points)) = (compiled.set.find(code), points.parse()) {
                sheet.set_entry(node, Entry::Points(points));
            }
        }
        sheet
    };
    (0..units).map(one).collect()
}

/// From sheets into columns, in milliseconds.
fn reading(compiled: &Compiled, sheets: &[Sheet]) -> f64 {
    let start = Instant::now();
    black_box(Figures::of(compiled, sheets.iter()));
    start.elapsed().as_secs_f64() * 1_000.0
}

/// All figures entered one by one, as a campaign lays them: in columns, and in a sheet for each unit; in milliseconds.
fn entering(compiled: &Compiled, sheets: &[Sheet]) -> [f64; 2] {
    let each = |seat: usize, sheet: &Sheet| {
        let values: Vec<_> = (0_u32..).map(Slot).zip(sheet.values().iter().cloned()).collect();
        values.into_iter().map(move |(slot, value)| (seat, slot, value))
    };
    let all: Vec<_> = sheets.iter().enumerate().flat_map(|(seat, sheet)| each(seat, sheet)).collect();
    let in_columns = || {
        let (all, start) = (all.clone(), Instant::now());
        let mut figures = Figures::new(compiled, sheets.len());
        for (seat, slot, value) in all {
            figures.set_value(seat, slot, value);
        }
        black_box(figures);
        start.elapsed().as_secs_f64() * 1_000.0
    };
    let in_sheets = || {
        let (all, start) = (all.clone(), Instant::now());
        let mut empty = vec![Sheet::new(compiled); sheets.len()];
        for (seat, slot, value) in all {
            if let Some(sheet) = empty.get_mut(seat) {
                sheet.set_value(slot, value);
            }
        }
        black_box(empty);
        start.elapsed().as_secs_f64() * 1_000.0
    };
    [best(7, in_columns), best(7, in_sheets)]
}

/// What all units have entered, in columns.
fn figures(compiled: &Compiled, kinds: &[String], units: usize) -> Figures {
    Figures::of(compiled, sheets(compiled, kinds, units).iter())
}

/// Measures, and prints `key=value`.
pub fn run() -> Result<(), String> {
    let calendar = Calendar::built_in().map_err(|error| format!("{error:?}"))?;
    let own = [Method::SelfAssessed];
    let most = [Method::SelfAssessed, Method::External, Method::Survey];
    let stages = [
        StageRules { calendar: &calendar, counts: Some(&own) },
        StageRules { calendar: &calendar, counts: Some(&most) },
        StageRules { calendar: &calendar, counts: None },
    ];
    let (compiled, kinds) = set(false)?;
    let leaves = kinds.iter().filter(|kind| !kind.is_empty()).count();
    say(&format!("leaves={leaves}"));
    // Memory first, while nothing else stood there: three stages, each with its own sheets and scores.
    {
        let stand: Vec<Board<'_>> =
            stages.iter().map(|stage| board(&compiled, stage, figures(&compiled, &kinds, UNITS)).0).collect();
        say(&format!("memory_mb={:.0}", peak_mb()));
        export(&compiled, &kinds, &stand)?;
    }
    let sheets = sheets(&compiled, &kinds, UNITS);
    say(&format!("reading_ms={:.1}", best(15, || reading(&compiled, &sheets))));
    let [in_columns, in_sheets] = entering(&compiled, &sheets);
    say(&format!("entering_ms={in_columns:.1}\nentering_sheets_ms={in_sheets:.1}"));
    let all = Figures::of(&compiled, sheets.iter());
    say(&format!("national_ms={:.1}", best(50, || all_stages(&compiled, &stages, &all))));
    say(&format!("every_node_ms={:.1}", best(3, || every_node(&compiled, &stages, &all))));
    changed_fact(&compiled, &kinds, &stages);
    let (unrounded, _) = set(true)?;
    say(&format!("national_unrounded_ms={:.1}", best(15, || all_stages(&unrounded, &stages, &all))));
    let many = figures(&compiled, &kinds, UNITS * 10);
    say(&format!("ten_times_ms={:.1}", best(3, || all_stages(&compiled, &stages, &many))));
    Ok(())
}

/// One board and the milliseconds it took.
fn board<'c>(compiled: &'c Compiled, stage: &StageRules<'c>, figures: Figures) -> (Board<'c>, f64) {
    let ranked = vec![true; figures.seats()];
    let start = Instant::now();
    let board = Board::of(compiled, *stage, figures, ranked, &|_, _| None);
    (board, start.elapsed().as_secs_f64() * 1_000.0)
}

/// All stages, one board standing at a time; copying the figures is not part of the job.
fn all_stages(compiled: &Compiled, stages: &[StageRules<'_>], figures: &Figures) -> f64 {
    let one = |stage: &StageRules<'_>| {
        let (board, time) = board(compiled, stage, figures.clone());
        black_box(board.ranked());
        time
    };
    stages.iter().map(one).sum()
}

/// The same with the points of every node of every unit, as a matrix of the whole campaign needs them.
fn every_node(compiled: &Compiled, stages: &[StageRules<'_>], figures: &Figures) -> f64 {
    let one = |stage: &StageRules<'_>| {
        let (board, time) = board(compiled, stage, figures.clone());
        let start = Instant::now();
        for seat in 0..figures.seats() {
            black_box(board.score(seat));
        }
        time + start.elapsed().as_secs_f64() * 1_000.0
    };
    stages.iter().map(one).sum()
}

fn best(times: usize, mut run: impl FnMut() -> f64) -> f64 {
    (0..times).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn changed_fact(compiled: &Compiled, kinds: &[String], stages: &[StageRules<'_>]) {
    let Some(stage) = stages.last() else { return };
    let seats =
        sheets(compiled, kinds, UNITS).into_iter().map(|sheet| Seat { sheet, ranked: true }).collect();
    let mut board = Board::new(compiled, *stage, seats, &|_, _| None);
    let slot = compiled.set.find("3.3.3").and_then(|node| compiled.slot(node, "a")).unwrap_or(Slot(0));
    let mut times = Vec::new();
    for round in 0..2_000_usize {
        let seat = round * 7 % UNITS;
        let value = Value::Number(Number::whole(i64::try_from(round % 19).unwrap_or(0)));
        let start = Instant::now();
        board.set_value(seat, slot, value);
        black_box(board.rank(seat));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 1_000).copied().unwrap_or_default();
    say(&format!("changed_fact_median_us={:.1}\nchanged_fact_p99_us={:.1}", at(500), at(990)));
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|text| text.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}

/// The same facts and rules for the script in `bench/`: one column of values for each input; and our results.
fn export(compiled: &Compiled, kinds: &[String], boards: &[Board<'_>]) -> Result<(), String> {
    let Some(board) = boards.last() else { return Ok(()) };
    let mut rules = String::from("code\tkind\tmax\tslots\n");
    for (node, kind) in kinds.iter().enumerate().filter(|(_, kind)| !kind.is_empty()) {
        let slots: Vec<String> =
            compiled.reads.get(node).into_iter().flatten().map(|slot| slot.0.to_string()).collect();
        let code = compiled.set.criteria.get(node).map_or("", |each| each.code.as_str());
        rules.extend([code, "\t", kind, "\t", &compiled.max(node).to_string(), "\t", &slots.join(","), "\n"]);
    }
    let mut facts = String::new();
    let (mut totals, mut index) = (String::new(), String::new());
    for seat in 0..UNITS {
        let (Some(sheet), Some(score)) = (board.sheet(seat), board.score(seat)) else { continue };
        let cells: Vec<String> = sheet.values().iter().map(cell).collect();
        facts.extend([cells.join("\t").as_str(), "\n"]);
        let complete = score.total().complete();
        // Points that a person set cannot follow from the facts, so the peer skips such units in its comparison.
        let set = (0..kinds.len()).any(|node| *sheet.entry(node) != Entry::Nothing);
        let complete = complete.filter(|_| !set);
        let text = |number: Option<&Number>| number.map(|number| number.to_fixed(4)).unwrap_or_default();
        totals.extend([text(complete.map(|complete| &complete.points)).as_str(), "\n"]);
        index.extend([text(complete.map(|complete| &complete.index)).as_str(), "\n"]);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    let files = [("rules.tsv", rules), ("facts.tsv", facts), ("totals.tsv", totals), ("index.tsv", index)];
    for (name, text) in files {
        parindex_package::whole::write(&folder.join(name), text.as_bytes())
            .map_err(|findings| format!("{findings:?}"))?;
    }
    Ok(())
}

/// A date as its day number, a choice as its place, nothing as nothing.
fn cell(value: &Value) -> String {
    match value {
        Value::Missing | Value::NotDone => String::new(),
        Value::Number(number) => number.to_fixed(6),
        Value::Date(date) => date.to_string().replace('-', ""),
        Value::YesNo(yes) => u8::from(*yes).to_string(),
        Value::Choice(option) => option.to_string(),
    }
}
