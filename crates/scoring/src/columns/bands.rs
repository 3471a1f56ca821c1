//! Which band of a rule holds a value, for all seats of a tile.

use parindex_rulebook::rule::{End, Range};

use super::fraction::Fraction;
use super::gains::Gains;
use super::lanes::{Lanes, product, within};
use super::program::{Program, Terms};
use super::term::Term;
use crate::figures::Tile;
use crate::figures::mask::Mask;

/// Bands of a measure, each with what it gives.
#[derive(Clone, Debug)]
pub(super) struct Bands {
    pub measure: Term,
    pub bands: Vec<(Ends, Program)>,
}

/// The ends of a band.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    from: Option<Limit>,
    to: Option<Limit>,
}

#[derive(Clone, Copy, Debug)]
struct Limit {
    at: Fraction,
    included: bool,
}

impl Bands {
    pub fn give(&self, tile: &Tile, terms: &Terms, gains: &mut Gains) {
        if self.found(tile, terms, gains).is_none() {
            gains.ask_all();
        }
    }

    fn found(&self, tile: &Tile, terms: &Terms, gains: &mut Gains) -> Option<()> {
        let lanes = Lanes::of(&self.measure, tile, terms.zero_ratio)?;
        gains.clear();
        gains.hold(lanes.unsaid(), lanes.zero, terms.zero);
        let mut left = !(lanes.unsaid() | lanes.zero);
        for (ends, program) in &self.bands {
            let inside = ends.hold(&lanes)? & left;
            gains.take(inside, program, tile, terms);
            left &= !inside;
        }
        // A value that no band holds is a failure with words of its own.
        gains.ask |= left;
        Some(())
    }
}

impl Ends {
    pub fn of(range: &Range) -> Option<Self> {
        let limit = |end: &Option<End>| match end {
            Some(end) => Some(Some(Limit { at: Fraction::of(&end.at)?, included: end.included })),
            None => Some(None),
        };
        Some(Self { from: limit(&range.from)?, to: limit(&range.to)? })
    }

    /// Where a value lies between both ends.
    fn hold(self, lanes: &Lanes) -> Option<Mask> {
        let from = self.from.map_or(Some(Mask::MAX), |limit| limit.reached(lanes))?;
        let to = self.to.map_or(Some(Mask::MAX), |limit| limit.kept(lanes))?;
        Some(from & to)
    }
}

impl Limit {
    /// Where a value is at least here, or above where the end itself does not belong to the band.
    fn reached(self, lanes: &Lanes) -> Option<Mask> {
        self.fits(lanes)?;
        let (Fraction { num, den }, more) = (self.at, i64::from(!self.included));
        Some(mask(lanes, |value, of| value * den >= of * num + more))
    }

    /// Where a value is at most here, or below.
    fn kept(self, lanes: &Lanes) -> Option<Mask> {
        self.fits(lanes)?;
        let (Fraction { num, den }, less) = (self.at, i64::from(!self.included));
        Some(mask(lanes, |value, of| value * den + less <= of * num))
    }

    /// Both sides of the comparison, and one more, are whole numbers of 64 bits.
    fn fits(self, lanes: &Lanes) -> Option<()> {
        let value = product(lanes.most_num, self.at.den.into())?;
        let limit = product(lanes.most_den, i128::from(self.at.num).abs())?;
        within(value + 1)?;
        within(limit + 1)?;
        Some(())
    }
}

fn mask(lanes: &Lanes, holds: impl Fn(i64, i64) -> bool) -> Mask {
    let pairs = lanes.num.iter().zip(&lanes.den).enumerate();
    pairs.fold(0, |mask, (lane, (num, den))| mask | (Mask::from(holds(*num, *den)) << lane))
}
