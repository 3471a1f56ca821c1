//! From sums to results: rounded as the set says, or left to the tree where a digit is too close to call.

use parindex_rulebook::number::{Digits, Number};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::RoundAt;

use super::added::Added;
use super::mask::lanes;
use crate::unit::{Sums, Total};

/// How finely criteria are added up that are not rounded: fine enough that few sums stand at the edge of a published digit.
pub(super) const FINE: Digits = match Digits::new(7) {
    Some(digits) => digits,
    None => Digits::TWO,
};

/// How a set rounds its sums.
pub(super) struct Rounds<'c> {
    pub compiled: &'c Compiled,
    /// The decimals of the smallest unit of points.
    pub digits: Digits,
    /// How many criteria count.
    pub criteria: usize,
}

impl Rounds<'_> {
    /// Rounds the sums of a domain of so many criteria, where the set rounds each level.
    pub fn close(&self, added: &mut Added, criteria: usize, full: &Number) {
        for lane in lanes(added.plain) {
            let places = added.points.get_mut(lane).zip(added.rounded.get_mut(lane));
            let Some((points, rounded)) = places else { continue };
            match self.domain(*points, criteria, full).and_then(|units| rounded.checked_add(units)) {
                Some(sum) => (*rounded, *points) = (sum, 0),
                None => added.ask_tree(lane),
            }
        }
    }

    /// The points of a domain as it shows them, in units of the digits that the set keeps.
    fn domain(&self, points: i64, criteria: usize, full: &Number) -> Option<i64> {
        let rounding = self.compiled.set.settings.rounding;
        let rounded = |points: Number| points.round(rounding.digits, rounding.mode).min(full.clone());
        let [low, high] = bounds(points, criteria)?.map(rounded);
        let scale = Number::whole(10_i64.pow(u32::from(rounding.digits.get())));
        if low == high { (low * scale).to_whole() } else { None }
    }

    /// The result of a seat; `None` where the tree has to be asked.
    pub fn total(&self, added: &Added, lane: usize) -> Option<Total> {
        let (points, rounded) = (*added.points.get(lane)?, *added.rounded.get(lane)?);
        let max = added.max.get(lane).copied().filter(|max| *max != 0 && added.is_plain(lane))?;
        let rounding = self.compiled.set.settings.rounding;
        match rounding.at {
            RoundAt::Leaf => Some(self.of(Number::scaled(points, rounding.digits), max)),
            RoundAt::Level => Some(self.of(Number::scaled(rounded, rounding.digits), max)),
            RoundAt::End => self.decided(points, max),
        }
    }

    fn of(&self, points: Number, max: i64) -> Total {
        let max = Number::scaled(max, self.digits);
        Total::of(self.compiled, Sums { points, max, bonus: Number::ZERO, penalty: Number::ZERO })
    }

    /// The total, where the least and the greatest sum that the criteria can have are published alike.
    fn decided(&self, points: i64, max: i64) -> Option<Total> {
        let ends = bounds(points, self.criteria)?.map(|points| self.of(points.max(Number::ZERO), max));
        let [Total::Complete(mut low), Total::Complete(high)] = ends else { return None };
        low.exact_index = None;
        (low.points == high.points && low.index == high.index).then_some(Total::Complete(low))
    }
}

/// The least and the greatest sum of so many criteria that were rounded to [`FINE`] digits: each is half a unit off at most.
fn bounds(points: i64, criteria: usize) -> Option<[Number; 2]> {
    let (twice, loose) = (points.checked_mul(2)?, i64::try_from(criteria).ok()?);
    let halves = 2 * 10_i64.pow(u32::from(FINE.get()));
    Some([
        Number::ratio(twice.checked_sub(loose)?, halves)?,
        Number::ratio(twice.checked_add(loose)?, halves)?,
    ])
}
