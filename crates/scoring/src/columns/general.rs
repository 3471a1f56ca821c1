//! What the general evaluator says of one criterion of one sheet, as a count of the smallest unit of points.

use parindex_rulebook::input::Value;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::RoundAt;

use super::gains::Earned;
use super::seats::Seats;
use crate::sheet::{Entry, Sheet};
use crate::unit::{Cell, StageRules, leaf, unrounded};

/// A set at a stage, for the general evaluator.
pub(super) struct General<'c> {
    pub compiled: &'c Compiled,
    pub stage: StageRules<'c>,
    /// Where the set rounds.
    pub at: RoundAt,
    /// The decimals of the smallest unit of points.
    pub digits: Digits,
    /// Room for what the evaluator looks at; nothing stands on it in between.
    pub sheet: Sheet,
}

impl General<'_> {
    /// The points of a criterion for a seat of which nothing is open or entered above it; `None` where they cannot be added up, and
    /// the tree has to be asked. A criterion looks at its own figures alone, so no more of the sheet is laid out.
    pub fn earned(&mut self, node: usize, seats: &Seats<'_>, lane: usize) -> Option<Earned> {
        let reads = self.compiled.reads.get(node).map_or(&[][..], Vec::as_slice);
        for slot in reads {
            self.sheet.set_value(*slot, seats.tile.value(lane, *slot));
        }
        self.sheet.set_entry(node, seats.entry(lane, node).clone());
        let cell = self.cell(node);
        for slot in reads {
            self.sheet.set_value(*slot, Value::Missing);
        }
        self.sheet.set_entry(node, Entry::Nothing);
        self.counted(cell)
    }

    fn cell(&self, node: usize) -> Cell {
        match self.at {
            RoundAt::Leaf => leaf(self.compiled, &self.sheet, &self.stage, &|_| None, node, &mut ()),
            RoundAt::Level | RoundAt::End => {
                unrounded(self.compiled, &self.sheet, &self.stage, &|_| None, node, &mut ())
            }
        }
    }

    fn counted(&self, cell: Cell) -> Option<Earned> {
        match cell {
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
