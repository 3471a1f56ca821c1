//! A rule back to the one line that reads as it.

use super::body::{CASE, CHOICE};
use crate::expr::{Condition, Expr, Op};
use crate::number::Number;
use crate::rule::{Anchor, Award, Body, DayCount, Deadline, Due, Each, End, Range, Rule, ZeroDenominator};

/// Writes a rule so that [`super::parse`] reads the same value back.
#[must_use]
pub fn print(rule: &Rule<String>) -> String {
    let zero = match &rule.zero {
        ZeroDenominator::Unstated => return body(&rule.body),
        ZeroDenominator::Ratio(percent) => format!("tỷ lệ là {}%", number(percent)),
        ZeroDenominator::Full => "điểm tối đa".to_owned(),
        ZeroDenominator::Points(points) => format!("{} điểm", number(points)),
        ZeroDenominator::NotApplicable => "không áp dụng".to_owned(),
    };
    format!("{}; mẫu bằng 0: {zero}", body(&rule.body))
}

#[expect(clippy::too_many_lines, reason = "one line for each way of scoring, side by side")]
fn body(body: &Body<String>) -> String {
    match body {
        Body::Judgement { step: None } => "chấm điểm".to_owned(),
        Body::Judgement { step: Some(step) } => format!("chấm điểm, bước {}", number(step)),
        Body::Information => "chỉ để thông tin".to_owned(),
        Body::FromParent => "lấy điểm của đơn vị cấp trên".to_owned(),
        Body::Choice { input, options } => {
            let options =
                list(options, |option| format!("{} = {}", label(&option.label), award(&option.then)));
            format!("chọn{}: {options}", named(input, CHOICE))
        }
        Body::PerUnit { terms, cap } => {
            let cap = cap.as_ref().map(|cap| format!("; tối đa {}", award(cap))).unwrap_or_default();
            format!(
                "{}{cap}",
                list(terms, |each| format!("mỗi {} được {}", print_expr(&each.count), award(&each.award)))
            )
        }
        Body::Deduct { terms } => list(terms, off),
        Body::Proportional { measure, full_from, zero_below } => {
            proportional(measure, full_from.as_ref(), zero_below.as_ref())
        }
        Body::Bands { measure, bands } => {
            let bands = list(bands, |band| format!("{} được {}", range(&band.range), award(&band.award)));
            format!("theo bậc {}: {bands}", print_expr(measure))
        }
        Body::WeightedSum { terms } => {
            let term = |term: &crate::rule::Term<String>| {
                let cap = term.cap.as_ref().map(|cap| format!(" tối đa {}", number(cap))).unwrap_or_default();
                format!("{} × {}{cap}", number(&term.weight), inside(&term.measure, 2))
            };
            format!("cộng: {}", list(terms, term))
        }
        Body::Steps(steps) => {
            let cap =
                steps.cap.as_ref().map(|cap| format!("; tối đa {} điểm", number(cap))).unwrap_or_default();
            let (to, base) = (number(&steps.base_to), number(&steps.base));
            let (step, each) = (number(&steps.step), number(&steps.each));
            let measure = print_expr(&steps.measure);
            format!(
                "bậc thang {measure}: đến {to} được {base} điểm; cứ thêm {step} được thêm {each} điểm{cap}"
            )
        }
        Body::Survey { answers } => {
            let answers =
                list(answers, |each| format!("{} = {}%", label(&each.label), number(&each.percent)));
            format!("theo phiếu: {answers}")
        }
        Body::Sipas { share } => format!("theo SIPAS {}", print_expr(share)),
        Body::NoBreach { inputs, otherwise } => {
            let inputs = inputs.iter().map(|input| name(input)).collect::<Vec<_>>().join(", ");
            format!("không có {inputs} được điểm tối đa; nếu có được {}", award(otherwise))
        }
        Body::Deadline(each) => deadline(each),
        Body::Cases { pick, cases } => {
            let cases: Vec<_> = cases
                .iter()
                .map(|case| format!("{}: {}", label(&case.label), self::body(&case.then)))
                .collect();
            format!("một trong{}: {}", named(pick, CASE), cases.join(" | "))
        }
        Body::When { arms, otherwise } => {
            let arm = |arm: &crate::rule::Arm<String>| {
                format!("nếu {} thì {} | ", condition(&arm.condition, false), self::body(&arm.then))
            };
            format!("{}còn lại {}", arms.iter().map(arm).collect::<String>(), self::body(otherwise))
        }
        Body::Formula(expr) => format!("công thức {}", print_expr(expr)),
    }
}

fn list<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    items.iter().map(each).collect::<Vec<_>>().join("; ")
}

fn off(each: &Each<String>) -> String {
    format!("trừ {} mỗi {}", award(&each.award), print_expr(&each.count))
}

fn proportional(measure: &Expr<String>, full_from: Option<&Number>, zero_below: Option<&Number>) -> String {
    let hundred = Number::whole(100);
    let word = if matches!(measure, Expr::Growth(..)) { "theo" } else { "theo tỷ lệ" };
    let full = full_from.map(|from| format!("; từ {}% được điểm tối đa", number(&(from * &hundred))));
    let zero = zero_below.map(|below| format!("; dưới {}% được 0 điểm", number(&(below * &hundred))));
    format!("{word} {}{}{}", print_expr(measure), full.unwrap_or_default(), zero.unwrap_or_default())
}

fn deadline(each: &Deadline<String>) -> String {
    let start =
        format!("hạn {} cho {}: đúng hạn được {}", due(&each.due), name(&each.done), award(&each.in_time));
    let tiers = each
        .late
        .iter()
        .map(|tier| format!("trễ đến {} được {}", days(tier.days, tier.count), award(&tier.award)));
    let word = if each.late.is_empty() { "trễ" } else { "trễ hơn" };
    let later = format!("{word} được {}", award(&each.later));
    let never = each.never.iter().map(|never| format!("chưa có được {}", award(never)));
    std::iter::once(start).chain(tiers).chain([later]).chain(never).collect::<Vec<_>>().join("; ")
}

