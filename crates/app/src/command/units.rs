//! `parindex units`: the official lists of units, and which became which on 2025-07-01.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use parindex_domain::unit::{Era, Level, Reference, ReferenceUnit};
use parindex_package::csv::harmless;
use parindex_package::rows::units;
use parindex_package::set::read_table;
use parindex_package::source::read_file;
use parindex_rulebook::finding::{Finding, Place};
use parindex_rulebook::lang::Lang;
use serde_json::{Value, json};

use super::{CommandResult, word};
use crate::console::{Console, Lean};
use crate::failure::CommandFailure;

/// More rows than a person reads.
const MAX: usize = 200;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let reference = Reference::new();
    let era = word(arguments, "era").map(|era| if era == "2024" { Era::Before } else { Era::After });
    if let Some(file) = arguments.get_one::<PathBuf>("validate") {
        return validate(file, &reference, era.unwrap_or(Era::After), console);
    }
    let Some(query) = word(arguments, "query") else {
        counts(&reference, console);
        return Ok(());
    };
    let found = if arguments.get_flag("below") {
        let eras = era.map_or_else(|| vec![Era::Before, Era::After], |era| vec![era]);
        eras.into_iter().flat_map(|era| reference.below(era, query)).collect()
    } else {
        reference.search(query, era)
    };
    if found.is_empty() {
        return Err(CommandFailure::message(
            format!("không tìm thấy «{query}»; thử bỏ dấu hoặc gõ một phần tên"),
            format!("“{query}” was not found; try a part of the name"),
        ));
    }
    show(&reference, &found, word(arguments, "format").unwrap_or("table"), console)
}

fn counts(reference: &Reference, console: &mut Console) {
    let header = [("", Lean::Left), ("2024", Lean::Right), ("2025", Lean::Right)];
    let row = |level: Level| {
        let count = |era| console.lang.short(&i64::try_from(reference.count(era, level)).unwrap_or(0).into());
        vec![level_word(level, console.lang).to_owned(), count(Era::Before), count(Era::After)]
    };
    let rows = [Level::Province, Level::District, Level::Commune].map(row).to_vec();
    console.table(&header, rows);
}

fn level_word(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Province => lang.pick("cấp tỉnh", "province"),
        Level::District => lang.pick("cấp huyện", "district"),
        Level::Commune => lang.pick("cấp xã", "commune"),
    }
}

/// The units on the other side of the reform, divided ones marked.
fn kin(reference: &Reference, unit: &ReferenceUnit) -> Vec<(String, String, bool)> {
    let kin = match unit.era {
        Era::Before => reference.successors(unit),
        Era::After => reference.predecessors(unit),
    };
    kin.into_iter().map(|(other, whole)| (other.code.to_owned(), other.name.to_owned(), whole)).collect()
}

fn era_word(era: Era) -> &'static str {
    match era {
        Era::Before => "2024",
        Era::After => "2025",
    }
}

fn show(
    reference: &Reference,
    found: &[&ReferenceUnit],
    machine: &str,
    console: &mut Console,
) -> CommandResult {
    let above = |unit: &ReferenceUnit| reference.find(unit.era, unit.parent).map_or("", |above| above.name);
    if machine == "json" {
        let units: Vec<Value> = found
            .iter()
            .map(|unit| {
                let kin: Vec<Value> = kin(reference, unit)
                    .into_iter()
                    .map(|(code, name, whole)| json!({ "code": code, "name": name, "whole": whole }))
                    .collect();
                let key = if unit.era == Era::Before { "successors" } else { "predecessors" };
                json!({ "list": era_word(unit.era), "code": unit.code, "name": unit.name, "parent": unit.parent, key: kin })
            })
            .collect();
        console.line(format!("{:#}", json!({ "units": units })));
        return Ok(());
    }
    let part = console.pick(" (một phần)", " (part)").to_owned();
    let row = |unit: &&ReferenceUnit| {
        let arrow = if unit.era == Era::Before { "→ " } else { "← " };
        let kin: Vec<String> = kin(reference, unit)
            .into_iter()
            .map(|(code, name, whole)| format!("{name} [{code}]{}", if whole { "" } else { &part }))
            .collect();
        let kin = if kin.is_empty() { String::new() } else { format!("{arrow}{}", kin.join(", ")) };
        vec![
            era_word(unit.era).to_owned(),
            unit.code.to_owned(),
            unit.name.to_owned(),
            above(unit).to_owned(),
            kin,
        ]
    };
    let rows: Vec<Vec<String>> = found.iter().take(MAX).map(row).collect();
    if machine == "csv" {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |error: csv::Error| CommandFailure::message(error.to_string(), error.to_string());
        for row in
            [["list", "code", "name", "parent", "kin"].map(str::to_owned).to_vec()].into_iter().chain(rows)
        {
            writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(failed)?;
        }
        console.raw(&writer.into_inner().unwrap_or_default());
        return Ok(());
    }
    let header = [
        (console.pick("Danh mục", "List"), Lean::Left),
        (console.pick("Mã", "Code"), Lean::Left),
        (console.pick("Tên", "Name"), Lean::Left),
        (console.pick("Thuộc", "Under"), Lean::Left),
        (console.pick("Sáp nhập 01/7/2025", "Merger of 2025-07-01"), Lean::Left),
    ];
    console.table(&header, rows);
    if found.len() > MAX {
        let more = found.len() - MAX;
        console.line(console.lang.pick(format!("… và {more} đơn vị nữa."), format!("… and {more} more.")));
    }
    Ok(())
}

fn validate(file: &Path, reference: &Reference, era: Era, console: &mut Console) -> CommandResult {
    let table = read_table(&file.display().to_string(), read_file(file)?)?;
    let specs =
        units::WITH_OPEN.map(|column| parindex_rulebook::table::ColumnSpec { needed: false, ..column });
    let spoken =
        |findings: Vec<Finding<_>>| CommandFailure::Findings(findings.iter().map(Finding::spoken).collect());
    let [code, name, ..] = table.columns(&specs).map_err(spoken)?;
    let cell = |row: &parindex_rulebook::table::Row, column: Option<usize>| {
        column.map_or("", |column| row.cell(column)).to_owned()
    };
    let findings: parindex_package::Findings = table
        .rows
        .iter()
        .filter_map(|row| {
            let problem = reference.validate(era, &cell(row, code), &cell(row, name)).err()?;
            let place = Place {
                file: table.file.clone(),
                sheet: table.sheet.clone(),
                row: row.number,
                column: String::new(),
            };
            Some(Finding::error(place, problem).spoken())
        })
        .collect();
    if !findings.is_empty() {
        return Err(CommandFailure::Findings(findings));
    }
    let count = table.rows.len();
    console.line(console.lang.pick(
        format!("{count} đơn vị khớp danh mục {}.", era_word(era)),
        format!("{count} units agree with the list of {}.", era_word(era)),
    ));
    Ok(())
}
