//! Bonus and penalty, the parts of a set beside its maximum.

use parindex_rulebook::input::Value;
use parindex_rulebook::set::{Compiled, CriteriaSet, Part, Places};
use parindex_rulebook::slot::Slot;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::Total;

use super::{PARTS, node, number, scored, total};

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
