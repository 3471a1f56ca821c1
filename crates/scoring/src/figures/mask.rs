//! Which seats of a tile something is true of: one bit for each.

/// How many seats are scored side by side: as many as a mask has bits.
pub(crate) const TILE: usize = 64;

/// A set of seats, the first in the lowest bit.
pub(crate) type Mask = u64;

/// A mask of one seat.
#[inline]
pub(crate) fn bit(lane: usize) -> Mask {
    1 << (lane % TILE)
}

/// The seats of a mask, in their order.
pub(crate) fn lanes(mask: Mask) -> impl Iterator<Item = usize> {
    let rest = |mask: &Mask| Some(mask & (mask - 1)).filter(|rest| *rest != 0);
    let place = |mask: Mask| usize::try_from(mask.trailing_zeros()).unwrap_or(0);
    std::iter::successors(Some(mask).filter(|mask| *mask != 0), rest).map(place)
}

/// Puts a number at the seats of a mask.
pub(crate) fn put(numbers: &mut [i64; TILE], mask: Mask, number: i64) {
    for lane in lanes(mask) {
        if let Some(place) = numbers.get_mut(lane) {
            *place = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_gives_its_seats_in_order() {
        assert_eq!(lanes(bit(0) | bit(5) | bit(63)).collect::<Vec<_>>(), [0, 5, 63]);
        assert_eq!(lanes(0).count(), 0);
    }
}
