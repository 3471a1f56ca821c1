//! The seats of a tile: their figures, and what a person entered.

use crate::figures::Tile;
use crate::figures::mask::{Mask, TILE, bit};
use crate::sheet::{Entries, Entry};

/// The seats that are scored side by side.
#[derive(Clone, Copy)]
pub(super) struct Seats<'a> {
    pub tile: &'a Tile,
    /// By lane.
    pub entries: &'a [Entries],
}

impl<'a> Seats<'a> {
    /// What stands for a node of a seat.
    pub fn entry(&self, lane: usize, node: usize) -> &'a Entry {
        self.entries.get(lane).map_or(&Entry::Nothing, |entries| entries.of(node))
    }

    /// The seats that need no tree: something was entered, the sheet is closed, and nothing was entered for a whole domain, which
    /// `on_criteria` tells of each seat.
    pub fn plain(&self, on_criteria: Mask) -> Mask {
        let there = if self.entries.len() < TILE { bit(self.entries.len()) - 1 } else { Mask::MAX };
        let closed = there & on_criteria & !self.tile.open;
        let by_entries = self.entries.iter().enumerate();
        let by_entries = by_entries.filter(|(_, entries)| !entries.as_slice().is_empty());
        let begun = by_entries.fold(0, |begun, (lane, _)| begun | bit(lane));
        (begun & closed) | self.tile.begun(closed & !begun)
    }
}
