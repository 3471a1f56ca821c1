//! Points of one criterion for all seats of a tile, as counts of the smallest unit of points.

use parindex_rulebook::number::{Number, RoundMode};

use super::fraction::Fraction;
use crate::figures::mask::{Mask, TILE, lanes, put};

/// What a criterion gives a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Earned {
    /// So many hundredths, where two digits are kept.
    Points(i64),
    /// The criterion does not apply.
    NotApplicable,
}

/// The smallest unit of points that is kept, and the maximum of a criterion in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// How many of it make a point.
    pub scale: i64,
    pub max: i64,
    pub mode: RoundMode,
}

/// What a criterion gives all seats.
#[derive(Clone)]
pub(super) struct Gains {
    /// Zero where it gives none.
    pub points: [i64; TILE],
    /// Where it does not apply.
    pub absent: Mask,
    /// Where the general evaluator has to be asked.
    pub ask: Mask,
    /// Where it was asked, and the tree has to be.
    pub tree: Mask,
}

impl Unit {
    /// Points within 0 and the maximum, rounded; `None` where they do not fit.
    pub fn points(self, points: Fraction) -> Option<i64> {
        let Fraction { num, den } = points;
        let (above, below) = (i128::from(num.max(0)) * i128::from(self.scale), i128::from(den));
        let rounded = match self.mode {
            RoundMode::HalfUp => (2 * above + below) / (2 * below),
            RoundMode::Cut => above / below,
        };
        i64::try_from(rounded.min(self.max.into())).ok()
    }

    /// Points that a person set, rounded; `None` where they do not fit, or are not within the maximum.
    pub fn entered(self, points: &Number) -> Option<i64> {
        let (num, den) = points.parts()?;
        let (above, most) = (num.checked_mul(self.scale)?, self.max.checked_mul(den)?);
        if !(0..=most).contains(&above) {
            return None;
        }
        match self.mode {
            RoundMode::HalfUp => Some(above.checked_mul(2)?.checked_add(den)? / den.checked_mul(2)?),
            RoundMode::Cut => Some(above / den),
        }
    }
}

impl Gains {
    pub const NONE: Self = Self { points: [0; TILE], absent: 0, ask: 0, tree: 0 };

    /// Nothing for anybody: what a program begins with.
    pub fn clear(&mut self) {
        *self = Self::NONE;
    }

    /// The general evaluator for everybody.
    pub fn ask_all(&mut self) {
        self.clear();
        self.ask = Mask::MAX;
    }

    /// The same for every seat.
    pub fn fill(&mut self, earned: Earned) {
        self.clear();
        match earned {
            Earned::Points(points) => self.points = [points; TILE],
            Earned::NotApplicable => self.absent = Mask::MAX,
        }
    }

    /// The points hold where nothing is missing and nothing was divided by zero; what that means there, if the rule says so.
    pub fn hold(&mut self, ask: Mask, zero: Mask, means: Option<Earned>) {
        let zero = zero & !ask;
        (self.ask, self.absent, self.tree) = (ask, 0, 0);
        match means {
            None => self.ask |= zero,
            Some(Earned::NotApplicable) => self.absent = zero,
            Some(Earned::Points(points)) => put(&mut self.points, zero, points),
        }
        put(&mut self.points, self.ask | self.absent, 0);
    }

    /// Takes what stands there for some seats, where nothing stood before.
    pub fn copy(&mut self, mask: Mask, from: &Self) {
        for lane in lanes(mask & !(from.absent | from.ask)) {
            if let Some((place, points)) = self.points.get_mut(lane).zip(from.points.get(lane)) {
                *place = *points;
            }
        }
        self.absent |= mask & from.absent;
        self.ask |= mask & from.ask;
    }
}
