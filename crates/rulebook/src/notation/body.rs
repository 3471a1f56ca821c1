//! The shapes a rule can have, by the words they begin with.

use super::award::{NOTHING, award, each, earns, off, points, range};
use super::condition::condition;
use super::cursor::{Cursor, Parsed};
use super::deadline::deadline;
use super::expr::{expr, product};
use super::token::Kind;
use crate::expr::Expr;
use crate::number::Number;
use crate::rule::{Arm, Award, Band, Body, Labelled, Rule, Steps, Term, Weighted, ZeroDenominator};

type Named = Body<String>;

/// What may follow the last clause of any body.
const ZERO: [&str; 2] = ["mẫu bằng", "mẫu số bằng"];
const CAP: &str = "tối đa";

/// The input of a choice that names none.
pub(super) const CHOICE: &str = "lựa chọn";
/// The input that names the case that applies.
pub(super) const CASE: &str = "trường hợp";

pub(super) fn rule(cursor: &mut Cursor) -> Parsed<Rule<String>> {
    let body = body(cursor)?;
    let zero = if cursor.then_any(&ZERO) { zero(cursor)? } else { ZeroDenominator::Unstated };
    Ok(Rule { body, zero })
}

/// `mẫu bằng 0: tỷ lệ là 0%`
fn zero(cursor: &mut Cursor) -> Parsed<ZeroDenominator> {
    if cursor.number()? != Number::ZERO {
        return cursor.expected("«mẫu bằng 0:»", "“mẫu bằng 0:” (zero denominator)");
    }
    cursor.need_sign(':', "dấu :", ":")?;
    if cursor.word("tỷ lệ là") {
        return cursor.percent().map(ZeroDenominator::Ratio);
    }
    match award(cursor)? {
        Award::Full => Ok(ZeroDenominator::Full),
        Award::NotApplicable => Ok(ZeroDenominator::NotApplicable),
        Award::Points(points) => Ok(ZeroDenominator::Points(points)),
        Award::Share(_) | Award::Formula(_) => cursor.expected(
            "«điểm tối đa», «0 điểm», «không áp dụng» hoặc «tỷ lệ là 0%»",
            "points or “tỷ lệ là 0%”",
        ),
    }
}

fn body(cursor: &mut Cursor) -> Parsed<Named> {
    cursor.deeper(|cursor| match opening(cursor) {
        Some(read) => read(cursor),
        None => cursor.expected(
            "cách tính: theo tỷ lệ, theo bậc, chọn, mỗi, trừ, cộng, bậc thang, theo phiếu, theo SIPAS, hạn, không có, \
             một trong, nếu, công thức, chấm điểm, lấy điểm của đơn vị cấp trên, chỉ để thông tin",
            "a way of scoring (theo tỷ lệ, theo bậc, chọn, mỗi, trừ, cộng, …)",
        ),
    })
}

type Reader = fn(&mut Cursor) -> Parsed<Named>;

fn opening(cursor: &mut Cursor) -> Option<Reader> {
    const SHAPES: [(&str, Reader); 17] = [
        ("chấm điểm", judgement),
        ("chỉ để thông tin", |_| Ok(Body::Information)),
        ("lấy điểm của đơn vị cấp trên", |_| Ok(Body::FromParent)),
        ("chọn", choice),
        ("mỗi", per_unit),
        ("trừ", deduct),
        ("theo bậc", bands),
        ("theo phiếu", survey),
        ("theo sipas", sipas),
        ("theo tỷ lệ", proportional),
        ("theo", proportional),
        ("cộng", weighted_sum),
        ("bậc thang", steps),
        ("không có", no_breach),
        ("hạn", |cursor| deadline(cursor).map(Body::Deadline)),
        ("một trong", cases),
        ("công thức", |cursor| expr(cursor).map(Body::Formula)),
    ];
    if cursor.sees("nếu") {
        return Some(when);
    }
    SHAPES.into_iter().find(|(word, _)| cursor.word(word)).map(|(_, read)| read)
}

fn judgement(cursor: &mut Cursor) -> Parsed<Named> {
    let step = if cursor.sign(',') {
        cursor.need_word("bước", "«bước» và số điểm", "“bước” (step) and points")?;
        Some(points(cursor)?)
    } else {
        None
    };
    Ok(Body::Judgement { step })
}

fn name_or(cursor: &mut Cursor, default: &str) -> Parsed<String> {
    let name =
        if matches!(cursor.peek(), Some(Kind::Sign(':'))) { default.to_owned() } else { cursor.title()? };
    cursor.need_sign(':', "dấu :", ":")?;
    Ok(name)
}

