//! What all seats of a tile have so far, in the smallest unit of points.

use crate::figures::mask::{Mask, TILE, bit};

/// Sums by seat. Each criterion gives at most its maximum, and all maxima together fit 64 bits, so no sum overflows.
pub(super) struct Added {
    pub points: [i64; TILE],
    /// Sums of domains that are rounded already, in the digits that the set keeps.
    pub rounded: [i64; TILE],
    /// The maximum that applies.
    pub max: [i64; TILE],
    /// The seats of which the tree has not to be asked.
    pub plain: Mask,
}

impl Added {
    pub fn new(max: i64, plain: Mask) -> Self {
        Self { points: [0; TILE], rounded: [0; TILE], max: [max; TILE], plain }
    }

    pub fn add(&mut self, lane: usize, points: i64) {
        if let Some(sum) = self.points.get_mut(lane) {
            *sum += points;
        }
    }

    /// A criterion that has left the maximum.
    pub fn leave_out(&mut self, lane: usize, max: i64) {
        if let Some(sum) = self.max.get_mut(lane) {
            *sum -= max;
        }
    }

    pub fn is_plain(&self, lane: usize) -> bool {
        self.plain & bit(lane) != 0
    }

    pub fn ask_tree(&mut self, lane: usize) {
        self.plain &= !bit(lane);
    }
}
