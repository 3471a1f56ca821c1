//! Expressions over all seats of a tile at once.
//!
//! Why the numbers are exact: each side and each pair of lanes carries a bound that none of its numbers exceeds, found from the
//! largest figure of the tile. Before anything is multiplied or added the bound of the outcome is compared with what 64 bits hold;
//! where it could be more, the expression has no lanes and the general evaluator answers for the tile.

use std::borrow::Cow;

use super::fraction::Fraction;
use super::term::{Extreme, Linear, Term};
use crate::figures::Tile;
use crate::figures::mask::{Mask, TILE, lanes, put};

/// Whole numbers of all seats over one denominator.
pub(super) struct Side<'t> {
    pub num: Cow<'t, [i64; TILE]>,
    /// Positive.
    pub den: i64,
    /// No number is further from zero.
    pub most: i128,
    /// Whether some number may be below zero.
    pub negative: bool,
    /// Where the value is missing.
    pub missing: Mask,
    /// Where the general evaluator has to look.
    pub other: Mask,
}

/// Fractions of all seats.
#[derive(Clone)]
pub(super) struct Lanes {
    pub num: [i64; TILE],
    /// Positive.
    pub den: [i64; TILE],
    pub most_num: i128,
    pub most_den: i128,
    pub missing: Mask,
    /// Where something is divided by zero.
    pub zero: Mask,
    pub other: Mask,
}

/// A bound, if 64 bits hold it.
pub(super) fn within(bound: i128) -> Option<i128> {
    (bound <= i128::from(i64::MAX)).then_some(bound)
}

/// The bound of a product.
pub(super) fn product(left: i128, right: i128) -> Option<i128> {
    within(left.checked_mul(right)?)
}

fn size(number: i64) -> i128 {
    i128::from(number).abs()
}

impl Linear {
    /// Its value for all seats.
    pub fn side<'t>(&self, tile: &'t Tile) -> Option<Side<'t>> {
        if let (0, [(slot, 1)], 1) = (self.start, self.parts.as_slice(), self.den) {
            let column = tile.column(*slot);
            let (num, most) = (Cow::Borrowed(&column.words), within(column.most())?);
            let (den, negative) = (column.den, column.negative);
            return Some(Side { num, den, most, negative, missing: column.missing, other: column.other });
        }
        self.added(tile)
    }

    fn added(&self, tile: &Tile) -> Option<Side<'static>> {
        let scale = self.parts.iter().map(|(slot, _)| tile.column(*slot).den).max().unwrap_or(1);
        let (start, den) = (self.start.checked_mul(scale)?, self.den.checked_mul(scale)?);
        let (mut num, mut most, mut negative) = ([start; TILE], size(start), start < 0);
        let (mut missing, mut other) = (0, 0);
        for (slot, times) in &self.parts {
            let column = tile.column(*slot);
            if scale % column.den != 0 {
                return None;
            }
            let times = times.checked_mul(scale / column.den)?;
            most = within(most + product(column.most(), size(times))?)?;
            add(&mut num, &column.words, times);
            negative |= times < 0 || column.negative;
            missing |= column.missing;
            other |= column.other;
        }
        Some(Side { num: Cow::Owned(num), den, most, negative, missing, other })
    }
}

/// Adds words, each so many times.
fn add(sums: &mut [i64; TILE], words: &[i64; TILE], times: i64) {
    match times {
        1 => sums.iter_mut().zip(words).for_each(|(sum, word)| *sum += word),
        _ => sums.iter_mut().zip(words).for_each(|(sum, word)| *sum += times * word),
    }
}

impl Side<'_> {
    fn lanes(self) -> Lanes {
        let Side { num, den, most, missing, other, .. } = self;
        let (num, most_den) = (num.into_owned(), size(den));
        Lanes { num, den: [den; TILE], most_num: most, most_den, missing, zero: 0, other }
    }
}

impl Lanes {
    /// A term for all seats; `None` where a number could be too large. A division by zero counts as `zero`, where a rule says so.
    pub fn of(term: &Term, tile: &Tile, zero: Option<Fraction>) -> Option<Self> {
        let of = |term: &Term| Self::of(term, tile, zero);
        match term {
            Term::Linear(linear) => linear.side(tile).map(Side::lanes),
            Term::Times(inner, factor) => of(inner)?.times(*factor),
            Term::Sum(left, right) => of(left)?.plus(&of(right)?),
            Term::Product(left, right) => of(left)?.multiplied(&of(right)?),
            Term::Quotient(part, all) => of(part)?.divided(&of(all)?, zero),
            Term::Best(extreme, terms) => {
                let mut terms = terms.iter();
                let first = of(terms.next()?)?;
                terms.try_fold(first, |best, term| best.better(&of(term)?, *extreme))
            }
            Term::Fallback(first, second) => Some(of(first)?.or(&of(second)?)),
        }
    }

