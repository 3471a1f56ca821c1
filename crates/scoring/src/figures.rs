//! What all units of a block have entered at a stage, in columns: for each input one whole number per unit.
//!
//! A national campaign has a million figures. In columns each takes one word where a [`Value`] takes three, and a rule finds the figures
//! of many units side by side. A column holds what was entered exactly; the few values that no word stands for are kept beside it.
//! The sheet of one unit is laid out when somebody looks at it.

use parindex_rulebook::input::Value;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;

use crate::sheet::{Entries, Entry, Sheet};

mod column;
pub(crate) mod mask;
mod tile;

use mask::TILE;
pub(crate) use tile::Tile;

/// The figures and entries of all units of a block, seat by seat.
///
/// ```
/// use parindex_rulebook::slot::Slot;
/// use parindex_rulebook::input::{Input, Kind, Value};
/// use parindex_rulebook::set::{Compiled, Criterion, CriteriaSet, Places};
/// use parindex_scoring::figures::Figures;
/// let input = Input { name: "a".into(), kind: Kind::Decimal, label: String::new() };
/// let criterion = Criterion { code: "1".into(), inputs: vec![input], ..Criterion::default() };
/// let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
/// let compiled = Compiled::new(set, &Places::default()).unwrap();
/// let mut figures = Figures::new(&compiled, 2);
/// let third = Value::Number("0.25".parse().unwrap());
/// figures.set_value(1, Slot(0), third.clone());
/// assert_eq!(figures.sheet(1).unwrap().values(), [third]);
/// assert!(figures.sheet(0).unwrap().is_empty());
/// assert!(figures.sheet(2).is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Figures {
    /// The seats in their order, [`TILE`] in each tile.
    tiles: Vec<Tile>,
    /// By seat.
    entries: Vec<Entries>,
}

impl Figures {
    /// So many seats for which nothing was entered.
    #[must_use]
    pub fn new(compiled: &Compiled, seats: usize) -> Self {
        let tiles = vec![Tile::new(&compiled.inputs); seats.div_ceil(TILE)];
        Self { tiles, entries: vec![Entries::default(); seats] }
    }

    /// What stands on some sheets, in their order.
    #[must_use]
    pub fn of<'s>(compiled: &Compiled, sheets: impl ExactSizeIterator<Item = &'s Sheet>) -> Self {
        let (mut figures, sheets) = (Self::new(compiled, sheets.len()), sheets.collect::<Vec<_>>());
        for (entries, sheet) in figures.entries.iter_mut().zip(&sheets) {
            entries.clone_from(&sheet.entries);
        }
        for (tile, sheets) in figures.tiles.iter_mut().zip(sheets.chunks(TILE)) {
            tile.take(sheets);
        }
        figures
    }

    /// How many seats there are.
    #[must_use]
    pub fn seats(&self) -> usize {
        self.entries.len()
    }

    /// Says whether a unit still fills its sheet in.
    pub fn set_open(&mut self, seat: usize, open: bool) {
        if let Some(tile) = self.tile_mut(seat) {
            tile.set_open(seat % TILE, open);
        }
    }

    /// Enters the value of an input for one unit; an earlier one is replaced.
    pub fn set_value(&mut self, seat: usize, slot: Slot, value: Value) {
        if let Some(tile) = self.tile_mut(seat) {
            tile.set_value(seat % TILE, slot, value);
        }
    }

    /// Enters points, or that a criterion does not apply.
    pub fn set_entry(&mut self, seat: usize, node: usize, entry: Entry) {
        if let Some(entries) = self.entries.get_mut(seat) {
            entries.set(node, entry);
        }
    }

    /// The sheet of one seat; `None` where there is no such seat.
    #[must_use]
    pub fn sheet(&self, seat: usize) -> Option<Sheet> {
        let entries = self.entries.get(seat)?.clone();
        let (tile, lane) = (self.tiles.get(seat / TILE)?, seat % TILE);
        Some(Sheet { values: tile.values(lane), entries, open: tile.is_open(lane) })
    }

    /// The seats of each tile, with the entries of all.
    pub(crate) fn tiles(&self) -> impl Iterator<Item = (&Tile, &[Entries])> {
        self.tiles.iter().zip(self.entries.chunks(TILE))
    }

    /// The tile of a seat, where there is such a seat.
    fn tile_mut(&mut self, seat: usize) -> Option<&mut Tile> {
        self.tiles.get_mut(seat / TILE).filter(|_| seat < self.entries.len())
    }
}
