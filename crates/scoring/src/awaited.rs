//! Dates that nobody touched while a sheet is open, and that are "not done" once it is submitted.

use parindex_rulebook::input::Value;
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;

use crate::sheet::Sheet;
use crate::unit::{Cell, StageRules, leaf};

/// The dates of an open sheet that decide criteria without points: whoever submits the sheet says of them that the thing was not
/// done, where the rule says what that earns.
#[must_use]
pub fn awaited(compiled: &Compiled, sheet: &Sheet, stage: &StageRules<'_>) -> Vec<Slot> {
    let mut closed = sheet.clone();
    closed.set_open(false);
    let cell = |sheet: &Sheet, node| leaf(compiled, sheet, stage, &|_| None, node, &mut ());
    let mut found = Vec::new();
    for node in compiled.walk.iter().copied().filter(|node| compiled.tree.is_leaf(*node)) {
        let open = cell(sheet, node) == Cell::NotScored;
        if !open || matches!(cell(&closed, node), Cell::NotScored | Cell::Failed(_)) {
            continue;
        }
        let dates = compiled.rules.get(node).map(Rule::dates_to_be_done).unwrap_or_default();
        let untouched = |slot: &Slot| matches!(sheet.values().get(slot.index()), None | Some(Value::Missing));
        for slot in dates.into_iter().filter(untouched) {
            if !found.contains(&slot) {
                found.push(slot);
            }
        }
    }
    found
}
