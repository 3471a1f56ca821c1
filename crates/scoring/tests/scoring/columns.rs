//! A board scores all seats rule by rule in whole numbers; the tree of each unit says the same, whatever the set and the figures.

use jiff::ToSpan;
use jiff::civil::date;
use parindex_rulebook::input::{Kind, Value};
use parindex_rulebook::notation;
use parindex_rulebook::number::{Digits, Number, RoundMode};
use parindex_rulebook::set::{Compiled, CriteriaSet, Criterion, Method, NotApplicable, Part, Places};
use parindex_rulebook::settings::{DueOff, IndexFormula, RankBy, RoundAt};
use parindex_rulebook::slot::Slot;
use parindex_scoring::board::{Board, Seat};
use parindex_scoring::figures::Figures;
use parindex_scoring::sheet::{Entry, Sheet};
use parindex_scoring::unit::{StageRules, Total, UnitScore};
use proptest::prelude::*;

use super::calendar;

/// Rules beside those of the table: inputs and text.
const MORE: [(&str, &str); 16] = [
    (
        "a: số; b: số",
        "theo tỷ lệ a/b; từ 100% được điểm tối đa; dưới 50% được 0 điểm; mẫu bằng 0: không áp dụng",
    ),
    ("a: số; b: số", "theo tỷ lệ a/b; từ 90% được điểm tối đa; mẫu bằng 0: tỷ lệ là 100%"),
    (
        "a: số; b: số",
        "theo bậc mức tăng a so với b: từ 10% được điểm tối đa; từ 0% đến dưới 10% được 50%; dưới 0% được 0 điểm; mẫu bằng 0: 0 điểm",
    ),
    (
        "a: số đếm; b: số đếm; c: số đếm; d: số đếm",
        "cộng: 0,6 × a/b; 0,5 × c/d tối đa 0,4; mẫu bằng 0: tỷ lệ là 0%",
    ),
    (
        "a: số đếm; b: số đếm; c: số đếm",
        "công thức điểm tối đa × nhỏ nhất(1; a/lớn nhất(b; (c, nếu thiếu thì b))); mẫu bằng 0: 0 điểm",
    ),
    ("a: số; b: số", "công thức (a - b) × (a + b) / 40 - trung bình(a; b; 3)"),
    ("a: số; b: số", "công thức ((a/b, nếu thiếu thì b/2), nếu thiếu thì 1); mẫu bằng 0: điểm tối đa"),
    (
        "a: số đếm; b: số đếm",
        "một trong: Có cơ sở dữ liệu: theo tỷ lệ a/b | Không quản lý: công thức 50% × điểm tối đa; mẫu bằng 0: 0 điểm",
    ),
    ("a: số", "bậc thang a: đến 50 được 0,5 điểm; cứ thêm 10 được thêm 0,1 điểm; tối đa 1 điểm"),
    ("", "theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%; mẫu bằng 0: không áp dụng"),
    ("p: tỷ lệ", "theo SIPAS p"),
    ("p: tỷ lệ mở", "theo tỷ lệ p; từ 85,5% được điểm tối đa; dưới 33,3% được 0 điểm"),
    ("x: có/không; a: số đếm", "không có x, a được điểm tối đa; nếu có được 25%"),
    ("a: số; b: số đếm", "trừ 12,5% mỗi a; trừ 100% mỗi b"),
    ("a: tiền; b: tiền", "theo tỷ lệ a/b; mẫu bằng 0: 0,25 điểm"),
    (
        "[ngày]: ngày",
        "hạn 31/01/2026 cho [ngày]: đúng hạn được điểm tối đa; trễ đến 10 ngày làm việc được 50%; trễ hơn được 0 điểm; chưa có được 0 điểm",
    ),
];

