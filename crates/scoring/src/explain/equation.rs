//! Equations over points: with as many digits as a pocket calculator needs to come to what is printed.

use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::settings::Rounding;

/// Decimals that are printed whole; longer numbers are shortened.
const WHOLE: u8 = 6;
/// Decimals of a shortened number: fewest and most.
const SHORTENED: std::ops::RangeInclusive<u8> = 4..=9;

/// How a result is rounded afterwards, so that enough of its digits are printed.
type Then = Option<Rounding>;

/// `1,5 + 2 = 3,5`, the number alone where there is one, or `1,66667 + 0,33333 ≈ 2` where a part has no end.
pub(super) fn added(lang: Lang, parts: &[Number], sum: &Number, then: Then) -> String {
    if let [only] = parts
        && only == sum
    {
        return lang.cut(sum, WHOLE);
    }
    let text = |parts: &[Number]| parts.iter().map(|part| lang.exact(part)).collect::<Vec<_>>().join(" + ");
    if parts.iter().all(|part| part.fits(WHOLE)) {
        return format!("{} = {}", text(parts), lang.exact(sum));
    }
    for shown in SHORTENED {
        let short: Vec<Number> = parts.iter().map(|part| part.round_half_up(shown)).collect();
        if let Some(result) = approximate(&short.iter().sum(), sum, then) {
            return format!("{} ≈ {}", text(&short), lang.exact(&result));
        }
    }
    format!("{} = {}", text(parts), lang.exact(sum))
}

/// `17,35 : 20 × 100% = 86,75%`: `value : by × times`, of which the last and the result have the unit.
pub(super) fn scaled(
    lang: Lang,
    value: &Number,
    by: &Number,
    (times, unit): (&Number, &str),
    then: Then,
) -> String {
    let sign = lang.pick(":", "÷");
    let result = |value: &Number| (value * times).checked_div(by).unwrap_or_default();
    let text = |value: &Number| {
        format!("{} {sign} {} × {}{unit}", operand(lang, value), operand(lang, by), operand(lang, times))
    };
    let exact = result(value);
    if value.fits(WHOLE) {
        let digits = then.map_or(4, |then| then.digits.get() + 2).max(4);
        return format!("{} = {}{unit}", text(value), lang.cut(&exact, digits));
    }
    for shown in SHORTENED {
        let short = value.round_half_up(shown);
        if let Some(result) = approximate(&result(&short), &exact, then) {
            return format!("{} ≈ {}{unit}", text(&short), lang.exact(&result));
        }
    }
    format!("{} = {}{unit}", text(value), operand(lang, &exact))
}

/// A fraction as an operand stands in parentheses.
fn operand(lang: Lang, value: &Number) -> String {
    let text = lang.exact(value);
    if text.contains('/') { format!("({text})") } else { text }
}

/// The result with the fewest digits that both the printed numbers and the exact ones come to.
fn approximate(printed: &Number, exact: &Number, then: Then) -> Option<Number> {
    let rounds = |value: &Number| then.map(|then| value.round(then.digits, then.mode));
    SHORTENED.map(|digits| (digits, exact.round_half_up(digits))).find_map(|(digits, result)| {
        let half = Number::ratio(1, 2 * 10_i64.pow(u32::from(digits)))?;
        let near = (printed.clone() - result.clone()).abs() <= half;
        (near && rounds(&result) == rounds(exact)).then_some(result)
    })
}

/// `làm tròn 2 chữ số thập phân thành 12,35`, where that changes anything.
pub(super) fn rounded(lang: Lang, exact: &Number, rounding: Rounding) -> Option<String> {
    use parindex_rulebook::number::RoundMode;
    let to = exact.round(rounding.digits, rounding.mode);
    if to == *exact {
        return None;
    }
    let (digits, shown) = (rounding.digits.get(), lang.fixed(&to, rounding.digits.get()));
    let (vi, en) = match rounding.mode {
        RoundMode::HalfUp => ("làm tròn", "rounded to"),
        RoundMode::Cut => ("cắt còn", "cut to"),
    };
    Some(lang.pick(
        format!("{vi} {digits} chữ số thập phân thành {shown}"),
        format!("{en} {digits} decimals: {shown}"),
    ))
}
