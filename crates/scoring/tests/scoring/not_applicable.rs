//! What does not apply: full, zero, left out or rescaled.

use parindex_rulebook::set::{Compiled, CriteriaSet, Method, NotApplicable, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::Cell;

use super::{node, number, scored, set, sheet, total};

/// What each policy does with 1.3 (2.5 of 10 points) when the other two have 4 and 3 of 7.5.
#[test]
fn the_four_meanings_of_not_applicable() {
    let cases = [
        (NotApplicable::Full, Some("9.5"), "10"),
        (NotApplicable::Zero, Some("7"), "10"),
        (NotApplicable::LeaveOut, Some("7"), "7.5"),
        (NotApplicable::Rescale, Some("9.33"), "10"),
    ];
    for (policy, points, max) in cases {
        let compiled = set(RoundAt::Level, policy);
        let mut entered = sheet(&compiled, &[9, 10, 6, 0, 0, 8, 10, 1, 2], &number("3"));
        entered.set_entry(3, Entry::NotApplicable);
        let score = scored(&compiled, &entered);
        assert_eq!(score.cell(0).points().cloned(), points.map(number), "{policy:?}");
        assert_eq!(score.max(&compiled, 0), number(max), "{policy:?}");
    }
}

#[test]
fn a_domain_that_does_not_apply_at_all_leaves_the_total() {
    let mut criteria = vec![
        node("1", "4", "", ""),
        node("1.1", "4", "", ""),
        node("2", "6", "", ""),
        node("2.1", "6", "", ""),
    ];
    criteria[1].not_applicable = Some(NotApplicable::LeaveOut);
    let set = CriteriaSet { criteria, ..CriteriaSet::default() };
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(1, Entry::NotApplicable);
    entered.set_entry(3, Entry::Points(number("3")));
    let score = scored(&compiled, &entered);
    assert_eq!(score.cell(0), &Cell::LeftOut);
    assert_eq!(total(&score), Some((number("3"), number("6"), number("50"))));
}

#[test]
fn both_policies_in_one_branch_leave_and_rescale_their_own_parts() {
    let mut criteria = vec![
        node("1", "10", "", ""),
        node("1.1", "4", "", ""),
        node("1.1.1", "2", "", ""),
        node("1.1.2", "2", "", ""),
        node("1.2", "6", "", ""),
    ];
    criteria[2].not_applicable = Some(NotApplicable::LeaveOut);
    criteria[3].not_applicable = Some(NotApplicable::Rescale);
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(2, Entry::NotApplicable);
    entered.set_entry(3, Entry::NotApplicable);
    entered.set_entry(4, Entry::Points(number("3")));
    // 1.1.1 leaves the maximum; the two points of 1.1.2 go to 1.2: 3 of 6 becomes 4 of 8.
    assert_eq!(total(&scored(&compiled, &entered)), Some((number("4"), number("8"), number("50"))));
}

#[test]
fn what_leaves_beside_information_leaves_the_maximum() {
    let mut criteria = vec![
        node("1", "8", "", ""),
        node("1.1", "3", "", ""),
        node("1.1.1", "0", "", ""),
        node("1.1.2", "3", "", ""),
        node("1.2", "5", "", ""),
    ];
    criteria[2].method = Some(Method::Information);
    criteria[3].not_applicable = Some(NotApplicable::LeaveOut);
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(3, Entry::NotApplicable);
    entered.set_entry(4, Entry::Points(number("5")));
    assert_eq!(total(&scored(&compiled, &entered)), Some((number("5"), number("5"), number("100"))));
}