fn rules() -> Vec<(&'static str, &'static str)> {
    let table = include_str!("../../../rulebook/tests/rules.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let rule = |line: &'static str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, _, inputs, rule, ..] = fields[..] else { panic!("six columns: {line}") };
        (inputs, rule)
    };
    let mut rules: Vec<_> = lines.map(rule).chain(MORE).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// How a set settles what is free.
#[derive(Clone, Debug)]
struct Way {
    at: RoundAt,
    cut: bool,
    digits: u8,
    index_digits: u8,
    formula: IndexFormula,
    rank_by: RankBy,
    next: bool,
    cap: bool,
}

fn ways() -> impl Strategy<Value = Way> {
    let at = prop_oneof![2 => Just(RoundAt::Leaf), 1 => Just(RoundAt::Level), 1 => Just(RoundAt::End)];
    let formula = prop_oneof![3 => Just(IndexFormula::Share), 1 => Just(IndexFormula::Points)];
    let rank_by = prop_oneof![4 => Just(RankBy::Published), 1 => Just(RankBy::Exact)];
    let flags = (proptest::bool::weighted(0.3), proptest::bool::weighted(0.2), any::<bool>());
    (at, 0_u8..8, 0_u8..5, formula, rank_by, flags).prop_map(
        |(at, digits, index_digits, formula, rank_by, (cut, next, cap))| Way {
            at,
            cut,
            digits,
            index_digits,
            formula,
            rank_by,
            next,
            cap,
        },
    )
}

/// One criterion: which rule, its maximum in eighths, what it means that it does not apply, who scores it, where its points go.
type Chosen = (usize, i64, u8, u8, u8);

fn chosen() -> impl Strategy<Value = Vec<Chosen>> {
    let policy = prop_oneof![6 => Just(0_u8), 2 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(4)];
    let part = prop_oneof![30 => Just(0_u8), 1 => Just(1), 1 => Just(2)];
    proptest::collection::vec((0..rules().len(), 0_i64..160, policy, 0_u8..8, part), 1..9)
}

fn criterion(code: String, rule: &(&str, &str), (_, eighths, policy, method, part): Chosen) -> Criterion {
    let methods = [Method::SelfAssessed, Method::External, Method::Survey, Method::Sipas];
    let policies =
        [NotApplicable::LeaveOut, NotApplicable::Full, NotApplicable::Zero, NotApplicable::Rescale];
    Criterion {
        parent: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        name: code.clone(),
        code,
        max: Number::ratio(eighths, 8),
        part: [Part::Main, Part::Bonus, Part::Penalty][usize::from(part)],
        method: Some(methods.get(usize::from(method)).copied().unwrap_or(Method::SelfAssessed)),
        inputs: notation::parse_inputs(rule.0).unwrap(),
        rule: notation::parse(rule.1).unwrap(),
        not_applicable: policies.get(usize::from(policy)).copied(),
        ..Criterion::default()
    }
}

/// Criteria in two domains, with the rules that were chosen.
fn set(chosen: &[Chosen], way: &Way) -> Option<Compiled> {
    let rules = rules();
    let domain = |code: &str| Criterion {
        code: code.to_owned(),
        name: code.to_owned(),
        max: Some(Number::whole(10)),
        not_applicable: Some(NotApplicable::LeaveOut),
        ..Criterion::default()
    };
    let split = chosen.len().div_ceil(2);
    let mut criteria = Vec::new();
    for (at, one) in chosen.iter().enumerate() {
        if at == 0 || at == split {
            criteria.push(domain(if at == 0 { "1" } else { "2" }));
        }
        let code = if at < split { format!("1.{}", at + 1) } else { format!("2.{}", at + 1) };
        criteria.push(criterion(code, &rules[one.0], *one));
    }
    let mut set = CriteriaSet { criteria, ..CriteriaSet::default() };
    let settings = &mut set.settings;
    settings.rounding.at = way.at;
    settings.rounding.digits = Digits::new(way.digits).unwrap();
    settings.rounding.mode = if way.cut { RoundMode::Cut } else { RoundMode::HalfUp };
    settings.index.digits = Digits::new(way.index_digits).unwrap();
    settings.index.formula = way.formula;
    settings.index.rank_by = way.rank_by;
    settings.due_off = if way.next { DueOff::Next } else { DueOff::Keep };
    settings.bonus_cap = way.cap.then(|| Number::whole(1));
    Compiled::new(set, &Places::default()).ok()
}

/// A value of an input's kind: mostly ordinary, sometimes none, at an edge, or so large that few ways of counting hold it.
fn value(kind: &Kind, seed: u32) -> Value {
    let (small, odd) = (i64::from(seed % 1_000), seed / 1_000 % 40);
    let huge = Number::whole(i64::MAX) * Number::whole(small + 1);
    match (kind, odd) {
        (_, 0) => Value::Missing,
        (Kind::Decimal | Kind::Ratio { .. }, 1) => Value::Number(Number::ratio(small, 780).unwrap()),
        (Kind::Count | Kind::Money | Kind::Decimal, 2) => Value::Number((small << (seed % 54)).into()),
        (Kind::Count | Kind::Money | Kind::Decimal, 3) => Value::Number(huge),
        (Kind::Decimal, 4) => Value::Number(i64::MIN.into()),
        (Kind::Count | Kind::Money | Kind::Decimal, 5..8) => Value::Number(0.into()),
        (Kind::Count | Kind::Money, 8..20) => Value::Number((small * 37).into()),
        (Kind::Count | Kind::Money, _) => Value::Number((small / 90).into()),
        (Kind::Decimal, 8..12) => Value::Number(Number::hundredths(small * 20 - 5_000)),
        (Kind::Decimal, 12..16) => Value::Number(Number::ratio(small, 10).unwrap()),
        (Kind::Decimal, _) => Value::Number((small / 8).into()),
        (Kind::Ratio { .. }, 2..20) => Value::Number(Number::ratio(small * 10 + 3, 10_000).unwrap()),
        (Kind::Ratio { .. }, _) => Value::Number(Number::ratio(small, 1_000).unwrap()),
        (Kind::Date, 1..4) => Value::NotDone,
        (Kind::Date, _) => Value::Date(date(2026, 1, 20).checked_add((small % 40).days()).unwrap()),
        (Kind::YesNo, 1) => Value::Number(1.into()),
        (Kind::YesNo, _) => Value::YesNo(seed.is_multiple_of(2)),
        (Kind::Choice(options), _) => Value::Choice(
            u16::try_from(usize::try_from(seed).unwrap() % (options.len() + usize::from(odd == 1))).unwrap(),
        ),
    }
}

/// A sheet of a unit: its figures, and now and then what a person entered.
fn sheet(compiled: &Compiled, seeds: &[u32]) -> Sheet {
    let mut sheet = Sheet::new(compiled);
    for (slot, seed) in (0_u32..).zip(seeds.iter().cycle().take(compiled.inputs.len())) {
        // The same few figures in another order for each input.
        let seed = seed.wrapping_mul(slot * 2 + 1).rotate_left(slot);
        sheet.set_value(Slot(slot), value(&compiled.inputs[usize::try_from(slot).unwrap()].kind, seed));
    }
    let nodes = u32::try_from(compiled.set.criteria.len()).unwrap();
    for seed in seeds {
        let node = usize::try_from(seed / 64 % nodes).unwrap();
        match seed % 64 {
            0 => sheet.set_entry(node, Entry::NotApplicable),
            1 if compiled.tree.is_leaf(node) => {
                sheet.set_entry(node, Entry::Points(Number::ratio(i64::from(seed % 500) - 3, 17).unwrap()));
            }
            2..5 if compiled.tree.is_leaf(node) => {
                let half = compiled.max(node).clone() * Number::ratio(1, 2).unwrap();
                sheet.set_entry(node, Entry::Points(half));
            }
            5 => sheet.set_open(true),
            _ => {}
        }
    }
    sheet
}

/// A total as it is published: a board need not know the index before its rounding.
fn published(total: &Total) -> Total {
    let mut total = total.clone();
    if let Total::Complete(complete) = &mut total {
        complete.exact_index = None;
    }
    total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_board_and_the_trees_of_its_units_agree(
        chosen in chosen(),
        way in ways(),
        seeds in proptest::collection::vec(proptest::collection::vec(any::<u32>(), 3..12), 1..80),
        counts in 0_u8..4,
        above in any::<bool>(),
    ) {
        let Some(compiled) = set(&chosen, &way) else { return Ok(()) };
        let (calendar, methods) = (calendar(), [Method::SelfAssessed, Method::External]);
        let counts = if counts == 0 { Some(&methods[..]) } else { None };
        let stage = StageRules { calendar: &calendar, counts };
        let sheets: Vec<Sheet> = seeds.iter().map(|seeds| sheet(&compiled, seeds)).collect();
        let seats = sheets.iter().cloned().map(|sheet| Seat { sheet, ranked: true });
        let points = |_: usize, _: usize| above.then(|| Number::ratio(3, 7).unwrap());
        let board = Board::new(&compiled, stage, seats.collect(), &points);
        let laid = Board::of(&compiled, stage, laid(&compiled, &sheets), vec![true; sheets.len()], &points);
        for (seat, total) in board.totals().enumerate() {
            let tree = board.score(seat).map(UnitScore::total).map(published);
            prop_assert_eq!(Some(published(total)), tree, "{:?} {:?}", way, board.sheet(seat));
            prop_assert_eq!(Some(published(total)), laid.total(seat).map(published), "{:?} {:?}", way, board.sheet(seat));
            prop_assert_eq!((laid.sheet(seat), laid.rank(seat)), (sheets.get(seat), board.rank(seat)));
        }
        let ranks: Vec<_> = (0..sheets.len()).map(|seat| board.rank(seat)).collect();
        let results = sheets.iter().enumerate().map(|(seat, _)| result(board.score(seat)?, way.rank_by));
        prop_assert_eq!(ranks, parindex_scoring::ranking::ranks(&results.collect::<Vec<_>>(), compiled.set.settings.ties));
    }
}

/// What a rank compares, by the tree of a unit.
fn result(score: &UnitScore, by: RankBy) -> Option<Number> {
    let complete = score.total().complete()?;
    match by {
        RankBy::Published => Some(complete.index.clone()),
        RankBy::Exact => complete.exact_index.clone(),
    }
}

/// The same sheets, figure by figure: each place first holds what another unit entered, as when a later stage changes it.
fn laid(compiled: &Compiled, sheets: &[Sheet]) -> Figures {
    let mut figures = Figures::new(compiled, sheets.len());
    for others in [1, 0] {
        for seat in (0..sheets.len()).rev() {
            let from = &sheets[(seat + others) % sheets.len()];
            figures.set_open(seat, from.is_open());
            for (slot, value) in (0..).zip(from.values()) {
                figures.set_value(seat, Slot(slot), value.clone());
            }
            for node in 0..compiled.set.criteria.len() {
                figures.set_entry(seat, node, from.entry(node).clone());
            }
        }
    }
    figures
}

/// Units that differ in nothing but their place share columns with others that need the general evaluator, and lose nothing by it.
#[test]
fn a_unit_scores_the_same_beside_any_others() {
    let rules = rules();
    for (at, (_, text)) in rules.iter().enumerate() {
        let way = Way {
            at: RoundAt::Leaf,
            cut: false,
            digits: 3,
            index_digits: 2,
            formula: IndexFormula::Share,
            rank_by: RankBy::Published,
            next: false,
            cap: false,
        };
        let compiled = set(&[(at, 20, 0, 0, 0)], &way).unwrap();
        let calendar = calendar();
        let stage = StageRules { calendar: &calendar, counts: None };
        let seeds: Vec<u32> = (0..150_u32).map(|seat| seat.wrapping_mul(2_654_435_761)).collect();
        let seat = |seed: &u32| Seat { sheet: sheet(&compiled, &[*seed]), ranked: true };
        let together = Board::new(&compiled, stage, seeds.iter().map(seat).collect(), &|_, _| None);
        for (place, seed) in seeds.iter().enumerate() {
            let alone = Board::new(&compiled, stage, vec![seat(seed)], &|_, _| None);
            assert_eq!(together.total(place), alone.total(0), "{text}");
        }
    }
}
