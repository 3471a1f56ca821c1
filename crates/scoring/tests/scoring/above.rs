//! What comes from above: points of the unit above, inputs of the domain above.

use parindex_rulebook::input::Value;
use parindex_rulebook::set::{Compiled, CriteriaSet, Places};
use parindex_rulebook::slot::Slot;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::StageRules;

use super::{calendar, node, number};

#[test]
fn one_changed_fact_keeps_the_points_of_the_unit_above() {
    let rule = "nếu a > 0 thì lấy điểm của đơn vị cấp trên | còn lại công thức 1";
    let criteria =
        vec![node("1", "8", "a: số đếm", rule), node("2", "8", "", "lấy điểm của đơn vị cấp trên")];
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    let calendar = calendar();
    let stage = StageRules { calendar: &calendar, counts: None };
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
fn an_input_of_a_domain_serves_the_choices_below() {
    let criteria =
        vec![node("1", "2", "t: có/không", ""), node("1.1", "2", "", "chọn t: Có = 2 điểm; Không = 0 điểm")];
    let compiled =
        Compiled::new(CriteriaSet { criteria, ..CriteriaSet::default() }, &Places::default()).unwrap();
    assert_eq!((compiled.inputs.len(), compiled.slot(0, "t")), (1, compiled.slot(1, "t")));
}