/// `chọn: Có = 0,5 điểm; Không = 0 điểm`
fn choice(cursor: &mut Cursor) -> Parsed<Named> {
    let input = name_or(cursor, CHOICE)?;
    let options = list(cursor, &ZERO, |cursor| {
        let label = cursor.label()?;
        cursor.need_sign('=', "dấu = và số điểm", "= and the points")?;
        Ok(Labelled { label, then: award(cursor)? })
    })?;
    Ok(Body::Choice { input, options })
}

/// `mỗi [quy chế] được 0,5 điểm; tối đa 2 điểm`
fn per_unit(cursor: &mut Cursor) -> Parsed<Named> {
    let mut terms = vec![each(cursor)?];
    while cursor.then_word("mỗi") {
        terms.push(each(cursor)?);
    }
    let cap = if cursor.then_word(CAP) { Some(award(cursor)?) } else { None };
    Ok(Body::PerUnit { terms, cap })
}

/// `trừ 50% mỗi [vi phạm nhẹ]; trừ 100% mỗi [vi phạm nặng]`
fn deduct(cursor: &mut Cursor) -> Parsed<Named> {
    let mut terms = vec![off(cursor)?];
    while cursor.then_word("trừ") {
        terms.push(off(cursor)?);
    }
    Ok(Body::Deduct { terms })
}

/// `theo tỷ lệ b/a; từ 90% được điểm tối đa; dưới 50% được 0 điểm`, the two clauses in either order.
fn proportional(cursor: &mut Cursor) -> Parsed<Named> {
    let measure = expr(cursor)?;
    let mut full_from = threshold(cursor)?;
    let zero_below = floor(cursor)?;
    if full_from.is_none() {
        full_from = threshold(cursor)?;
    }
    Ok(Body::Proportional { measure, full_from, zero_below })
}

/// `; từ 90% được điểm tối đa`, `; 90% trở lên được điểm tối đa`
fn threshold(cursor: &mut Cursor) -> Parsed<Option<Number>> {
    let from = if cursor.then_word("từ") {
        let from = cursor.percent()?;
        cursor.word("trở lên");
        from
    } else {
        let upwards = |cursor: &mut Cursor| {
            let from = if cursor.sign(';') { cursor.percent().ok() } else { None };
            from.filter(|_| cursor.word("trở lên"))
        };
        match cursor.attempt(upwards) {
            Some(from) => from,
            None => return Ok(None),
        }
    };
    if from <= Number::ZERO {
        // In proportion to nothing, or to less than nothing, has no meaning.
        return cursor.expected(
            "ngưỡng lớn hơn 0%; nếu có ngưỡng âm hãy dùng «theo bậc»",
            "a threshold above 0 %; for others use “theo bậc”",
        );
    }
    cursor.need_word("được điểm tối đa", "«được điểm tối đa»", "“được điểm tối đa” (full marks)")?;
    Ok(Some(from * Number::hundredths(1)))
}

/// `; dưới 50% được 0 điểm`
fn floor(cursor: &mut Cursor) -> Parsed<Option<Number>> {
    if !cursor.then_word("dưới") {
        return Ok(None);
    }
    let below = cursor.percent()?;
    if !matches!(earns(cursor)?, Award::Points(points) | Award::Share(points) if points.is_zero()) {
        return cursor.expected("«được 0 điểm»; nếu có nhiều mức hãy dùng «theo bậc»", "“được 0 điểm”");
    }
    Ok(Some(below * Number::hundredths(1)))
}

/// `theo bậc a/b: từ 95% được 2 điểm; dưới 95% được 0 điểm`
fn bands(cursor: &mut Cursor) -> Parsed<Named> {
    let measure = cursor.with_colon(false, expr)?;
    cursor.need_sign(':', "dấu : trước các bậc", ": before the bands")?;
    let bands = list(cursor, &ZERO, |cursor| Ok(Band { range: range(cursor)?, award: earns(cursor)? }))?;
    Ok(Body::Bands { measure, bands })
}

/// `cộng: 6 × a/b; 2,5 × c/e tối đa 2`
fn weighted_sum(cursor: &mut Cursor) -> Parsed<Named> {
    cursor.need_sign(':', "dấu : trước các phần", ": before the parts")?;
    let terms = list(cursor, &ZERO, |cursor| {
        let weight = cursor.number()?;
        if !cursor.times() {
            return cursor.expected("dấu ×", "×");
        }
        let measure = product(cursor)?;
        let cap = if cursor.word(CAP) { Some(points(cursor)?) } else { None };
        Ok(Term { weight, measure, cap })
    })?;
    Ok(Body::WeightedSum { terms })
}

