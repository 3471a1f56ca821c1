//! What must always hold, whatever the facts.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::Slot;
use parindex_rulebook::input::Value;
use parindex_rulebook::notation;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Method, NotApplicable, Part, Places};
use parindex_rulebook::settings::{RoundAt, Ties};
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::ranking::ranks;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{Cell, Stage, Total, UnitScore};
use proptest::prelude::*;

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn node(code: &str, max: &str, inputs: &str, rule: &str) -> Criterion {
    Criterion {
        code: code.to_owned(),
        parent: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        name: code.to_owned(),
        max: Some(number(max)),
        method: Some(Method::SelfAssessed),
        inputs: notation::parse_inputs(inputs).unwrap(),
        rule: notation::parse(rule).unwrap(),
        ..Criterion::default()
    }
}

const PARTS: &str = "a: số đếm; b: số đếm";

/// Two domains of three criteria each, of different ways of scoring; 1.3 and 2.3 may not apply.
fn set(at: RoundAt, policy: NotApplicable) -> Compiled {
    let mut criteria = vec![
        node("1", "10", "", ""),
        node("1.1", "4", PARTS, "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm"),
        node("1.2", "3.5", "a: số đếm", "mỗi a được 0,5 điểm; tối đa 3,5 điểm"),
        node("1.3", "2.5", PARTS, "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng"),
        node("2", "8", "", ""),
        node(
            "2.1",
            "3",
            PARTS,
            "theo bậc a/b: từ 80% được 3 điểm; dưới 80% được theo công thức a/b × 3; mẫu bằng 0: 0 điểm",
        ),
        node("2.2", "3", "", ""),
        node("2.3", "2", PARTS, "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng"),
    ];
    for criterion in &mut criteria {
        criterion.not_applicable = matches!(criterion.code.as_str(), "1.3" | "2.3").then_some(policy);
    }
    let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
    set.settings.rounding.at = at;
    Compiled::new(set, &Places::default()).unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn calendar() -> Calendar {
    Calendar::built_in().unwrap()
}

fn sheet(compiled: &Compiled, counts: &[u32], judged: &Number) -> Sheet {
    let mut sheet = Sheet::new(compiled);
    for (slot, count) in (0..compiled.inputs.len()).zip(counts) {
        sheet.set_value(Slot(u32::try_from(slot).unwrap()), Value::Number(i64::from(*count).into()));
    }
    sheet.set_entry(6, Entry::Points(judged.clone()));
    sheet
}

fn scored(compiled: &Compiled, sheet: &Sheet) -> UnitScore {
    let calendar = calendar();
    UnitScore::new(compiled, sheet, &Stage { calendar: &calendar, counts: None }, &|_| None)
}

fn total(score: &UnitScore) -> Option<(Number, Number, Number)> {
    let complete = score.total().complete()?;
    Some((complete.points.clone(), complete.max.clone(), complete.index.clone()))
}

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
        let stage = Stage { calendar: &calendar, counts: None };
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
        let stage = Stage { calendar: &calendar, counts: None };
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
        let stage = Stage { calendar: &calendar, counts: None };
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
            let stage = Stage { calendar: &calendar, counts };
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
                prop_assert_eq!(board.total(seat), board.score(seat).map(UnitScore::total));
            }
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
fn bonus_and_penalty_stand_outside_the_maximum_and_are_capped() {
    let mut criteria = vec![
        node("1", "10", "", ""),
        node("C", "3", "", ""),
        node("C.1", "2", "a: số đếm", "mỗi a được 1 điểm; tối đa 2 điểm"),
        node("C.2", "2", "a: số đếm", "mỗi a được 1 điểm; tối đa 2 điểm"),
        node("T", "5", "a: số đếm", "mỗi a được 2 điểm; tối đa 5 điểm"),
    ];
    criteria[1].part = Part::Bonus;
    criteria[4].part = Part::Penalty;
    let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
    set.settings.penalty_cap = Some(number("3"));
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(0, Entry::Points(number("6")));
    for (slot, count) in (0..3).zip([2, 2, 4]) {
        entered.set_value(Slot(slot), Value::Number(count.into()));
    }
    let score = scored(&compiled, &entered);
    let complete = score.total().complete().unwrap();
    // 6, and 4 of bonus cut to its 3, less 8 of penalty cut to the set's 3.
    assert_eq!((&complete.bonus, &complete.penalty), (&number("3"), &number("3")));
    assert_eq!(
        (&complete.points, &complete.max, &complete.index),
        (&number("6"), &number("10"), &number("60"))
    );
}

