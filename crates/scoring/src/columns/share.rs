//! Points in proportion to a measure: by far the commonest rule. Two sums of inputs, one over the other, need a single division.

use parindex_rulebook::number::RoundMode;

use super::fraction::Fraction;
use super::gains::Gains;
use super::lanes::{Lanes, Side, product, within};
use super::program::Terms;
use super::term::{Linear, Term};
use crate::figures::Tile;
use crate::figures::mask::{Mask, TILE};

/// `measure × factor` units of points, within zero and the maximum.
#[derive(Clone, Debug)]
pub(super) struct Share {
    pub measure: Term,
    /// Not negative.
    pub factor: Fraction,
    /// Below here the measure gives nothing.
    pub below: Option<Fraction>,
}

static ONES: [i64; TILE] = [1; TILE];

/// `(part / part_den) / (all / all_den)` for all seats; nothing in `all` is negative.
struct Ratio<'a> {
    part: &'a [i64; TILE],
    most_part: i128,
    part_den: i64,
    all: &'a [i64; TILE],
    most_all: i128,
    all_den: i64,
}

impl Share {
    pub fn give(&self, tile: &Tile, terms: &Terms, gains: &mut Gains) {
        let sums = match &self.measure {
            Term::Linear(linear) => self.of_sum(linear, tile, terms, gains),
            Term::Quotient(part, all) => match (&**part, &**all) {
                (Term::Linear(part), Term::Linear(all)) => self.of_sums((part, all), tile, terms, gains),
                _ => None,
            },
            _ => None,
        };
        if sums.or_else(|| self.of_lanes(tile, terms, gains)).is_none() {
            gains.ask_all();
        }
    }

    fn of_sum(&self, linear: &Linear, tile: &Tile, terms: &Terms, gains: &mut Gains) -> Option<()> {
        let side = linear.side(tile)?;
        self.rounded(&side.over(&ONES, 1, 1), terms, &mut gains.points)?;
        gains.hold(side.missing | side.other, 0, None);
        Some(())
    }

    fn of_sums(
        &self,
        (part, all): (&Linear, &Linear),
        tile: &Tile,
        terms: &Terms,
        gains: &mut Gains,
    ) -> Option<()> {
        let (part, all) = (part.side(tile)?, all.side(tile)?);
        if all.negative || terms.zero_ratio.is_some() {
            return None;
        }
        let zero = self.rounded(&part.over(&all.num, all.most, all.den), terms, &mut gains.points)?;
        gains.hold(part.missing | part.other | all.missing | all.other, zero, terms.zero);
        Some(())
    }

    fn of_lanes(&self, tile: &Tile, terms: &Terms, gains: &mut Gains) -> Option<()> {
        let lanes = Lanes::of(&self.measure, tile, terms.zero_ratio)?;
        let Lanes { num: part, den: all, most_num: most_part, most_den: most_all, .. } = &lanes;
        let (most_part, most_all) = (*most_part, *most_all);
        let ratio = Ratio { part, most_part, part_den: 1, all, most_all, all_den: 1 };
        self.rounded(&ratio, terms, &mut gains.points)?;
        gains.hold(lanes.unsaid(), lanes.zero, terms.zero);
        Some(())
    }

    /// The points of all seats; gives where something is divided by zero, and `None` where a number could be too large.
    ///
    /// Half a unit goes up: the nearest whole number to `x / y` is the floor of `(2x + y) / 2y`, for whole `x ≥ 0` and `y > 0`.
    fn rounded(&self, ratio: &Ratio<'_>, terms: &Terms, points: &mut [i64; TILE]) -> Option<Mask> {
        let (above, below) =
            (self.factor.num.checked_mul(ratio.all_den)?, self.factor.den.checked_mul(ratio.part_den)?);
        let most = product(product(ratio.most_part, above.into())?, 2)?;
        let most_below = product(product(ratio.most_all, below.into())?, 2)?;
        within(most + most_below)?;
        let half = i64::from(terms.unit.mode == RoundMode::HalfUp);
        let (by, max) = (Factors { above, below, half }, terms.unit.max);
        if most + most_below <= i128::from(u32::MAX) {
            narrow(ratio, by, max, points);
        } else {
            broad(ratio, by, max, points);
        }
        if let Some(below) = self.below {
            cut(ratio, below, points)?;
        }
        Some(zeros(ratio.all))
    }
}

