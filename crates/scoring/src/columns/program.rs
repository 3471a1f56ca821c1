//! A rule made ready for columns.

use parindex_rulebook::eval::Slot;

use super::bands::Bands;
use super::fraction::Fraction;
use super::gains::{Earned, Gains, Unit};
use super::mask::{Mask, TILE, put};
use super::share::Share;
use super::tile::Tile;

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
    /// The points of all seats.
    pub fn gains(&self, tile: &Tile, terms: &Terms) -> Gains {
        match self {
            Self::Fixed(earned) => Gains::all(*earned),
            Self::Share(share) => share.gains(tile, terms),
            Self::Bands(bands) => bands.gains(tile, terms),
            Self::Table(slot, earned) => table(*slot, earned, tile),
            Self::Pick(slot, programs) => pick(*slot, programs, tile, terms),
            Self::NoBreach(slots, otherwise) => no_breach(slots, otherwise, tile, terms),
        }
    }
}

fn table(slot: Slot, earned: &[Earned], tile: &Tile) -> Gains {
    let column = tile.column(slot);
    let (mut points, mut ask, mut absent) = ([0; TILE], column.unsaid(), 0);
    for (lane, (points, word)) in points.iter_mut().zip(&column.words).enumerate() {
        match usize::try_from(*word).ok().and_then(|word| earned.get(word)) {
            Some(Earned::Points(earned)) => *points = *earned,
            Some(Earned::NotApplicable) => absent |= Mask::from(true) << lane,
            None => ask |= Mask::from(true) << lane,
        }
    }
    put(&mut points, ask, 0);
    absent &= !ask;
    Gains { points, absent, ask, ..Gains::NONE }
}

fn pick(slot: Slot, programs: &[Program], tile: &Tile, terms: &Terms) -> Gains {
    let column = tile.column(slot);
    let mut gains = Gains::NONE;
    let mut left = !column.unsaid();
    for (program, word) in programs.iter().zip(0_i64..) {
        let chosen = words(&column.words, |other| other == word) & left;
        if chosen != 0 {
            gains.take(chosen, &program.gains(tile, terms));
            left &= !chosen;
        }
    }
    gains.ask |= left | column.unsaid();
    gains
}

fn no_breach(slots: &[Slot], otherwise: &Program, tile: &Tile, terms: &Terms) -> Gains {
    let (mut unsaid, mut breach) = (0, 0);
    for slot in slots {
        let column = tile.column(*slot);
        unsaid |= column.unsaid();
        breach |= words(&column.words, |word| word != 0);
    }
    let mut gains = Gains::where_said([terms.unit.max; TILE], unsaid, 0, None);
    let breach = breach & !unsaid;
    put(&mut gains.points, breach, 0);
    gains.take(breach, &otherwise.gains(tile, terms));
    gains
}

fn words(words: &[i64; TILE], holds: impl Fn(i64) -> bool) -> Mask {
    let each = words.iter().enumerate();
    each.fold(0, |mask, (lane, word)| mask | (Mask::from(holds(*word)) << lane))
}
