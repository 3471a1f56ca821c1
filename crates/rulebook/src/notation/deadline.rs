//! `hạn 15/01/2024 cho [ngày ban hành]: đúng hạn được 1 điểm; trễ đến 5 ngày làm việc được 0,5 điểm; trễ hơn được 0 điểm`

use super::award::earns;
use super::cursor::{Cursor, Parsed};
use crate::rule::{Anchor, DayCount, Deadline, Due, Late};

pub(super) fn deadline(cursor: &mut Cursor) -> Parsed<Deadline<String>> {
    let due = due(cursor)?;
    cursor.need_word("cho", "«cho» và tên số liệu ngày", "“cho” (for) and the date that is judged")?;
    let done = cursor.name()?;
    cursor.need_sign(':', "dấu :", ":")?;
    cursor.need_word("đúng hạn", "«đúng hạn được … điểm»", "“đúng hạn” (in time)")?;
    let in_time = earns(cursor)?;
    let mut late = Vec::new();
    while cursor.then_word("trễ đến") {
        late.push(tier(cursor)?);
    }
    if !cursor.then_word("trễ hơn") && !cursor.then_word("trễ") {
        return cursor
            .expected("«; trễ được … điểm» hoặc «; trễ hơn được … điểm»", "“; trễ” (late) and its points");
    }
    let later = earns(cursor)?;
    let never = if cursor.then_word("chưa có") { Some(earns(cursor)?) } else { None };
    Ok(Deadline { done, due, in_time, late, later, never })
}

fn due(cursor: &mut Cursor) -> Parsed<Due<String>> {
    let anchor = match cursor.take_date() {
        Some(date) => Anchor::Fixed(date),
        None => Anchor::Input(cursor.name()?),
    };
    let sign = if cursor.word("lùi") || cursor.word("cộng") || cursor.sign('+') {
        1
    } else if cursor.word("trước") {
        -1
    } else {
        return Ok(Due { anchor, shift: 0, days: DayCount::Calendar });
    };
    let (days, count) = days(cursor)?;
    Ok(Due { anchor, shift: sign * days, days: count })
}

fn tier(cursor: &mut Cursor) -> Parsed<Late<String>> {
    let (days, count) = days(cursor)?;
    Ok(Late { days, count, award: earns(cursor)? })
}

fn days(cursor: &mut Cursor) -> Parsed<(i64, DayCount)> {
    let days = cursor.small()?;
    cursor.need_word(
        "ngày",
        "«ngày» hoặc «ngày làm việc»",
        "“ngày” (days) or “ngày làm việc” (working days)",
    )?;
    let count = if cursor.word("làm việc") { DayCount::Working } else { DayCount::Calendar };
    Ok((days, count))
}