    /// Where it has no value, whatever a rule says of zero denominators.
    pub fn unsaid(&self) -> Mask {
        self.missing | self.other
    }

    fn times(mut self, factor: Fraction) -> Option<Self> {
        self.most_num = product(self.most_num, size(factor.num))?;
        self.most_den = product(self.most_den, size(factor.den))?;
        for (num, den) in self.num.iter_mut().zip(&mut self.den) {
            (*num, *den) = (*num * factor.num, *den * factor.den);
        }
        Some(self)
    }

    fn plus(mut self, other: &Self) -> Option<Self> {
        let (left, right) =
            (product(self.most_num, other.most_den)?, product(other.most_num, self.most_den)?);
        self.most_num = within(left + right)?;
        self.most_den = product(self.most_den, other.most_den)?;
        for ((num, den), (more, of)) in self.pairs().zip(other.num.iter().zip(&other.den)) {
            (*num, *den) = (*num * of + more * *den, *den * of);
        }
        self.mark(other);
        Some(self)
    }

    fn multiplied(mut self, other: &Self) -> Option<Self> {
        self.most_num = product(self.most_num, other.most_num)?;
        self.most_den = product(self.most_den, other.most_den)?;
        for ((num, den), (times, of)) in self.pairs().zip(other.num.iter().zip(&other.den)) {
            (*num, *den) = (*num * times, *den * of);
        }
        self.mark(other);
        Some(self)
    }

    fn divided(mut self, by: &Self, counts: Option<Fraction>) -> Option<Self> {
        self.most_num = product(self.most_num, by.most_den)?;
        self.most_den = product(self.most_den, by.most_num)?.max(1);
        let mut zero = 0;
        for (lane, ((num, den), (all, of))) in self.pairs().zip(by.num.iter().zip(&by.den)).enumerate() {
            zero |= Mask::from(*all == 0) << lane;
            let sign = if *all < 0 { -1 } else { 1 };
            (*num, *den) = (*num * of * sign, (*den * all * sign).max(1));
        }
        // What is missing or was stopped before stays so.
        let zero = zero & !(self.unsaid() | self.zero | by.unsaid() | by.zero);
        self.mark(by);
        match counts {
            Some(value) => self.set(zero, value),
            None => self.zero |= zero,
        }
        Some(self)
    }

    /// Puts one value at some seats.
    fn set(&mut self, mask: Mask, value: Fraction) {
        put(&mut self.num, mask, value.num);
        put(&mut self.den, mask, value.den);
        self.most_num = self.most_num.max(size(value.num));
        self.most_den = self.most_den.max(size(value.den));
    }

    fn better(mut self, other: &Self, extreme: Extreme) -> Option<Self> {
        product(self.most_num, other.most_den)?;
        product(other.most_num, self.most_den)?;
        for ((num, den), (new, of)) in self.pairs().zip(other.num.iter().zip(&other.den)) {
            let (held, offered) = (*num * of, new * *den);
            let takes = match extreme {
                Extreme::Smallest => offered < held,
                Extreme::Largest => offered > held,
            };
            if takes {
                (*num, *den) = (*new, *of);
            }
        }
        self.most_num = self.most_num.max(other.most_num);
        self.most_den = self.most_den.max(other.most_den);
        self.mark(other);
        Some(self)
    }

    /// The other where this one is missing, and nothing but missing.
    fn or(mut self, other: &Self) -> Self {
        let takes = self.missing & !(self.zero | self.other);
        for lane in lanes(takes) {
            let places = self.num.get_mut(lane).zip(self.den.get_mut(lane));
            let values = other.num.get(lane).zip(other.den.get(lane));
            if let (Some((num, den)), Some((new, of))) = (places, values) {
                (*num, *den) = (*new, *of);
            }
        }
        self.most_num = self.most_num.max(other.most_num);
        self.most_den = self.most_den.max(other.most_den);
        // Which of two reasons came first is for the general evaluator to say.
        self.other |= (self.missing & !takes) | (takes & other.other);
        self.zero = (self.zero & !self.missing) | (takes & other.zero);
        self.missing = takes & other.missing;
        self
    }

    fn pairs(&mut self) -> impl Iterator<Item = (&mut i64, &mut i64)> {
        self.num.iter_mut().zip(&mut self.den)
    }

    /// What stops either of two stops both.
    fn mark(&mut self, other: &Self) {
        self.missing |= other.missing;
        self.zero |= other.zero;
        self.other |= other.other;
    }
}
