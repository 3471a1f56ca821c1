//! Scores of small sets, from what was entered to points, maxima and ranks.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod above;
mod columns;
mod explained;
mod missing;
mod not_applicable;
mod part;
mod properties;
#[path = "../../../rulebook/tests/rules/recompute.rs"]
mod recompute;
mod rounding;

use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::input::Value;
use parindex_rulebook::notation;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Method, NotApplicable, Places};
use parindex_rulebook::settings::RoundAt;
use parindex_rulebook::slot::Slot;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{StageRules, UnitScore};

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
    UnitScore::new(compiled, sheet, &StageRules { calendar: &calendar, counts: None }, &|_| None)
}

fn total(score: &UnitScore) -> Option<(Number, Number, Number)> {
    let complete = score.total().complete()?;
    Some((complete.points.clone(), complete.max.clone(), complete.index.clone()))
}
