//! `parindex diff`: two versions of a criteria set, or the results of two packages.

use std::path::Path;

use clap::ArgMatches;
use parindex_package::load::load;
use parindex_package::set;
use parindex_rulebook::diff::diff;
use parindex_rulebook::lang::Say;
use parindex_rulebook::number::Number;
use parindex_scoring::compare::{UnitChange, compare};
use serde_json::{Value, json};

use super::{CommandResult, path, score_at, word};
use crate::console::{Console, Lean};

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    let (old, new) = (path(arguments, "old"), path(arguments, "new"));
    let machine = word(arguments, "format").unwrap_or("table");
    if is_set(&old) && is_set(&new) {
        sets(&old, &new, machine, console)
    } else {
        results(&old, &new, machine, console)
    }
}

fn is_set(path: &Path) -> bool {
    set::Form::of(&path.display().to_string()).is_ok()
}

fn sets(old: &Path, new: &Path, machine: &str, console: &mut Console) -> CommandResult {
    let (old, new) = (set::read_path(old)?.set, set::read_path(new)?.set);
    let changes: Vec<String> = diff(&old, &new).iter().map(|change| change.say(console.lang)).collect();
    match machine {
        "json" => console.line(json!({ "changes": changes }).to_string()),
        _ if changes.is_empty() => {
            console.line(console.pick("Hai phiên bản giống nhau.", "The versions are the same."));
        }
        _ => changes.iter().for_each(|change| console.line(change)),
    }
    Ok(())
}

fn results(old: &Path, new: &Path, machine: &str, console: &mut Console) -> CommandResult {
    let (old, new) = (load(old)?, load(new)?);
    let before = score_at(&old.campaign, None)?.result().by_codes(&old.campaign);
    let after = score_at(&new.campaign, None)?.result().by_codes(&new.campaign);
    let changes = compare(&before, &after);
    if machine == "json" {
        let units: Vec<Value> = changes.iter().map(as_json).collect();
        console.line(format!("{:#}", json!({ "units": units })));
        return Ok(());
    }
    show(console, &changes);
    Ok(())
}

/// A table of what changed for each unit.
pub fn show(console: &mut Console, changes: &[UnitChange]) {
    let lang = console.lang;
    let index =
        |index: &Option<Number>| index.as_ref().map_or_else(|| "–".to_owned(), |index| lang.fixed(index, 2));
    let rank = |rank: Option<usize>| rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let row = |change: &UnitChange| {
        let worst =
            change.criteria.iter().find(|each| each.difference().is_some_and(|lost| lost.is_negative()));
        let worst =
            worst.and_then(|each| Some(format!("{} {}", each.code, signed(console, &each.difference()?))));
        let difference =
            change.difference().map_or_else(|| "–".to_owned(), |difference| signed(console, &difference));
        let ranks = format!("{} → {}", rank(change.rank.0), rank(change.rank.1));
        vec![
            change.code.clone(),
            index(&change.index.0),
            index(&change.index.1),
            difference,
            ranks,
            worst.unwrap_or_default(),
        ]
    };
    let rows = changes.iter().map(row).collect();
    let header = [
        (console.pick("Mã", "Code"), Lean::Left),
        (console.pick("Trước", "Before"), Lean::Right),
        (console.pick("Sau", "After"), Lean::Right),
        (console.pick("Chênh", "Change"), Lean::Right),
        (console.pick("Hạng", "Rank"), Lean::Right),
        (console.pick("Giảm nhiều nhất", "Largest loss"), Lean::Left),
    ];
    console.table(&header, rows);
}

fn signed(console: &Console, difference: &Number) -> String {
    let plus = if difference.is_negative() || difference.is_zero() { "" } else { "+" };
    format!("{plus}{}", console.lang.fixed(difference, 2))
}

fn as_json(change: &UnitChange) -> Value {
    let text = |number: &Option<Number>| number.as_ref().map(Number::to_string);
    let criteria: Vec<Value> = change
        .criteria
        .iter()
        .map(|each| json!({ "code": each.code, "from": text(&each.from), "to": text(&each.to), "change": text(&each.difference()) }))
        .collect();
    json!({
        "code": change.code,
        "index": { "from": text(&change.index.0), "to": text(&change.index.1), "change": text(&change.difference()) },
        "rank": { "from": change.rank.0, "to": change.rank.1 },
        "criteria": criteria,
    })
}
