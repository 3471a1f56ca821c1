//! What is missing: it is not zero, and earns nothing.

use parindex_rulebook::input::Value;
use parindex_rulebook::set::{Compiled, CriteriaSet, NotApplicable, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_rulebook::slot::Slot;
use parindex_scoring::awaited::awaited;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{Cell, StageRules, Total};

use super::{calendar, node, number, scored, set};

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

/// A commune that has not come to the criterion yet has no 0 points for a plan that it may have made in time.
#[test]
fn a_date_that_nobody_touched_is_awaited_while_the_sheet_is_open() {
    let rule = "hạn 15/01/2026 cho x: đúng hạn được 2 điểm; trễ được 0,5 điểm; chưa có được 0 điểm";
    let criteria = vec![node("1", "2", "x: ngày", rule), node("2", "3", "", "")];
    let set = CriteriaSet { criteria, ..CriteriaSet::default() };
    let compiled = Compiled::new(set, &Places::default()).unwrap();
    let mut sheet = Sheet::new(&compiled);
    sheet.set_entry(1, Entry::Points(number("3")));
    sheet.set_open(true);
    let score = scored(&compiled, &sheet);
    assert_eq!(score.cell(0), &Cell::NotScored);
    let calendar = calendar();
    let stage = StageRules { calendar: &calendar, counts: None };
    assert_eq!(awaited(&compiled, &sheet, &stage), [Slot(0)], "of this submitting says that it was not done");
    assert_eq!(score.total(), &Total::Partial { points: number("3"), max: number("5") });
    sheet.set_value(Slot(0), Value::NotDone);
    assert!(awaited(&compiled, &sheet, &stage).is_empty());
    assert_eq!(scored(&compiled, &sheet).cell(0), &Cell::Points(number("0")), "said by the unit");
    sheet.set_value(Slot(0), Value::Missing);
    sheet.set_open(false);
    assert_eq!(
        scored(&compiled, &sheet).cell(0),
        &Cell::Points(number("0")),
        "what a package leaves out was not done"
    );
}
