//! What the general evaluator says of one criterion of one sheet, as a count of the smallest unit of points.

use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::RoundAt;

use super::gains::Earned;
use crate::sheet::Sheet;
use crate::unit::{Cell, Stage, leaf, unrounded};

/// A set at a stage, for the general evaluator.
#[derive(Clone, Copy)]
pub(super) struct General<'c> {
    pub compiled: &'c Compiled,
    pub stage: Stage<'c>,
    /// Where the set rounds.
    pub at: RoundAt,
    /// The decimals of the smallest unit of points.
    pub digits: Digits,
}

impl General<'_> {
    /// The points of a criterion; `None` where they cannot be added up, and the tree has to be asked.
    pub fn earned(&self, node: usize, sheet: &Sheet) -> Option<Earned> {
        let score = match self.at {
            RoundAt::Leaf => leaf(self.compiled, sheet, &self.stage, &|_| None, node, &mut ()),
            RoundAt::Level | RoundAt::End => {
                unrounded(self.compiled, sheet, &self.stage, &|_| None, node, &mut ())
            }
        };
        match score {
            Cell::Points(points) => {
                Some(Earned::Points(self.scaled(&points.round(self.digits, RoundMode::HalfUp))?))
            }
            Cell::LeftOut => Some(Earned::NotApplicable),
            Cell::NotScored | Cell::Rescaled | Cell::Information | Cell::Failed(_) => None,
        }
    }

    /// A number in the smallest unit of points.
    pub fn scaled(&self, number: &Number) -> Option<i64> {
        let scale = self.scale();
        let (num, den) = number.parts()?;
        (scale % den == 0).then(|| num.checked_mul(scale / den)).flatten()
    }

    /// How many of the smallest unit make a point.
    pub fn scale(&self) -> i64 {
        10_i64.pow(u32::from(self.digits.get()))
    }
}
