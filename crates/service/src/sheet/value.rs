//! Values of figures, as somebody types them, as files write them and as fields show them.

use parindex_rulebook::input::{Input, Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::{Amount, InvalidNumber, Number};
use parindex_rulebook::set::Compiled;

use crate::day;

/// A stored value as a field shows it: with the decimal mark of the language, a share in percent to its last digit, days as people write
/// them. Read again it is the same value.
#[must_use]
pub fn shown(input: &Input, text: &str, lang: Lang) -> String {
    match &input.kind {
        Kind::Date => day::stored(text),
        Kind::Ratio { .. } => in_percent(text, lang).unwrap_or_else(|| text.to_owned()),
        Kind::Decimal | Kind::Money => lang.pick(text.replace('.', ","), text.to_owned()),
        _ => text.to_owned(),
    }
}

/// A stored share in percent, where that has an end.
fn in_percent(text: &str, lang: Lang) -> Option<String> {
    let share: Number = text.parse().ok()?;
    let percent = &share * &Number::whole(100);
    percent.to_decimal().map(|_ends| format!("{}%", lang.typed(&percent)))
}

/// A number as people read it, with marks of thousands, a share as percent; nothing for other values.
#[must_use]
pub fn read_as(kind: &Kind, value: &Value, lang: Lang) -> Option<String> {
    let Value::Number(number) = value else { return None };
    match kind {
        Kind::Ratio { .. } => {
            let percent = number * &Number::whole(100);
            Some(format!("{}%", lang.short(&percent)))
        }
        _ => Some(lang.short(number)),
    }
}

/// A value as somebody typed it over what is `stored`.
///
/// # Errors
/// The sentence for whoever typed it.
pub fn value(kind: &Kind, text: &str, stored: &Value, lang: Lang) -> Result<Value, String> {
    // Said of a day: the thing was not done.
    if *kind == Kind::Date && kind.read(text) == Ok(Value::NotDone) {
        return Ok(Value::NotDone);
    }
    if *kind == Kind::Date {
        return day::read(text).map(Value::Date).map_err(|wrong| wrong.say(lang));
    }
    kind.typed(text, stored, lang).map_err(|wrong| wrong.say(lang))
}

/// Points as files write them: a number between zero and the maximum.
///
/// # Errors
/// The sentence for whoever typed them.
pub fn points(set: &Compiled, node: usize, text: &str, lang: Lang) -> Result<String, String> {
    let max = set.max(node);
    // Nobody has a thousand points where the maximum is below it.
    let amount = if *max < Number::whole(1_000) { Amount::Points } else { Amount::Any };
    let fits = |points: &Number| !points.is_negative() && points <= max;
    let needed = || {
        let (most, example) = (lang.short(max), lang.typed(&Number::hundredths(75).min(max.clone())));
        lang.pick(
            format!("cần một số từ 0 đến {most}, ví dụ {example}"),
            format!("a number from 0 to {most} is needed, such as {example}"),
        )
    };
    match Number::typed(text, lang, amount) {
        Ok(points) if fits(&points) => Ok(points.to_string()),
        // Both readings are advised, so both have to be possible.
        Err(InvalidNumber::Unclear(both)) if both.thousands.parse().is_ok_and(|most| fits(&most)) => {
            Err(format!("«{text}» {}", InvalidNumber::Unclear(both).say(lang)))
        }
        _ => Err(needed()),
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::notation::parse_inputs;

    use super::*;

    #[test]
    fn a_share_comes_back_in_percent_and_is_read_as_it_was() {
        let inputs = parse_inputs("p: tỷ lệ; q: tỷ lệ mở").unwrap();
        for (text, vi, en) in [
            ("0.91375", "91,375%", "91.375%"),
            ("0.5", "50%", "50%"),
            ("1", "100%", "100%"),
            ("0.00025", "0,025%", "0.025%"),
        ] {
            for input in &inputs {
                for (lang, says) in [(Lang::Vi, vi), (Lang::En, en)] {
                    assert_eq!(shown(input, text, lang), says);
                    let read = value(&input.kind, says, &Value::Missing, lang);
                    assert_eq!(read, Ok(Value::Number(text.parse().unwrap())), "{says}");
                }
            }
        }
        let open = &inputs[1];
        assert_eq!(shown(open, "10.41125", Lang::Vi), "1041,125%");
        let read = value(&open.kind, "1041,125%", &Value::Missing, Lang::Vi);
        assert_eq!(read, Ok(Value::Number("10.41125".parse().unwrap())));
    }
}
