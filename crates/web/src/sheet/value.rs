//! Values of figures, as somebody types them, as files write them and as fields show them.

use parindex_rulebook::input::{Input, Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::{Amount, InvalidNumber, Number};
use parindex_rulebook::set::Compiled;

use crate::day;

/// A stored value as a field shows it: with the decimal mark of the language, days as people write them.
#[must_use]
pub fn shown(input: &Input, text: &str, lang: Lang) -> String {
    match &input.kind {
        Kind::Date => day::stored(text),
        Kind::Decimal | Kind::Ratio { .. } | Kind::Money => {
            lang.pick(text.replace('.', ","), text.to_owned())
        }
        _ => text.to_owned(),
    }
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
    let needed = || {
        let max = lang.short(max);
        lang.pick(
            format!("cần một số từ 0 đến {max}, ví dụ 0,75"),
            format!("a number from 0 to {max} is needed, such as 0.75"),
        )
    };
    match Number::typed(text, lang, amount) {
        Ok(points) if !points.is_negative() && points <= *max => Ok(points.to_string()),
        Err(unclear @ InvalidNumber::Unclear(_)) => Err(format!("«{text}» {}", unclear.say(lang))),
        _ => Err(needed()),
    }
}
