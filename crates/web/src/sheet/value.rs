//! Values of figures, as somebody types them, as files write them and as fields show them.

use parindex_rulebook::input::{Input, Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;

use crate::criteria_set::try_rule::written;
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

/// A value as somebody typed it.
///
/// # Errors
/// The sentence for whoever typed it.
pub fn value(kind: &Kind, text: &str, lang: Lang) -> Result<Value, String> {
    if *kind == Kind::Date {
        return day::read(text).map(Value::Date).map_err(|wrong| wrong.say(lang));
    }
    kind.read(&written(kind, text)).map_err(|wrong| wrong.say(lang))
}

/// Points as files write them: a number between zero and the maximum.
///
/// # Errors
/// The sentence for whoever typed them.
pub fn points(set: &Compiled, node: usize, text: &str, lang: Lang) -> Result<String, String> {
    let max = set.max(node);
    let needed = || {
        let max = lang.short(max);
        lang.pick(
            format!("cần một số từ 0 đến {max}, ví dụ 0,75"),
            format!("a number from 0 to {max} is needed, such as 0.75"),
        )
    };
    let points = Number::parse_either(text).map_err(|_none| needed())?;
    if points.is_negative() || points > *max { Err(needed()) } else { Ok(points.to_string()) }
}