/// Takes all points away below a limit.
fn cut(ratio: &Ratio<'_>, below: Fraction, points: &mut [i64; TILE]) -> Option<()> {
    let (by, of) = (ratio.all_den.checked_mul(below.den)?, ratio.part_den.checked_mul(below.num)?);
    product(ratio.most_part, by.into())?;
    product(ratio.most_all, i128::from(of).abs())?;
    for (points, (part, all)) in points.iter_mut().zip(ratio.part.iter().zip(ratio.all)) {
        *points *= i64::from(part * by >= all * of);
    }
    Some(())
}

/// By what part and whole are multiplied, and one where half a unit goes up.
#[derive(Clone, Copy)]
struct Factors {
    above: i64,
    below: i64,
    half: i64,
}

/// Rounded quotients up to a maximum, of numbers of 64 bits.
fn broad(ratio: &Ratio<'_>, by: Factors, max: i64, points: &mut [i64; TILE]) {
    for (points, (part, all)) in points.iter_mut().zip(ratio.part.iter().zip(ratio.all)) {
        let (x, y) = (part.max(&0) * by.above, all * by.below);
        *points = ((2 * x + by.half * y) / (2 * y).max(1)).min(max);
    }
}

/// The same where 32 bits hold every number on the way: products run in several lanes at once, and a division takes half the time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the caller's bound says that nothing is lost"
)]
fn narrow(ratio: &Ratio<'_>, by: Factors, max: i64, points: &mut [i64; TILE]) {
    let (mut above, mut below) = ([0_u32; TILE], [0_u32; TILE]);
    let (part_by, all_by, half) = (by.above as u32, by.below as u32, by.half as u32);
    for ((above, below), (part, all)) in
        above.iter_mut().zip(&mut below).zip(ratio.part.iter().zip(ratio.all))
    {
        let x = ((*part as i32).max(0) as u32).wrapping_mul(part_by);
        let y = (*all as u32).wrapping_mul(all_by);
        *above = x.wrapping_mul(2).wrapping_add(y.wrapping_mul(half));
        *below = y.wrapping_mul(2);
    }
    let max = u32::try_from(max).unwrap_or(u32::MAX);
    for (points, (above, below)) in points.iter_mut().zip(above.iter().zip(&below)) {
        *points = i64::from((above / below.max(&1)).min(max));
    }
}

/// Where a number is zero.
fn zeros(numbers: &[i64; TILE]) -> Mask {
    // No early way out, so that several are looked at at once.
    if numbers.iter().fold(0, |any, number| any | u8::from(*number == 0)) == 0 {
        return 0;
    }
    numbers.iter().enumerate().fold(0, |zeros, (lane, number)| zeros | (Mask::from(*number == 0) << lane))
}

impl Side<'_> {
    fn over<'a>(&'a self, all: &'a [i64; TILE], most_all: i128, all_den: i64) -> Ratio<'a> {
        Ratio { part: &self.num, most_part: self.most, part_den: self.den, all, most_all, all_den }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_of_32_and_of_64_bits_give_the_same() {
        // As large as the bound allows: twice both products together just fit 32 bits.
        let edges = [0, 1, 2, 3, 7, 999, 1_000, 65_535, 65_536, 500_000_000, 1_073_741_823];
        let mut part = [-5_i64; TILE];
        let mut all = [0_i64; TILE];
        for (lane, (part, all)) in part.iter_mut().zip(&mut all).enumerate().skip(1) {
            *part = edges.iter().copied().cycle().nth(lane).unwrap();
            *all = edges.iter().copied().cycle().nth(lane / edges.len() + lane).unwrap();
        }
        let most = 1_073_741_823;
        let ratio = Ratio { part: &part, most_part: most, part_den: 1, all: &all, most_all: most, all_den: 1 };
        assert!(2 * (most + most) <= i128::from(u32::MAX));
        for (half, max) in [(0, 200), (1, 200), (1, i64::MAX)] {
            let by = Factors { above: 1, below: 1, half };
            let (mut of_32, mut of_64) = ([0; TILE], [0; TILE]);
            narrow(&ratio, by, max, &mut of_32);
            broad(&ratio, by, max, &mut of_64);
            assert_eq!(of_32, of_64);
        }
    }
}
