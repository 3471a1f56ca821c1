//! `a/b ≥ 90% và [kiểm tra] là "Có"`.

use super::cursor::{Cursor, Parsed};
use super::expr::expr;
use crate::expr::{Comparison, Condition, Expr};

type Named = Condition<String>;

const SIGNS: [(char, Comparison); 6] = [
    ('<', Comparison::Less),
    ('≤', Comparison::AtMost),
    ('=', Comparison::Equal),
    ('≠', Comparison::NotEqual),
    ('≥', Comparison::AtLeast),
    ('>', Comparison::More),
];

pub(super) fn condition(cursor: &mut Cursor) -> Parsed<Named> {
    joined(cursor, "hoặc", all, Condition::Any)
}

fn all(cursor: &mut Cursor) -> Parsed<Named> {
    joined(cursor, "và", single, Condition::All)
}

fn joined(
    cursor: &mut Cursor,
    word: &str,
    part: fn(&mut Cursor) -> Parsed<Named>,
    join: fn(Vec<Named>) -> Named,
) -> Parsed<Named> {
    let first = part(cursor)?;
    let mut parts = vec![first];
    while cursor.word(word) {
        parts.push(part(cursor)?);
    }
    Ok(match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    })
}

fn single(cursor: &mut Cursor) -> Parsed<Named> {
    let left = expr(cursor)?;
    if let (Expr::Input(name), true) = (&left, cursor.word("là")) {
        return Ok(Condition::Is(name.clone(), cursor.answer()?));
    }
    let (sign, right) = comparison(cursor)?;
    Ok(Condition::Compare(sign, left, right))
}

pub(super) fn comparison(cursor: &mut Cursor) -> Parsed<(Comparison, Expr<String>)> {
    match SIGNS.into_iter().find(|(sign, _)| cursor.sign(*sign)) {
        Some((_, comparison)) => Ok((comparison, expr(cursor)?)),
        None => cursor.expected("dấu so sánh: = ≠ < ≤ > ≥", "a comparison: = ≠ < ≤ > ≥"),
    }
}
