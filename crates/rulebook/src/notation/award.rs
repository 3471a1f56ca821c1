//! `0,5 điểm`, `50%`, `điểm tối đa`, `không áp dụng`, `theo công thức a/b × điểm tối đa`.

use super::cursor::{Cursor, Parsed};
use super::expr::expr;
use super::token::Kind;
use crate::number::Number;
use crate::rule::{Award, Each, End, Range};

pub(super) fn award(cursor: &mut Cursor) -> Parsed<Award<String>> {
    if cursor.word("điểm tối đa") {
        return Ok(Award::Full);
    }
    if cursor.word("không áp dụng") {
        return Ok(Award::NotApplicable);
    }
    if cursor.word("theo công thức") {
        return Ok(Award::Formula(expr(cursor)?));
    }
    let Some(value) = cursor.take_number() else {
        return cursor.expected(
            "số điểm (0,5 điểm), phần trăm (50%), «điểm tối đa» hoặc «không áp dụng»",
            "points (0.5 điểm), a percentage (50%), “điểm tối đa” or “không áp dụng”",
        );
    };
    if cursor.sign('%') {
        return Ok(Award::Share(value));
    }
    cursor.word("điểm");
    Ok(Award::Points(value))
}

/// How decisions say that something earns nothing.
pub(super) const NOTHING: [&str; 3] = ["không tính điểm", "không được tính điểm", "không chấm điểm"];

/// `được 2 điểm`, `không tính điểm`
pub(super) fn earns(cursor: &mut Cursor) -> Parsed<Award<String>> {
    if NOTHING.iter().any(|phrase| cursor.word(phrase)) {
        return Ok(Award::Points(Number::ZERO));
    }
    cursor.need_word("được", "«được» và số điểm", "“được” and the points")?;
    award(cursor)
}

/// `2 điểm`
pub(super) fn points(cursor: &mut Cursor) -> Parsed<Number> {
    let value = cursor.number()?;
    cursor.word("điểm");
    Ok(value)
}

/// `mỗi a được 0,5 điểm`
pub(super) fn each(cursor: &mut Cursor) -> Parsed<Each<String>> {
    let count = expr(cursor)?;
    Ok(Each { award: earns(cursor)?, count })
}

/// `trừ 50% mỗi a`
pub(super) fn off(cursor: &mut Cursor) -> Parsed<Each<String>> {
    let award = award(cursor)?;
    cursor.need_word("mỗi", "«mỗi» và tên số liệu", "“mỗi” (for each) and an input")?;
    Ok(Each { award, count: expr(cursor)? })
}

/// `từ 80% đến dưới 95%`, `trên 0`, `đến 5`, `bằng 0`, `95% trở lên`, `20% trở xuống`
pub(super) fn range(cursor: &mut Cursor) -> Parsed<Range> {
    if cursor.word("bằng") {
        let at = end(cursor, true)?;
        return Ok(Range { from: Some(at.clone()), to: Some(at) });
    }
    if matches!(cursor.peek(), Some(Kind::Number(_))) {
        let at = end(cursor, true)?;
        return if cursor.word("trở lên") {
            Ok(Range { from: Some(at), to: None })
        } else if cursor.word("trở xuống") {
            Ok(Range { from: None, to: Some(at) })
        } else {
            cursor.expected(
                "«trở lên» hoặc «trở xuống», hoặc viết từ, trên, đến, dưới, bằng trước mốc này",
                "“trở lên” (and more) or “trở xuống” (and less), or từ, trên, đến, dưới or bằng before this mark",
            )
        };
    }
    let from = if cursor.word("từ") {
        Some(end(cursor, true)?)
    } else if cursor.word("trên") {
        Some(end(cursor, false)?)
    } else {
        None
    };
    if from.is_some() && cursor.word("trở lên") {
        return Ok(Range { from, to: None });
    }
    let to = if cursor.word("đến dưới") || cursor.word("dưới") {
        Some(end(cursor, false)?)
    } else if cursor.word("đến") {
        Some(end(cursor, true)?)
    } else {
        None
    };
    cursor.word("trở xuống");
    if from.is_none() && to.is_none() {
        return cursor
            .expected("khoảng: từ, trên, đến, dưới hoặc bằng", "a range: từ, trên, đến, dưới or bằng");
    }
    Ok(Range { from, to })
}

fn end(cursor: &mut Cursor, included: bool) -> Parsed<End> {
    let value = cursor.number()?;
    let percent = cursor.sign('%');
    let at = if percent { value * Number::hundredths(1) } else { value };
    Ok(End { at, included, percent })
}
