//! From sums to results: rounded as the set says, or left to the tree where a digit is too close to call.
//!
//! Criteria that are not rounded were added up as ten-millionths, each half of one off at most. What is published of such a sum rises
//! with it; so where the least and the greatest sum within that bound give the same digits, the exact one gives them too.

use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::{IndexFormula, RoundAt};

use super::added::Added;
use crate::figures::mask::lanes;
use crate::unit::{Complete, Sums, Total};

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

/// The least and the greatest that a sum can be, in halves of the smallest unit; never negative, as points are not.
type Ends = [i128; 2];

impl Rounds<'_> {
    /// Rounds the sums of a domain of so many criteria, where the set rounds each level; `full` is the most that it shows.
    pub fn close(&self, added: &mut Added, criteria: usize, full: i64) {
        for lane in lanes(added.plain) {
            let places = added.points.get_mut(lane).zip(added.rounded.get_mut(lane));
            let Some((points, rounded)) = places else { continue };
            match self.domain(*points, criteria, full).and_then(|units| rounded.checked_add(units)) {
                Some(sum) => (*rounded, *points) = (sum, 0),
                None => added.ask_tree(lane),
            }
        }
    }

    /// The points of a domain as it shows them, in units of the digits that the set keeps. What rounding takes above the maximum is
    /// cut at it, and need be no such unit: that is for the tree.
    fn domain(&self, points: i64, criteria: usize, full: i64) -> Option<i64> {
        let kept = self.compiled.set.settings.rounding.digits;
        let (scale, fine) = (power(kept), power(self.digits));
        let rounded = self.decided(ends(points, criteria)?, scale, 2 * fine)?;
        (i128::from(rounded) * fine <= i128::from(full) * scale).then_some(rounded)
    }

    /// The result of a seat; `None` where the tree has to be asked.
    pub fn total(&self, added: &Added, lane: usize) -> Option<Total> {
        let (points, rounded) = (*added.points.get(lane)?, *added.rounded.get(lane)?);
        let max = added.max.get(lane).copied().filter(|max| *max != 0 && added.is_plain(lane))?;
        let rounding = self.compiled.set.settings.rounding;
        match rounding.at {
            RoundAt::Leaf => Some(self.of(Number::scaled(points, rounding.digits), max)),
            RoundAt::Level => Some(self.of(Number::scaled(rounded, rounding.digits), max)),
            RoundAt::End => self.at_end(points, max),
        }
    }

    fn of(&self, points: Number, max: i64) -> Total {
        let max = Number::scaled(max, self.digits);
        Total::of(self.compiled, Sums { points, max, bonus: Number::ZERO, penalty: Number::ZERO })
    }

    /// The total of criteria that are not rounded, where its digits are beyond doubt.
    fn at_end(&self, points: i64, max: i64) -> Option<Total> {
        let settings = &self.compiled.set.settings;
        let (kept, index) = (settings.rounding.digits, settings.index);
        let (ends, fine) = (ends(points, self.criteria)?, power(self.digits));
        let points = self.decided(ends, power(kept), 2 * fine)?;
        let published = match index.formula {
            IndexFormula::Points => self.decided(ends, power(index.digits), 2 * fine)?,
            IndexFormula::Share => self.decided(ends, 100 * power(index.digits), 2 * i128::from(max))?,
        };
        Some(Total::Complete(Box::new(Complete {
            points: Number::scaled(points, kept),
            max: Number::scaled(max, self.digits),
            bonus: Number::ZERO,
            penalty: Number::ZERO,
            index: Number::scaled(published, index.digits),
            exact_index: None,
        })))
    }

    /// `ends × times / by` rounded to a whole number, where both give the same.
    fn decided(&self, ends: Ends, times: i128, by: i128) -> Option<i64> {
        let mode = self.compiled.set.settings.rounding.mode;
        let rounded = |end: i128| {
            let above = end.checked_mul(times)?;
            match mode {
                RoundMode::HalfUp => Some(above.checked_mul(2)?.checked_add(by)? / by.checked_mul(2)?),
                RoundMode::Cut => Some(above / by),
            }
        };
        let [low, high] = ends.map(rounded);
        if low == high { i64::try_from(low?).ok() } else { None }
    }
}

/// How many of a unit with so many decimals make a point.
fn power(digits: Digits) -> i128 {
    10_i128.pow(u32::from(digits.get()))
}

/// The least and the greatest sum of so many criteria that were rounded: each is half a unit off at most.
fn ends(points: i64, criteria: usize) -> Option<Ends> {
    let (twice, loose) = (2 * i128::from(points), i128::try_from(criteria).ok()?);
    Some([(twice - loose).max(0), twice + loose])
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::set::{CriteriaSet, Criterion, Places};

    use super::*;

    #[test]
    fn a_digit_is_taken_only_where_no_sum_in_reach_has_another() {
        let criterion = Criterion { code: "1".into(), max: Some(Number::whole(9)), ..Criterion::default() };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let rounds = Rounds { compiled: &compiled, digits: FINE, criteria: 3 };
        let domain = |points| rounds.domain(points, 3, 90_000_000);
        assert_eq!(
            (domain(12_300_000), domain(12_349_998), domain(12_350_002)),
            (Some(123), Some(123), Some(124))
        );
        assert_eq!((domain(12_349_999), domain(12_350_001)), (None, None));
        assert_eq!(rounds.domain(12_399_990, 3, 12_399_990), None);
    }
}
