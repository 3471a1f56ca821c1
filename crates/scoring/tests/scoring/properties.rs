//! What must always hold, whatever the facts.

use parindex_rulebook::input::Value;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::{Compiled, Method, NotApplicable, Places};
use parindex_rulebook::settings::{RoundAt, Ties};
use parindex_rulebook::slot::Slot;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::ranking::ranks;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{Cell, StageRules, Total, UnitScore};
use proptest::prelude::*;

use super::{calendar, number, scored, set, sheet, total};

fn counts() -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(0_u32..60, 9)
}

fn policies() -> impl Strategy<Value = NotApplicable> {
    prop_oneof![
        Just(NotApplicable::Full),
        Just(NotApplicable::Zero),
        Just(NotApplicable::LeaveOut),
        Just(NotApplicable::Rescale)
    ]
}

fn places() -> impl Strategy<Value = RoundAt> {
    prop_oneof![Just(RoundAt::Leaf), Just(RoundAt::Level), Just(RoundAt::End)]
}

/// A total as it is published: a board need not know the index before its rounding.
fn published(total: Option<&Total>) -> Option<Total> {
    let mut total = total?.clone();
    if let Total::Complete(complete) = &mut total {
        complete.exact_index = None;
    }
    Some(total)
}

proptest! {
    #[test]
    fn children_add_up_and_points_stay_within_the_maximum(counts in counts(), at in places(), policy in policies()) {
        let compiled = set(at, policy);
        let score = scored(&compiled, &sheet(&compiled, &counts, &number("1.25")));
        for domain in [0, 4] {
            let Cell::Points(points) = score.cell(domain) else { continue };
            let max = score.max(&compiled, domain);
            prop_assert!(*points >= Number::ZERO && *points <= max, "{points} of {max}");
            if at != RoundAt::Level && policy != NotApplicable::Rescale {
                let children = compiled.tree.children(domain).iter().filter_map(|child| score.cell(*child).points());
                prop_assert_eq!(children.sum::<Number>(), points.clone());
            }
        }
        if let Some((points, max, index)) = total(&score) {
            prop_assert!(points <= max && index <= number("100") && index >= Number::ZERO);
        }
    }

    #[test]
    fn the_order_of_units_changes_nothing(all in proptest::collection::vec(counts(), 2..12)) {
        let (compiled, calendar) = (set(RoundAt::Leaf, NotApplicable::LeaveOut), calendar());
        let stage = StageRules { calendar: &calendar, counts: None };
        let seat = |counts: &Vec<u32>| Seat { sheet: sheet(&compiled, counts, &number("2")), ranked: true };
        let there = Board::new(&compiled, stage, all.iter().map(seat).collect(), &|_, _| None);
        let back = Board::new(&compiled, stage, all.iter().rev().map(seat).collect(), &|_, _| None);
        for at in 0..all.len() {
            prop_assert_eq!(there.rank(at), back.rank(all.len() - 1 - at));
        }
    }

    #[test]
    fn ranks_of_the_board_are_those_of_a_plain_sort(all in proptest::collection::vec(counts(), 1..12)) {
        let (compiled, calendar) = (set(RoundAt::Leaf, NotApplicable::LeaveOut), calendar());
        let stage = StageRules { calendar: &calendar, counts: None };
        let seats = all.iter().map(|counts| Seat { sheet: sheet(&compiled, counts, &number("2")), ranked: true });
        let board = Board::new(&compiled, stage, seats.collect(), &|_, _| None);
        let indexes: Vec<Option<Number>> =
            (0..all.len()).map(|at| Some(board.score(at)?.total().complete()?.index.clone())).collect();
        let plain = ranks(&indexes, Ties::Competition);
        for (at, rank) in plain.iter().enumerate() {
            prop_assert_eq!(board.rank(at), *rank);
        }
    }

    #[test]
    fn one_changed_fact_gives_what_a_new_computation_gives(
        all in proptest::collection::vec(counts(), 2..6),
        changes in proptest::collection::vec((0_usize..6, 0_u32..9, 0_u32..60), 1..20),
        at in places(),
        policy in policies(),
    ) {
        let (compiled, calendar) = (set(at, policy), calendar());
        let stage = StageRules { calendar: &calendar, counts: None };
        let mut sheets: Vec<Sheet> = all.iter().map(|counts| sheet(&compiled, counts, &number("2"))).collect();
        let seats = |sheets: &[Sheet]| sheets.iter().map(|sheet| Seat { sheet: sheet.clone(), ranked: true }).collect();
        let mut board = Board::new(&compiled, stage, seats(&sheets), &|_, _| None);
        for (seat, slot, count) in changes {
            let seat = seat % sheets.len();
            let value = Value::Number(i64::from(count).into());
            board.set_value(seat, Slot(slot), value.clone());
            sheets[seat].set_value(Slot(slot), value);
            let entry = if count % 7 == 0 { Entry::Nothing } else { Entry::Points(number("1")) };
            board.set_entry(seat, 6, entry.clone());
            sheets[seat].set_entry(6, entry);
            let anew = Board::new(&compiled, stage, seats(&sheets), &|_, _| None);
            for other in 0..sheets.len() {
                let (left, right) = (board.score(other).unwrap(), anew.score(other).unwrap());
                prop_assert_eq!(left.total(), right.total());
                for node in 0..compiled.set.criteria.len() {
                    prop_assert_eq!(left.cell(node), right.cell(node));
                    prop_assert_eq!(left.max(&compiled, node), right.max(&compiled, node));
                }
                prop_assert_eq!(board.rank(other), anew.rank(other));
            }
        }
    }

    /// A board adds up criteria in whole numbers; the tree of the unit says the same.
    #[test]
    fn the_board_and_the_tree_agree(
        all in proptest::collection::vec((counts(), 0_u8..4), 1..40),
        at in places(),
        policy in policies(),
        external in any::<bool>(),
    ) {
        let (compiled, calendar) = (set(at, policy), calendar());
        let methods = [if external { Method::External } else { Method::SelfAssessed }];
        for counts in [None, Some(&methods[..])] {
            let stage = StageRules { calendar: &calendar, counts };
            let seats = all.iter().map(|(figures, special)| {
                let mut sheet = sheet(&compiled, figures, &number("2.5"));
                match special {
                    0 => sheet.set_entry(3, Entry::NotApplicable),
                    1 => sheet.set_entry(5, Entry::Points(number("1.255"))),
                    2 => sheet.set_value(Slot(2), Value::Missing),
                    _ => {}
                }
                Seat { sheet, ranked: true }
            });
            let board = Board::new(&compiled, stage, seats.collect(), &|_, _| None);
            for seat in 0..all.len() {
                prop_assert_eq!(published(board.total(seat)), published(board.score(seat).map(UnitScore::total)));
            }
        }
    }

    /// The same with digits that are cut, and where sums stand at the edge of a digit.
    #[test]
    fn the_board_and_the_tree_agree_at_the_edge_of_a_digit(
        all in proptest::collection::vec((counts(), 0_i64..40), 1..40),
        at in places(),
        cut in any::<bool>(),
        digits in 0_u8..4,
    ) {
        let mut set = set(at, NotApplicable::LeaveOut).set;
        set.settings.rounding.digits = Digits::new(digits).unwrap();
        set.settings.rounding.mode = if cut { RoundMode::Cut } else { RoundMode::HalfUp };
        set.settings.index.digits = Digits::new(digits).unwrap();
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let calendar = calendar();
        let stage = StageRules { calendar: &calendar, counts: None };
        let seats = all.iter().map(|(figures, judged)| {
            let sheet = sheet(&compiled, figures, &Number::ratio(*judged, 16).unwrap());
            Seat { sheet, ranked: true }
        });
        let board = Board::new(&compiled, stage, seats.collect(), &|_, _| None);
        for seat in 0..all.len() {
            prop_assert_eq!(published(board.total(seat)), published(board.score(seat).map(UnitScore::total)));
        }
    }

    #[test]
    fn more_of_a_good_thing_never_costs_points(counts in counts(), more in 1_u32..20) {
        let compiled = set(RoundAt::Leaf, NotApplicable::LeaveOut);
        let before = scored(&compiled, &sheet(&compiled, &counts, &number("2")));
        let mut better = counts;
        better[0] += more; // numerator of 1.1
        better[2] += more; // count of 1.2
        better[5] += more; // numerator of 2.1
        let after = scored(&compiled, &sheet(&compiled, &better, &number("2")));
        for leaf in [1, 2, 5] {
            prop_assert!(after.cell(leaf).points() >= before.cell(leaf).points());
        }
    }

    #[test]
    fn scaling_numerator_and_denominator_changes_nothing(counts in counts(), factor in 1_u32..1000) {
        let compiled = set(RoundAt::End, NotApplicable::LeaveOut);
        let scale = |slot: usize| if slot == 2 { 1 } else { factor };
        let larger: Vec<u32> = counts.iter().enumerate().map(|(slot, count)| count * scale(slot)).collect();
        let (left, right) = (scored(&compiled, &sheet(&compiled, &counts, &number("2"))), scored(&compiled, &sheet(&compiled, &larger, &number("2"))));
        prop_assert_eq!(left.total(), right.total());
    }
}
