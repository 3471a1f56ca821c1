//! The sentences about sums and results: whoever recomputes what is printed gets what is printed.

use parindex_rulebook::input::Value;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::{Compiled, CriteriaSet, NotApplicable, Part, Places};
use parindex_rulebook::settings::{RoundAt, Rounding};
use parindex_rulebook::slot::Slot;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::explain::{explain_node, explain_total};
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::StageRules;
use proptest::prelude::*;

use super::recompute::recompute;
use super::{PARTS, calendar, node, number, set};

/// A domain with criteria that divide, a bonus and a penalty with caps.
fn with_outside(rounding: Rounding, policy: NotApplicable) -> Compiled {
    let mut criteria = vec![
        node("1", "20", "", ""),
        node("1.1", "8", PARTS, "theo tỷ lệ a/b; mẫu bằng 0: 0 điểm"),
        node("1.2", "7", PARTS, "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng"),
        node("1.3", "5", PARTS, "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: 0 điểm"),
        node("2", "5", "", ""),
        node("2.1", "5", PARTS, "theo tỷ lệ a/b; mẫu bằng 0: không áp dụng"),
        node("C", "3", "", ""),
        node("C.1", "2", "a: số đếm", "mỗi a được 0,75 điểm; tối đa 2 điểm"),
        node("C.2", "2", PARTS, "công thức 2 × a/(a + b + 1)"),
        node("T", "40", "a: số đếm", "mỗi a được 1,5 điểm; tối đa 40 điểm"),
    ];
    criteria[2].not_applicable = Some(policy);
    criteria[5].not_applicable = Some(policy);
    criteria[6].part = Part::Bonus;
    criteria[9].part = Part::Penalty;
    let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
    set.settings.rounding = rounding;
    set.settings.bonus_cap = Some(number("2.5"));
    Compiled::new(set, &Places::default()).unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn counts(compiled: &Compiled, counts: &[u32]) -> Sheet {
    let mut sheet = Sheet::new(compiled);
    for (slot, count) in (0..compiled.inputs.len()).zip(counts.iter().cycle()) {
        sheet.set_value(Slot(u32::try_from(slot).unwrap()), Value::Number(i64::from(*count).into()));
    }
    sheet
}

fn roundings() -> impl Strategy<Value = Rounding> {
    let at = prop_oneof![Just(RoundAt::Leaf), Just(RoundAt::Level), Just(RoundAt::End)];
    let mode = prop_oneof![Just(RoundMode::HalfUp), Just(RoundMode::Cut)];
    (at, 0_u8..4, mode).prop_map(|(at, digits, mode)| Rounding {
        at,
        digits: Digits::new(digits).unwrap(),
        mode,
    })
}

fn policies() -> impl Strategy<Value = NotApplicable> {
    prop_oneof![
        Just(NotApplicable::Full),
        Just(NotApplicable::Zero),
        Just(NotApplicable::LeaveOut),
        Just(NotApplicable::Rescale)
    ]
}

proptest! {
    #[test]
    fn every_sum_and_result_can_be_recomputed(
        figures in proptest::collection::vec(0_u32..60, 13),
        rounding in roundings(),
        policy in policies(),
    ) {
        let (compiled, calendar) = (with_outside(rounding, policy), calendar());
        let stage = StageRules { calendar: &calendar, counts: None };
        let seat = Seat { sheet: counts(&compiled, &figures), ranked: true };
        let board = Board::new(&compiled, stage, vec![seat], &|_, _| None);
        for lang in [Lang::Vi, Lang::En] {
            for node in 0..compiled.set.criteria.len() {
                let told = explain_node(&board, 0, node, None, lang);
                let found = recompute(&told, lang).map_err(TestCaseError::fail)?;
                if let (Some(printed), Some(points)) = (found.points, board.score(0).unwrap().cell(node).points()) {
                    prop_assert!(printed.stands_for(points), "{points} is not {printed:?}: {told}");
                }
            }
            let told = explain_total(&board, 0, 2026, lang);
            let found = recompute(&told, lang).map_err(TestCaseError::fail)?;
            let Some(complete) = board.total(0).and_then(|total| total.complete()) else { continue };
            prop_assert!(found.statements >= 2, "{told}");
            let points = format!("{} {}", lang.fixed(&complete.points, rounding.digits.get()), lang.pick("điểm", "points"));
            let short = format!("{} {}", lang.exact(&complete.points), lang.pick("điểm", "points"));
            prop_assert!(told.contains(&points) || told.contains(&short), "{points}: {told}");
            let index = lang.fixed(&complete.index, 2);
            let whole = lang.exact(&complete.index);
            prop_assert!(told.contains(&format!("{index}%")) || told.contains(&format!("{whole}%")), "{index}: {told}");
        }
    }
}

#[test]
fn a_result_says_how_each_part_of_it_came_about() {
    let rounding = Rounding { at: RoundAt::Leaf, digits: Digits::TWO, mode: RoundMode::HalfUp };
    let (compiled, calendar) = (with_outside(rounding, NotApplicable::Rescale), calendar());
    let stage = StageRules { calendar: &calendar, counts: None };
    let mut sheet = counts(&compiled, &[1, 3, 2, 7, 3, 4, 1, 6, 4, 1, 1, 2, 9]);
    sheet.set_entry(2, Entry::NotApplicable);
    let board = Board::new(&compiled, stage, vec![Seat { sheet, ranked: true }], &|_, _| None);
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}\n{}",
        explain_node(&board, 0, 0, None, Lang::Vi),
        explain_node(&board, 0, 6, None, Lang::Vi),
        explain_total(&board, 0, 2026, Lang::Vi),
        explain_total(&board, 0, 2026, Lang::En),
    ));
}

/// What the ministry does: parts that have no end, and one rounding of the total.
#[test]
fn an_index_is_formed_from_the_points_that_are_printed() {
    let compiled = set(RoundAt::End, NotApplicable::LeaveOut);
    let calendar = calendar();
    let stage = StageRules { calendar: &calendar, counts: None };
    let mut sheet = counts(&compiled, &[403, 464, 3, 5, 7, 11, 13, 17, 19]);
    sheet.set_entry(6, Entry::Points(Number::hundredths(225)));
    let board = Board::new(&compiled, stage, vec![Seat { sheet, ranked: true }], &|_, _| None);
    insta::assert_snapshot!(explain_total(&board, 0, 2026, Lang::Vi));
}