fn due(due: &Due<String>) -> String {
    let anchor = match &due.anchor {
        Anchor::Fixed(date) => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        Anchor::Input(input) => name(input),
    };
    match due.shift {
        0 if due.days == DayCount::Calendar => anchor,
        shift if shift >= 0 => format!("{anchor} lùi {}", days(shift, due.days)),
        shift => format!("{anchor} trước {}", days(-shift, due.days)),
    }
}

fn days(days: i64, count: DayCount) -> String {
    match count {
        DayCount::Calendar => format!("{days} ngày"),
        DayCount::Working => format!("{days} ngày làm việc"),
    }
}

fn award(award: &Award<String>) -> String {
    match award {
        Award::Points(points) => format!("{} điểm", number(points)),
        Award::Share(percent) => format!("{}%", number(percent)),
        Award::Full => "điểm tối đa".to_owned(),
        Award::NotApplicable => "không áp dụng".to_owned(),
        Award::Formula(expr) => format!("theo công thức {}", print_expr(expr)),
    }
}

fn range(range: &Range) -> String {
    let at = |end: &End| {
        if end.percent { format!("{}%", number(&(&end.at * &Number::whole(100)))) } else { number(&end.at) }
    };
    match (&range.from, &range.to) {
        (Some(from), Some(to)) if from == to && from.included => format!("bằng {}", at(from)),
        (from, to) => {
            let from =
                from.as_ref().map(|end| format!("{} {}", if end.included { "từ" } else { "trên" }, at(end)));
            let below = if from.is_some() { "đến dưới" } else { "dưới" };
            let to =
                to.as_ref().map(|end| format!("{} {}", if end.included { "đến" } else { below }, at(end)));
            from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Writes an expression with as few parentheses as its meaning allows.
#[must_use]
pub fn print_expr(expr: &Expr<String>) -> String {
    match expr {
        Expr::Number(value) => number(value),
        Expr::Percent(value) => format!("{}%", number(value)),
        Expr::Input(input) => name(input),
        Expr::Max => "điểm tối đa".to_owned(),
        Expr::Negate(inner) => format!("-{}", inside(inner, 3)),
        Expr::Growth(now, before) => format!("mức tăng {} so với {}", inside(now, 3), inside(before, 3)),
        Expr::Fallback(first, second) => {
            format!("({}, nếu thiếu thì {})", print_expr(first), print_expr(second))
        }
        Expr::Call(function, arguments) => format!("{}({})", function.word(), list(arguments, print_expr)),
        Expr::Binary(op, left, right) => {
            let (sign, level) = match op {
                Op::Add => (" + ", 1),
                Op::Subtract => (" - ", 1),
                Op::Multiply => (" × ", 2),
                // Three literals around two slashes would read as a date.
                Op::Divide if matches!(**right, Expr::Number(_)) => (" / ", 2),
                Op::Divide => ("/", 2),
            };
            // Operations of one level read from the left, so an equal level on the right needs its parentheses.
            format!("{}{sign}{}", inside(left, level), inside(right, level + 1))
        }
    }
}

fn inside(expr: &Expr<String>, level: u8) -> String {
    let own = match expr {
        Expr::Binary(Op::Add | Op::Subtract, ..) => 1,
        Expr::Binary(..) => 2,
        Expr::Number(value) if value.is_negative() => 2,
        _ => 3,
    };
    if own < level { format!("({})", print_expr(expr)) } else { print_expr(expr) }
}

fn condition(condition: &Condition<String>, inside_all: bool) -> String {
    let join = |parts: &[Condition<String>], word: &str, inside_all: bool| {
        parts.iter().map(|part| self::condition(part, inside_all)).collect::<Vec<_>>().join(word)
    };
    match condition {
        Condition::Compare(sign, left, right) => {
            format!("{} {} {}", print_expr(left), sign.sign(), print_expr(right))
        }
        Condition::Is(input, answer) => format!("{} là {}", name(input), quoted(answer)),
        Condition::All(parts) => join(parts, " và ", true),
        Condition::Any(parts) => join(parts, " hoặc ", inside_all),
    }
}

fn number(value: &Number) -> String {
    let plain = value.to_decimal().unwrap_or_else(|| value.to_fixed(9));
    Number::clear(&plain).replace('.', ",")
}

/// Short plain names stand bare; all others in brackets, so that no word of the notation is mistaken for one.
pub(super) fn name(name: &str) -> String {
    let plain = name.len() <= 3 && name.chars().all(|each| each.is_ascii_alphanumeric());
    let bare = plain && name.starts_with(|first: char| first.is_ascii_alphabetic());
    if bare { name.to_owned() } else { format!("[{name}]") }
}

fn named(input: &str, default: &str) -> String {
    if input == default { String::new() } else { format!(" {}", name(input)) }
}

/// A label of plain words stands bare; any other in quotation marks.
pub(super) fn label(label: &str) -> String {
    let word = |word: &str| {
        word.starts_with(char::is_alphabetic)
            && word.chars().all(|each| each.is_alphanumeric() || each == '_')
    };
    let lower = label.to_lowercase();
    let clause = ["mẫu bằng", "mẫu số bằng"].iter().any(|words| lower.starts_with(words));
    if label.split(' ').all(word) && !clause {
        return label.to_owned();
    }
    quoted(label)
}

pub(super) fn quoted(label: &str) -> String {
    if label.contains('"') { format!("“{label}”") } else { format!("\"{label}\"") }
}
