//! Ranks within a block.

use parindex_rulebook::number::Number;
use parindex_rulebook::settings::Ties;

/// The rank of each result, 1 for the largest; `None` stays unranked and takes no place.
///
/// ```
/// use parindex_rulebook::settings::Ties;
/// use parindex_scoring::ranking::ranks;
/// let results = ["95.7", "96.3", "95.7", "95.22"].map(|text| text.parse().ok());
/// assert_eq!(ranks(&results, Ties::Competition), [Some(2), Some(1), Some(2), Some(4)]);
/// assert_eq!(ranks(&results, Ties::Dense), [Some(2), Some(1), Some(2), Some(3)]);
/// assert_eq!(ranks(&[None, "0".parse().ok()], Ties::Competition), [None, Some(1)]);
/// ```
#[must_use]
pub fn ranks(results: &[Option<Number>], ties: Ties) -> Vec<Option<usize>> {
    let mut order: Vec<(usize, &Number)> =
        results.iter().enumerate().filter_map(|(at, result)| Some((at, result.as_ref()?))).collect();
    order.sort_by(|left, right| right.1.cmp(left.1));
    let mut ranks = vec![None; results.len()];
    let mut last: Option<(&Number, usize)> = None;
    for (place, (at, result)) in order.iter().enumerate() {
        let rank = match last {
            Some((value, rank)) if value == *result => rank,
            Some((_, rank)) if ties == Ties::Dense => rank + 1,
            _ => place + 1,
        };
        last = Some((result, rank));
        if let Some(slot) = ranks.get_mut(*at) {
            *slot = Some(rank);
        }
    }
    ranks
}
