//! Points in proportion to a share: by far the commonest rule, so two counts have a way of their own.

use super::fraction::{Figures, Fraction, Snag};
use super::{Earned, Expr, Unit};
use crate::expr::Op;
use crate::input::Value;

/// From which share there are full marks, below which none.
#[derive(Clone, Debug)]
pub(super) struct Share {
    pub full: Fraction,
    pub zero_below: Option<Fraction>,
}

/// Counts, and factors of a lower bound, stay below this: products of two are far from 63 bits.
const SMALL: i64 = 1 << SMALL_BITS;
const SMALL_BITS: u32 = 20;

impl Share {
    #[inline]
    pub fn earned(&self, unit: Unit, measure: &Expr, figures: &Figures<'_>) -> Result<Option<Earned>, Snag> {
        if let Some(earned) = self.of_counts(unit, measure, figures) {
            return Ok(Some(earned));
        }
        let share = figures.value(measure)?;
        if let Some(below) = self.zero_below
            && share.less(below)?
        {
            return Ok(Some(Earned::Points(0)));
        }
        if !share.less(self.full)? {
            return Ok(Some(Earned::Points(unit.max)));
        }
        let max = Fraction { num: unit.max, den: unit.scale };
        Ok(unit.earned(share.multiply(max)?.divide(self.full)?))
    }

    #[inline]
    fn of_counts(&self, unit: Unit, measure: &Expr, figures: &Figures<'_>) -> Option<Earned> {
        let Expr::Binary(Op::Divide, part, all) = measure else { return None };
        let (Expr::Input(part), Expr::Input(all)) = (&**part, &**all) else { return None };
        let (part, all) =
            (count(figures.values.get(part.index())?)?, count(figures.values.get(all.index())?)?);
        let none = self.zero_below.unwrap_or(Fraction::ZERO);
        if all == 0 || !self.fits(unit) || !none.is_small() {
            return None;
        }
        // Without branches on the figures, which no processor can foretell.
        let (above, below) = (part * self.full.den * unit.max, all * self.full.num);
        let points = ((2 * above + below) / (2 * below)).min(unit.max);
        let reached = i64::from(part * none.den >= all * none.num);
        Some(Earned::Points(points * reached))
    }
}

impl Share {
    /// Whether the product of a count, a factor of the threshold and the maximum stays within 61 bits, so that twice as much fits.
    #[inline]
    fn fits(&self, unit: Unit) -> bool {
        let bits = |number: i64| i64::BITS - number.leading_zeros();
        self.full.num >= 0 && SMALL_BITS + bits(self.full.num.max(self.full.den)) + bits(unit.max) <= 61
    }
}

impl Fraction {
    #[inline]
    fn is_small(self) -> bool {
        (0..SMALL).contains(&self.num) && self.den < SMALL
    }
}

/// A small whole number that is not negative.
#[inline]
pub(super) fn count(value: &Value) -> Option<i64> {
    let Value::Number(number) = value else { return None };
    number.parts().filter(|(num, den)| *den == 1 && (0..SMALL).contains(num)).map(|(num, _)| num)
}
