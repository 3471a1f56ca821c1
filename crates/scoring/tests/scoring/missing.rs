//! What is missing: it is not zero, and earns nothing.

use parindex_rulebook::set::{Compiled, CriteriaSet, NotApplicable, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::Total;

use super::{node, number, scored, set};

#[test]
fn what_is_missing_is_not_zero() {
    let compiled = set(RoundAt::Leaf, NotApplicable::LeaveOut);
    assert_eq!(scored(&compiled, &Sheet::new(&compiled)).total(), &Total::NotScored);
    let mut some = Sheet::new(&compiled);
    some.set_entry(6, Entry::Points(number("2")));
    let score = scored(&compiled, &some);
    assert_eq!(score.total(), &Total::Partial { points: number("2"), max: number("18") });
    assert_eq!(score.open(&compiled), [1, 2, 3, 5, 7]);
}

#[test]
fn a_unit_that_entered_nothing_is_not_scored_even_where_absence_earns_points() {
    let rule = "hạn 15/01/2026 cho x: đúng hạn được 2 điểm; trễ được 0 điểm; chưa có được 0 điểm";
    let set = CriteriaSet { criteria: vec![node("1", "2", "x: ngày", rule)], ..CriteriaSet::default() };
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    assert_eq!(scored(&compiled, &Sheet::new(&compiled)).total(), &Total::NotScored);
}
