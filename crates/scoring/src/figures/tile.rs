//! The figures of a few dozen seats, which are scored side by side.

use std::collections::BTreeMap;

use parindex_rulebook::input::{Input, Value};
use parindex_rulebook::slot::Slot;

use super::column::Column;
use super::mask::{Mask, bit};
use crate::sheet::Sheet;

/// How many sheets are read side by side: one line of the processor's cache holds as many words.
const SIDE: usize = 8;

/// The columns of [`super::mask::TILE`] seats.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    /// By slot.
    columns: Vec<Column>,
    /// The values that no word stands for, by lane and slot.
    odd: BTreeMap<(usize, usize), Value>,
    /// The seats whose units still fill their sheets in.
    pub open: Mask,
}

static EMPTY: Column = Column::EMPTY;

impl Tile {
    /// Room for inputs for which nothing was entered.
    pub fn new(inputs: &[Input]) -> Self {
        let columns = inputs.iter().map(|input| Column::new(&input.kind)).collect();
        Self { columns, odd: BTreeMap::new(), open: 0 }
    }

    /// The column of an input.
    #[inline]
    pub fn column(&self, slot: Slot) -> &Column {
        self.columns.get(slot.index()).unwrap_or(&EMPTY)
    }

    /// The seats of some that have a value anywhere.
    pub fn begun(&self, wanted: Mask) -> Mask {
        let mut begun = 0;
        for column in &self.columns {
            begun |= !column.missing;
            if begun & wanted == wanted {
                break;
            }
        }
        begun & wanted
    }

    pub fn is_open(&self, lane: usize) -> bool {
        self.open & bit(lane) != 0
    }

    pub fn set_open(&mut self, lane: usize, open: bool) {
        self.open = if open { self.open | bit(lane) } else { self.open & !bit(lane) };
    }

    /// Takes what stands on sheets, for seats that have nothing yet.
    pub fn take(&mut self, sheets: &[&Sheet]) {
        for (lane, sheet) in sheets.iter().enumerate() {
            self.set_open(lane, sheet.is_open());
        }
        for (side, few) in sheets.chunks(SIDE).enumerate() {
            self.take_few(side * SIDE, few);
        }
    }

    /// Input by input across a few sheets: each sheet is read in its order, and each line of a column written once.
    fn take_few(&mut self, first: usize, sheets: &[&Sheet]) {
        for (slot, column) in self.columns.iter_mut().enumerate() {
            for (lane, sheet) in (first..).zip(sheets) {
                let Some(value) = sheet.values().get(slot) else { continue };
                if !column.set(lane, value) {
                    self.odd.insert((lane, slot), value.clone());
                }
            }
        }
    }

    pub fn set_value(&mut self, lane: usize, slot: Slot, value: Value) {
        let Some(column) = self.columns.get_mut(slot.index()) else { return };
        if column.other & bit(lane) != 0 {
            self.odd.remove(&(lane, slot.index()));
        }
        if !column.set(lane, &value) {
            self.odd.insert((lane, slot.index()), value);
        }
    }

    /// What was entered for an input of a seat.
    pub fn value(&self, lane: usize, slot: Slot) -> Value {
        let column = self.column(slot);
        if column.other & bit(lane) == 0 {
            return column.value(lane);
        }
        self.odd.get(&(lane, slot.index())).cloned().unwrap_or_default()
    }

    /// The values of a seat by slot.
    pub fn values(&self, lane: usize) -> Vec<Value> {
        let mut values: Vec<Value> = self.columns.iter().map(|column| column.value(lane)).collect();
        for ((_, slot), value) in self.odd.range((lane, 0)..(lane + 1, 0)) {
            if let Some(place) = values.get_mut(*slot) {
                place.clone_from(value);
            }
        }
        values
    }
}
