//! The ways of scoring as a table that an official can check: `rules.tsv` beside this file.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::cell::RefCell;

use jiff::ToSpan;
use jiff::civil::date;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::eval::{Facts, Outcome, Stop, evaluate};
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::notation;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Places};
use parindex_rulebook::settings::DueOff;
use parindex_rulebook::trace::{ShownNames, Step, sentence};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[path = "rules/recompute.rs"]
mod recompute;

use recompute::recompute;

struct Case<'t> {
    kind: &'t str,
    max: Number,
    inputs: &'t str,
    rule: &'t str,
    values: Vec<(&'t str, &'t str)>,
    expected: &'t str,
}

fn cases() -> Vec<Case<'static>> {
    let table = include_str!("rules.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let case = |line: &'static str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, max, inputs, rule, values, expected] = fields[..] else { panic!("six columns: {line}") };
        let values = values.split(';').filter_map(|pair| pair.split_once('=')).collect();
        Case { kind, max: Number::of_set(max).unwrap(), inputs, rule, values, expected }
    };
    lines.map(case).collect()
}

/// One criterion, compiled, with the values of the case in their slots.
fn compile(case: &Case<'_>) -> (Compiled, Vec<Value>) {
    let criterion = Criterion {
        code: "1".to_owned(),
        name: case.kind.to_owned(),
        max: Some(case.max.clone()),
        inputs: notation::parse_inputs(case.inputs)
            .unwrap_or_else(|error| panic!("{}: {}", case.inputs, error.say(Lang::Vi))),
        rule: notation::parse(case.rule)
            .unwrap_or_else(|error| panic!("{}: {}", case.rule, error.say(Lang::Vi))),
        ..Criterion::default()
    };
    let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
    let compiled = Compiled::new(set, &Places::default())
        .unwrap_or_else(|findings| panic!("{}: {findings:?}", case.rule));
    let mut values = vec![Value::Missing; compiled.inputs.len()];
    for (name, text) in case.values.iter().filter(|(name, _)| !matches!(*name, "điểm" | "cấp trên")) {
        let slot = compiled.slot(0, name).unwrap_or_else(|| panic!("{}: no input {name}", case.rule));
        values[slot.index()] = compiled.inputs[slot.index()].kind.read(text).unwrap();
    }
    (compiled, values)
}

fn given(case: &Case<'_>, key: &str) -> Option<Number> {
    case.values.iter().find(|(name, _)| *name == key).map(|(_, text)| text.parse().unwrap())
}