#[test]
fn both_real_conventions_of_rounding() {
    let parts = |at| {
        let criteria = vec![node("1", "50", "", ""), node("2", "50", "", "")];
        let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
        set.settings.rounding.at = at;
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let mut entered = Sheet::new(&compiled);
        entered.set_entry(0, Entry::Points(number("40.004")));
        entered.set_entry(1, Entry::Points(number("40.004")));
        total(&scored(&compiled, &entered)).unwrap().0
    };
    assert_eq!(parts(RoundAt::End), number("80.01"), "the ministry: the total of unrounded parts");
    assert_eq!(parts(RoundAt::Leaf), number("80"), "the 766 index: the sum of rounded parts");
}

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
fn what_is_scaled_up_is_rounded_before_anyone_sees_it() {
    let mut criteria = vec![node("1", "9", "", ""), node("1.1", "2", "", ""), node("1.2", "7", "", "")];
    criteria[1].not_applicable = Some(NotApplicable::Rescale);
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(1, Entry::NotApplicable);
    entered.set_entry(2, Entry::Points(number("5")));
    let (points, max, index) = total(&scored(&compiled, &entered)).unwrap();
    assert_eq!((points, max, index), (number("6.43"), number("9"), number("71.44")));
}

#[test]
fn one_changed_fact_keeps_the_points_of_the_unit_above() {
    let rule = "nếu a > 0 thì lấy điểm của đơn vị cấp trên | còn lại công thức 1";
    let criteria =
        vec![node("1", "8", "a: số đếm", rule), node("2", "8", "", "lấy điểm của đơn vị cấp trên")];
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let calendar = calendar();
    let stage = Stage { calendar: &calendar, counts: None };
    let seat = Seat { sheet: Sheet::new(&compiled), ranked: true };
    let above = |_: usize, node: usize| Some(number(if node == 0 { "3" } else { "5" }));
    let mut board = Board::new(&compiled, stage, vec![seat], &above);
    board.set_value(0, Slot(0), Value::Number(1.into()));
    assert_eq!(board.score(0).unwrap().cell(0).points(), Some(&number("3")));
    board.set_entry(0, 1, Entry::Points(number("7")));
    board.set_entry(0, 1, Entry::Nothing);
    assert_eq!(board.score(0).unwrap().cell(1).points(), Some(&number("5")));
    assert_eq!(board.rank(0), Some(1));
}

#[test]
fn a_penalty_under_a_bonus_heading_is_taken_off() {
    let mut criteria = vec![
        node("1", "10", "", ""),
        node("2", "5", "", ""),
        node("2.1", "3", "", ""),
        node("2.2", "4", "", ""),
    ];
    criteria[1].part = Part::Bonus;
    criteria[3].part = Part::Penalty;
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    for (node, points) in [(0, "9"), (2, "2"), (3, "4")] {
        entered.set_entry(node, Entry::Points(number(points)));
    }
    assert_eq!(total(&scored(&compiled, &entered)).unwrap().0, number("7"));
}

#[test]
fn a_penalty_without_an_answer_leaves_the_unit_open() {
    let mut criteria = vec![node("1", "10", "", ""), node("2", "5", PARTS, "công thức a/b")];
    criteria[1].part = Part::Penalty;
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let mut entered = Sheet::new(&compiled);
    entered.set_entry(0, Entry::Points(number("9")));
    entered.set_value(Slot(0), Value::Number(1.into()));
    entered.set_value(Slot(1), Value::Number(0.into()));
    assert!(matches!(scored(&compiled, &entered).total(), Total::Partial { .. }));
}

#[test]
fn an_input_of_a_domain_serves_the_choices_below() {
    let criteria =
        vec![node("1", "2", "t: có/không", ""), node("1.1", "2", "", "chọn t: Có = 2 điểm; Không = 0 điểm")];
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    assert_eq!((compiled.inputs.len(), compiled.slot(0, "t")), (1, compiled.slot(1, "t")));
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
