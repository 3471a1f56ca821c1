//! All units of a block at one stage: scored, ranked, and kept up to date fact by fact.

use parindex_rulebook::eval::Slot;
use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::{RankBy, Ties};

use crate::sheet::{Entry, Sheet};
use crate::unit::{Stage, UnitScore};

/// One unit on the board.
#[derive(Clone, Debug)]
pub struct Seat {
    /// What the unit entered.
    pub sheet: Sheet,
    /// Whether it takes a rank.
    pub ranked: bool,
}

/// Where each node finds the points of the unit above: by seat and node.
pub type Above<'a> = dyn Fn(usize, usize) -> Option<Number> + 'a;

/// The scores of a block, with the order that gives its ranks.
pub struct Board<'c> {
    compiled: &'c Compiled,
    stage: Stage<'c>,
    seats: Vec<Seat>,
    scores: Vec<UnitScore>,
    /// For each seat what the unit above has, where a rule takes it.
    above: Vec<Vec<(usize, Number)>>,
    /// Ranked results, largest first.
    order: Vec<(Number, usize)>,
}

impl<'c> Board<'c> {
    /// Scores and ranks all units.
    pub fn new(compiled: &'c Compiled, stage: Stage<'c>, seats: Vec<Seat>, above: &Above<'_>) -> Self {
        let scores = score_all(compiled, &stage, &seats, above);
        let taking: Vec<usize> = (0..compiled.rules.len())
            .filter(|node| compiled.rules.get(*node).is_some_and(parindex_rulebook::rule::Rule::takes_parent))
            .collect();
        let of_seat =
            |seat: usize| taking.iter().filter_map(|node| Some((*node, above(seat, *node)?))).collect();
        let kept = if taking.is_empty() { Vec::new() } else { (0..seats.len()).map(of_seat).collect() };
        let mut board = Self { compiled, stage, seats, scores, above: kept, order: Vec::new() };
        board.order = (0..board.seats.len()).filter_map(|seat| Some((board.result(seat)?, seat))).collect();
        board.order.sort_by(|left, right| right.0.cmp(&left.0));
        board
    }

    /// The set behind the board.
    #[must_use]
    pub fn compiled(&self) -> &'c Compiled {
        self.compiled
    }

    /// How the stage counts.
    #[must_use]
    pub fn stage(&self) -> &Stage<'c> {
        &self.stage
    }

    /// The score of a seat.
    #[must_use]
    pub fn score(&self, seat: usize) -> Option<&UnitScore> {
        self.scores.get(seat)
    }

    /// What a seat entered.
    #[must_use]
    pub fn sheet(&self, seat: usize) -> Option<&Sheet> {
        self.seats.get(seat).map(|seat| &seat.sheet)
    }

    /// How many units have a rank.
    #[must_use]
    pub fn ranked(&self) -> usize {
        self.order.len()
    }

    /// The rank of a seat; `None` when it takes none.
    #[must_use]
    pub fn rank(&self, seat: usize) -> Option<usize> {
        let result = self.result(seat)?;
        let better = self.order.partition_point(|(other, _)| *other > result);
        let ahead = self.order.get(..better).unwrap_or_default();
        Some(match self.compiled.set.settings.ties {
            Ties::Competition => better + 1,
            Ties::Dense => ahead.chunk_by(|left, right| left.0 == right.0).count() + 1,
        })
    }

    /// Enters one value; recomputes only the criteria that read it and what stands above them.
    pub fn set_value(&mut self, seat: usize, slot: Slot, value: Value) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.sheet.set_value(slot, value);
        let leaves = self.compiled.readers.get(slot.index()).map_or(&[][..], Vec::as_slice);
        self.refresh(seat, leaves);
    }

    /// Enters points for one criterion, or that it does not apply.
    pub fn set_entry(&mut self, seat: usize, node: usize, entry: Entry) {
        let Some(place) = self.seats.get_mut(seat) else { return };
        place.sheet.set_entry(node, entry);
        self.refresh(seat, &[node]);
    }

    /// Points that come from the unit above do not change while its own unit is edited.
    fn refresh(&mut self, seat: usize, leaves: &[usize]) {
        let before = self.result(seat);
        if let (Some(place), Some(score)) = (self.seats.get(seat), self.scores.get_mut(seat)) {
            let above = self.above.get(seat).map_or(&[][..], Vec::as_slice);
            let find =
                |node: usize| above.iter().find(|(of, _)| *of == node).map(|(_, points)| points.clone());
            for leaf in leaves {
                score.update(self.compiled, &place.sheet, &self.stage, &find, *leaf);
            }
            // A value that only a check reads still makes an empty sheet a begun one.
            score.add_up(self.compiled, &place.sheet);
        }
        let after = self.result(seat);
        if before != after {
            self.reseat(seat, before.as_ref(), after);
        }
    }

    fn reseat(&mut self, seat: usize, before: Option<&Number>, after: Option<Number>) {
        if let Some(before) = before {
            let start = self.order.partition_point(|(other, _)| other > before);
            let tied = self.order.iter().skip(start).position(|(_, of)| *of == seat);
            if let Some(offset) = tied {
                self.order.remove(start + offset);
            }
        }
        if let Some(after) = after {
            let place = self.order.partition_point(|(other, _)| *other >= after);
            self.order.insert(place, (after, seat));
        }
    }

    /// What the rank of a seat compares.
    fn result(&self, seat: usize) -> Option<Number> {
        self.seats.get(seat).filter(|seat| seat.ranked)?;
        let complete = self.scores.get(seat)?.total().complete()?;
        Some(match self.compiled.set.settings.index.rank_by {
            RankBy::Published => complete.index.clone(),
            RankBy::Exact => complete.exact_index.clone(),
        })
    }
}

/// How many units are scored side by side: their sheets fit the processor's cache together.
const TILE: usize = 16;

/// Scores all sheets, tile by tile and within a tile node by node, so that the same rule runs many times in a row.
fn score_all(compiled: &Compiled, stage: &Stage<'_>, seats: &[Seat], above: &Above<'_>) -> Vec<UnitScore> {
    let mut scores: Vec<UnitScore> = seats.iter().map(|_| UnitScore::blank(compiled)).collect();
    for (tile, (seats, scores)) in seats.chunks(TILE).zip(scores.chunks_mut(TILE)).enumerate() {
        for node in compiled.walk.iter().rev() {
            for (at, (seat, score)) in seats.iter().zip(scores.iter_mut()).enumerate() {
                score.recompute(compiled, &seat.sheet, stage, &|node| above(tile * TILE + at, node), *node);
            }
        }
        for (seat, score) in seats.iter().zip(scores) {
            score.add_up(compiled, &seat.sheet);
        }
    }
    scores
}
