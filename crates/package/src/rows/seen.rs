//! What was entered before: the same thing stands in a package once.

/// What was entered in a block: one bit for each thing, because a list of the million things of a national campaign takes more room than
/// what is made of them.
#[derive(Clone, Default)]
pub(super) struct Seen {
    /// By stage, member and thing: inputs by their slot, and behind them what has no input by its node.
    bits: Vec<Vec<Vec<u64>>>,
    /// By entry: its row.
    pub(super) rows: Vec<u32>,
    /// By table: its first entry.
    pub(super) tables: Vec<usize>,
}

/// Words of bits that are kept; a national campaign with five stages needs a hundredth.
pub(super) const MAX_BITS: usize = 16 << 20;

impl Seen {
    /// The table and the row of an entry.
    pub(super) fn place(&self, entry: usize) -> Option<(usize, u32)> {
        let table = self.tables.partition_point(|first| *first <= entry).checked_sub(1)?;
        Some((table, *self.rows.get(entry)?))
    }

    /// How many words of bits a thing adds.
    pub(super) fn needs(&self, stage: usize, member: usize, thing: usize) -> usize {
        let there = self.bits.get(stage).and_then(|of| of.get(member)).map_or(0, Vec::len);
        (thing / 64 + 1).saturating_sub(there)
    }

    /// Keeps that a thing was entered; whether it was before.
    pub(super) fn again(&mut self, stage: usize, member: usize, thing: usize) -> bool {
        let word = at(&mut self.bits, stage).and_then(|of| at(of, member)).and_then(|of| at(of, thing / 64));
        let Some(word) = word else { return false };
        let bit = 1 << (thing % 64);
        let before = *word & bit != 0;
        *word |= bit;
        before
    }
}

/// The place of a list, which grows to have it.
fn at<T: Clone + Default>(list: &mut Vec<T>, place: usize) -> Option<&mut T> {
    if list.len() <= place {
        list.resize(place.saturating_add(1), T::default());
    }
    list.get_mut(place)
}