fn shown(result: &Result<Outcome, Stop>, compiled: &Compiled) -> String {
    match result {
        Ok(Outcome::Points(points)) => points.round_half_up(4).to_string(),
        Ok(Outcome::NotApplicable) => "KAD".to_owned(),
        Ok(Outcome::Information) => "TT".to_owned(),
        Err(Stop::Missing(slot)) => format!("thiếu {}", compiled.inputs[slot.index()].name),
        Err(Stop::NoPoints | Stop::NoParent) => "thiếu".to_owned(),
        Err(Stop::ZeroDenominator) => "lỗi mẫu".to_owned(),
        Err(Stop::NoBand(_)) => "lỗi bậc".to_owned(),
        Err(Stop::OutOfRange(_)) => "lỗi ngoài khoảng".to_owned(),
        Err(Stop::OffStep(..)) => "lỗi bước".to_owned(),
        Err(Stop::Calendar(_)) => "lỗi lịch".to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

#[test]
fn every_way_of_scoring_gives_what_the_table_says() {
    let calendar = Calendar::built_in().unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let (compiled, values) = compile(&case);
        let (entered, parent) = (given(&case, "điểm"), given(&case, "cấp trên"));
        let facts = Facts {
            max: &case.max,
            values: &values,
            inputs: &compiled.inputs,
            entered: entered.as_ref(),
            parent: parent.as_ref(),
            calendar: &calendar,
            due_off: DueOff::Keep,
            open: false,
        };
        let found = shown(&evaluate(&compiled.rules[0], &facts, &mut ()), &compiled);
        if found != case.expected {
            wrong.push(format!(
                "{} «{}» {:?}: {found}, not {}",
                case.kind, case.rule, case.values, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_way_of_scoring_has_at_least_five_cases() {
    let mut kinds: Vec<&str> = cases().iter().map(|case| case.kind).collect();
    kinds.sort_unstable();
    for kind in kinds.chunk_by(|left, right| left == right) {
        assert!(kind.len() >= 5, "{} has {}", kind[0], kind.len());
    }
}

#[test]
fn what_is_printed_reads_back_as_the_same_rule() {
    for case in cases() {
        let rule = notation::parse(case.rule).unwrap();
        let printed = notation::print(&rule);
        assert_eq!(notation::parse(&printed).as_ref(), Ok(&rule), "{printed}");
    }
}

/// One sentence in each language for each way of scoring: read them when they change.
#[test]
fn the_sentences_of_all_ways_of_scoring() {
    let calendar = Calendar::built_in().unwrap();
    let mut told = String::new();
    for case in cases() {
        let (compiled, values) = compile(&case);
        let (entered, parent) = (given(&case, "điểm"), given(&case, "cấp trên"));
        let facts = Facts {
            max: &case.max,
            values: &values,
            inputs: &compiled.inputs,
            entered: entered.as_ref(),
            parent: parent.as_ref(),
            calendar: &calendar,
            due_off: DueOff::Keep,
            open: false,
        };
        let mut steps = Vec::new();
        if evaluate(&compiled.rules[0], &facts, &mut steps).is_ok() && !steps.is_empty() {
            let names = ShownNames { inputs: &compiled.inputs, values: &values };
            let (vi, en) = (
                sentence(Lang::Vi, &steps, &names, &case.max),
                sentence(Lang::En, &steps, &names, &case.max),
            );
            assert!(!vi.contains('{') && vi.ends_with('.') && en.ends_with('.'), "{vi}");
            for (lang, told) in [(Lang::Vi, &vi), (Lang::En, &en)] {
                recompute(told, lang).unwrap_or_else(|why| panic!("{why}"));
            }
            told.extend([case.kind, ": ", case.rule, "\n  ", &vi, "\n  ", &en, "\n"]);
        }
    }
    insta::assert_snapshot!(told);
}

/// A value of an input's kind, or none.
fn value(kind: &Kind, seed: u32) -> Value {
    let small = i64::from(seed % 1_000);
    match kind {
        _ if seed.is_multiple_of(13) => Value::Missing,
        Kind::Count | Kind::Money => Value::Number((small / 4).into()),
        Kind::Decimal => Value::Number(Number::hundredths(small * 20 - 5_000)),
        Kind::Ratio { .. } => Value::Number(Number::ratio(small, 780).unwrap()),
        Kind::Date => Value::Date(date(2026, 1, 1).checked_add((small % 400).days()).unwrap()),
        Kind::YesNo => Value::YesNo(seed.is_multiple_of(2)),
        Kind::Choice(options) => {
            Value::Choice(u16::try_from(usize::try_from(seed).unwrap() % options.len()).unwrap())
        }
    }
}

/// Every rule of the table against other maxima, digits and values: whoever recomputes what is printed gets the points.
#[test]
fn every_sentence_can_be_recomputed() {
    let (calendar, cases) = (Calendar::built_in().unwrap(), cases());
    let statements = RefCell::new(0);
    let trial =
        (0..cases.len(), 1_i64..80, 0_u8..5, any::<bool>(), proptest::collection::vec(any::<u32>(), 6));
    let check = |(at, quarters, digits, cut, seeds): (usize, i64, u8, bool, Vec<u32>)| {
        let case = Case { max: Number::hundredths(quarters * 25), values: Vec::new(), ..cases[at] };
        let (compiled, _) = compile(&case);
        let inputs = &compiled.inputs;
        let values: Vec<Value> =
            inputs.iter().zip(seeds.iter().cycle()).map(|(input, seed)| value(&input.kind, *seed)).collect();
        let entered = Number::hundredths(quarters * 20);
        let facts = Facts {
            max: &case.max,
            values: &values,
            inputs,
            entered: Some(&entered),
            parent: Some(&entered),
            calendar: &calendar,
            due_off: DueOff::Keep,
            open: false,
        };
        let mut steps = Vec::new();
        let Ok(Outcome::Points(exact)) = evaluate(&compiled.rules[0], &facts, &mut steps) else {
            return Ok(());
        };
        let (digits, mode) =
            (Digits::new(digits).unwrap(), if cut { RoundMode::Cut } else { RoundMode::HalfUp });
        let to = exact.round(digits, mode);
        if to != exact {
            steps.push(Step::Rounded { from: exact, to: to.clone(), digits, mode });
        }
        let names = ShownNames { inputs, values: &values };
        for lang in [Lang::Vi, Lang::En] {
            let told = sentence(lang, &steps, &names, &case.max);
            let found = recompute(&told, lang).map_err(TestCaseError::fail)?;
            let points = found.points.ok_or_else(|| TestCaseError::fail(format!("no points: {told}")))?;
            prop_assert!(points.stands_for(&to), "{} are not {points:?}: {told}", to);
            *statements.borrow_mut() += found.statements;
        }
        Ok(())
    };
    TestRunner::new(Config::with_cases(3_000)).run(&trial, check).unwrap_or_else(|error| panic!("{error}"));
    assert!(statements.into_inner() > 3_000, "most sentences say something that can be recomputed");
}
