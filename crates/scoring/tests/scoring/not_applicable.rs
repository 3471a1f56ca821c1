//! What does not apply: full, zero, left out or rescaled.

use parindex_rulebook::set::{Compiled, CriteriaSet, Method, NotApplicable, Part, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{Cell, StageRules, UnitScore};

use super::{calendar, node, number, scored, set, sheet, total};

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

/// Hà Nam 2023: an office without administrative procedures skips a whole domain, and the index is formed without it.
#[test]
fn a_whole_domain_may_not_apply() {
    let mut set = set(RoundAt::Leaf, NotApplicable::LeaveOut).set;
    for (policy, points, max) in [
        (NotApplicable::LeaveOut, "6.75", "8"),
        (NotApplicable::Full, "16.75", "18"),
        (NotApplicable::Zero, "6.75", "18"),
        // 6.75 of 8 stand for the ten points of the other domain too.
        (NotApplicable::Rescale, "15.19", "18"),
    ] {
        set.criteria[0].not_applicable = Some(policy);
        let compiled = Compiled::new(set.clone(), &Places::default()).unwrap();
        let mut sheet = sheet(&compiled, &[1, 2, 3, 1, 2, 9, 10, 4, 4], &number("1.75"));
        sheet.set_entry(0, Entry::NotApplicable);
        let score = scored(&compiled, &sheet);
        let (found, of, _) = total(&score).unwrap();
        assert_eq!((found, of), (number(points), number(max)), "{policy:?}");
        assert_eq!(score.cell(1), &Cell::LeftOut, "what stands below does not apply either");
        assert!(score.open(&compiled).is_empty());
    }
    set.criteria[0].not_applicable = None;
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    let mut sheet = sheet(&compiled, &[1, 2, 3, 1, 2, 9, 10, 4, 4], &number("1.75"));
    sheet.set_entry(0, Entry::NotApplicable);
    assert!(total(&scored(&compiled, &sheet)).is_none(), "a set that does not allow it has no result");
}

/// What stands beside the maximum gives nothing where it does not apply, whatever its policy says.
#[test]
fn a_bonus_that_does_not_apply_gives_nothing() {
    let mut criteria = vec![node("1", "10", "", ""), node("C", "5", "", ""), node("C.1", "5", "", "")];
    criteria[1].part = Part::Bonus;
    criteria[1].not_applicable = Some(NotApplicable::Full);
    let set = CriteriaSet { criteria, ..CriteriaSet::default() };
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(0, Entry::Points(number("8")));
    entered.set_entry(1, Entry::NotApplicable);
    assert_eq!(total(&scored(&compiled, &entered)), Some((number("8"), number("10"), number("80"))));
}

/// At a stage a whole domain is worth what counts there: 7.5 of the first, for 1.3 comes from elsewhere.
#[test]
fn a_domain_that_does_not_apply_is_about_what_counts_at_the_stage() {
    let mut set = set(RoundAt::Leaf, NotApplicable::LeaveOut).set;
    set.criteria[3].method = Some(Method::External);
    let methods = [Method::SelfAssessed];
    for (policy, points, max) in [
        (NotApplicable::Full, "14.25", "15.5"),
        (NotApplicable::Zero, "6.75", "15.5"),
        (NotApplicable::LeaveOut, "6.75", "8"),
        (NotApplicable::Rescale, "13.08", "15.5"),
    ] {
        set.criteria[0].not_applicable = Some(policy);
        let compiled = Compiled::new(set.clone(), &Places::default()).unwrap();
        let mut sheet = sheet(&compiled, &[1, 2, 3, 1, 2, 9, 10, 4, 4], &number("1.75"));
        sheet.set_entry(0, Entry::NotApplicable);
        let calendar = calendar();
        let stage = StageRules { calendar: &calendar, counts: Some(&methods) };
        let score = UnitScore::new(&compiled, &sheet, &stage, &|_| None);
        let (found, of, _) = total(&score).unwrap();
        assert_eq!((found, of), (number(points), number(max)), "{policy:?}");
    }
}

/// Said of a domain and taken back, with one criterion changed after another.
#[test]
fn a_board_follows_a_domain_that_stops_applying_and_applies_again() {
    let mut set = set(RoundAt::Leaf, NotApplicable::LeaveOut).set;
    set.criteria[0].not_applicable = Some(NotApplicable::LeaveOut);
    let (compiled, calendar) = (Compiled::new(set, &Places::default()).unwrap(), calendar());
    let stage = StageRules { calendar: &calendar, counts: None };
    let sheet = sheet(&compiled, &[1, 2, 3, 1, 2, 9, 10, 4, 4], &number("1.75"));
    let seats = |sheet: &Sheet| vec![Seat { sheet: sheet.clone(), ranked: true }];
    let mut board = Board::new(&compiled, stage, seats(&sheet), &|_, _| None);
    let before = board.score(0).unwrap().clone();
    let mut marked = sheet.clone();
    marked.set_entry(0, Entry::NotApplicable);
    board.set_entry(0, 0, Entry::NotApplicable);
    let anew = Board::new(&compiled, stage, seats(&marked), &|_, _| None);
    assert_eq!(board.score(0), anew.score(0));
    board.set_entry(0, 0, Entry::Nothing);
    assert_eq!(board.score(0), Some(&before));
}
