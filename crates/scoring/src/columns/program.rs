//! A rule made ready for columns.

use parindex_rulebook::slot::Slot;

use super::bands::Bands;
use super::fraction::Fraction;
use super::gains::{Earned, Gains, Unit};
use super::share::Share;
use crate::figures::Tile;
use crate::figures::mask::{Mask, TILE, bit, put};

/// How a rule gives points.
#[derive(Clone, Debug)]
pub(super) enum Program {
    /// Always the same.
    Fixed(Earned),
    Share(Share),
    Bands(Bands),
    /// What each answer earns, by the word that stands for it.
    Table(Slot, Vec<Earned>),
    /// The program of each answer, by the word that stands for it.
    Pick(Slot, Vec<Program>),
    /// The maximum while none of these occurred, else what is left.
    NoBreach(Vec<Slot>, Box<Program>),
}

/// What holds for the whole of a criterion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub unit: Unit,
    /// What a zero denominator gives, where the rule says so.
    pub zero: Option<Earned>,
    /// What a division by zero counts as, where the rule says so.
    pub zero_ratio: Option<Fraction>,
}

impl Program {
    /// Finds the points of all seats, in place of what stood there.
    pub fn give(&self, tile: &Tile, terms: &Terms, gains: &mut Gains) {
        match self {
            Self::Fixed(earned) => gains.fill(*earned),
            Self::Share(share) => share.give(tile, terms, gains),
            Self::Bands(bands) => bands.give(tile, terms, gains),
            Self::Table(slot, earned) => table(*slot, earned, tile, gains),
            Self::Pick(slot, programs) => pick(*slot, programs, tile, terms, gains),
            Self::NoBreach(slots, otherwise) => no_breach(slots, otherwise, tile, terms, gains),
        }
    }
}

impl Gains {
    /// Takes what a program gives some seats, for which nothing stood here before.
    pub fn take(&mut self, mask: Mask, program: &Program, tile: &Tile, terms: &Terms) {
        match program {
            _ if mask == 0 => {}
            Program::Fixed(Earned::Points(points)) => put(&mut self.points, mask, *points),
            Program::Fixed(Earned::NotApplicable) => self.absent |= mask,
            other => {
                let mut from = Self::NONE;
                other.give(tile, terms, &mut from);
                self.copy(mask, &from);
            }
        }
    }
}

fn table(slot: Slot, earned: &[Earned], tile: &Tile, gains: &mut Gains) {
    let column = tile.column(slot);
    let (mut ask, mut absent) = (column.unsaid(), 0);
    for (lane, (points, word)) in gains.points.iter_mut().zip(&column.words).enumerate() {
        match usize::try_from(*word).ok().and_then(|word| earned.get(word)) {
            Some(Earned::Points(earned)) => *points = *earned,
            Some(Earned::NotApplicable) => absent |= bit(lane),
            None => ask |= bit(lane),
        }
    }
    gains.hold(ask, absent, Some(Earned::NotApplicable));
}

fn pick(slot: Slot, programs: &[Program], tile: &Tile, terms: &Terms, gains: &mut Gains) {
    let column = tile.column(slot);
    gains.clear();
    let mut left = !column.unsaid();
    for (program, word) in programs.iter().zip(0_i64..) {
        let chosen = words(&column.words, |other| other == word) & left;
        gains.take(chosen, program, tile, terms);
        left &= !chosen;
    }
    gains.ask |= left | column.unsaid();
}

fn no_breach(slots: &[Slot], otherwise: &Program, tile: &Tile, terms: &Terms, gains: &mut Gains) {
    let (mut unsaid, mut breach) = (0, 0);
    for slot in slots {
        let column = tile.column(*slot);
        unsaid |= column.unsaid();
        breach |= words(&column.words, |word| word != 0);
    }
    gains.points = [terms.unit.max; TILE];
    let breach = breach & !unsaid;
    gains.hold(unsaid, 0, None);
    put(&mut gains.points, breach, 0);
    gains.take(breach, otherwise, tile, terms);
}

fn words(words: &[i64; TILE], holds: impl Fn(i64) -> bool) -> Mask {
    let each = words.iter().enumerate();
    each.fold(0, |mask, (lane, word)| mask | (Mask::from(holds(*word)) << lane))
}