/// `bậc thang [dân số]: đến 20000 được 15 điểm; cứ thêm 1000 được thêm 0,5 điểm; tối đa 25 điểm`
fn steps(cursor: &mut Cursor) -> Parsed<Named> {
    let measure = cursor.with_colon(false, expr)?;
    cursor.need_sign(':', "dấu :", ":")?;
    cursor.need_word("đến", "«đến» và mức đầu tiên", "“đến” (up to) and the first mark")?;
    let base_to = mark(cursor)?;
    cursor.need_word("được", "«được» và số điểm", "“được” and points")?;
    let base = points(cursor)?;
    cursor.need_sign(';', "dấu ;", ";")?;
    cursor.need_word("cứ thêm", "«cứ thêm» và độ lớn mỗi bước", "“cứ thêm” (for each further) and a size")?;
    let step = mark(cursor)?;
    if step <= Number::ZERO {
        return cursor.expected("bước lớn hơn 0", "a step above zero");
    }
    cursor.need_word("được thêm", "«được thêm» và số điểm", "“được thêm” and points")?;
    let each = points(cursor)?;
    let cap = if cursor.then_word(CAP) { Some(points(cursor)?) } else { None };
    Ok(Body::Steps(Steps { measure, base_to, base, step, each, cap }))
}

/// `20000`, `80%`
fn mark(cursor: &mut Cursor) -> Parsed<Number> {
    let value = cursor.number()?;
    Ok(if cursor.sign('%') { value * Number::hundredths(1) } else { value })
}

/// `theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%`
fn survey(cursor: &mut Cursor) -> Parsed<Named> {
    cursor.need_sign(':', "dấu : trước các câu trả lời", ": before the answers")?;
    let answers = list(cursor, &ZERO, |cursor| {
        let label = cursor.label()?;
        cursor.need_sign('=', "dấu = và phần trăm", "= and a percentage")?;
        Ok(Weighted { input: label.clone(), label, percent: cursor.percent()? })
    })?;
    Ok(Body::Survey { answers })
}

fn sipas(cursor: &mut Cursor) -> Parsed<Named> {
    Ok(Body::Sipas { share: expr(cursor)? })
}

/// `không có a, b được điểm tối đa; nếu có được 0 điểm`
fn no_breach(cursor: &mut Cursor) -> Parsed<Named> {
    let mut inputs = vec![cursor.name()?];
    while cursor.sign(',') {
        inputs.push(cursor.name()?);
    }
    cursor.need_word("được điểm tối đa", "«được điểm tối đa»", "“được điểm tối đa” (full marks)")?;
    let otherwise = if cursor.then_word("nếu có") { earns(cursor)? } else { Award::Points(Number::ZERO) };
    Ok(Body::NoBreach { inputs, otherwise })
}

/// `một trong: "có phát sinh": theo tỷ lệ a/b | "không phát sinh": 2 điểm`
fn cases(cursor: &mut Cursor) -> Parsed<Named> {
    let pick = name_or(cursor, CASE)?;
    let mut cases = Vec::new();
    loop {
        let label = cursor.label()?;
        cursor.need_sign(':', "dấu : sau tên trường hợp", ": after the case's name")?;
        cases.push(Labelled { label, then: arm(cursor)? });
        if !cursor.sign('|') {
            return Ok(Body::Cases { pick, cases });
        }
    }
}

/// `nếu a > 0 thì theo tỷ lệ b/a | còn lại công thức điểm tối đa`
fn when(cursor: &mut Cursor) -> Parsed<Named> {
    let mut arms = Vec::new();
    while cursor.word("nếu") {
        let condition = cursor.deeper(condition)?;
        cursor.need_word("thì", "«thì» và cách tính", "“thì” (then) and a way of scoring")?;
        arms.push(Arm { condition, then: arm(cursor)? });
        cursor.need_sign('|', "dấu | trước «nếu» hoặc «còn lại»", "| before “nếu” or “còn lại”")?;
    }
    cursor.need_word("còn lại", "«còn lại» và cách tính cho các trường hợp khác", "“còn lại” (otherwise)")?;
    Ok(Body::When { arms, otherwise: Box::new(arm(cursor)?) })
}

/// What applies in a case: a way of scoring, or simply points.
fn arm(cursor: &mut Cursor) -> Parsed<Named> {
    if cursor.word("điểm tối đa") {
        return Ok(Body::Formula(Expr::Max));
    }
    if NOTHING.iter().any(|phrase| cursor.word(phrase)) {
        return Ok(Body::Formula(Expr::Number(Number::ZERO)));
    }
    match cursor.take_number() {
        Some(points) => {
            cursor.word("điểm");
            Ok(Body::Formula(Expr::Number(points)))
        }
        None => body(cursor),
    }
}

fn list<T>(cursor: &mut Cursor, ends: &[&str], item: impl Fn(&mut Cursor) -> Parsed<T>) -> Parsed<Vec<T>> {
    let mut items = vec![item(cursor)?];
    while cursor.more_unless(ends) {
        items.push(item(cursor)?);
    }
    Ok(items)
}
