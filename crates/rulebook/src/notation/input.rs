//! `a: số đếm "Số hồ sơ đúng hạn"; [hình thức]: lựa chọn (Trực tiếp | Trực tuyến)`.

use super::cursor::{Cursor, Parsed};
use super::print::{label, name, quoted};
use crate::input::{Input, Kind};

pub(super) fn inputs(cursor: &mut Cursor) -> Parsed<Vec<Input>> {
    let mut found = Vec::new();
    while !cursor.is_end() {
        let name = cursor.title()?;
        cursor.need_sign(':', "dấu : sau tên số liệu", ": after the input's name")?;
        let kind = kind(cursor)?;
        let label = cursor.quoted().unwrap_or_default();
        found.push(Input { name, kind, label });
        if !cursor.sign(';') {
            break;
        }
    }
    Ok(found)
}

/// Longer words first, so that `số` does not hide `số đếm`.
const PLAIN: [(&str, Kind); 6] = [
    ("số đếm", Kind::Count),
    ("số", Kind::Decimal),
    ("tỷ lệ mở", Kind::Ratio { unbounded: true }),
    ("tỷ lệ", Kind::Ratio { unbounded: false }),
    ("tiền", Kind::Money),
    ("ngày", Kind::Date),
];

fn kind(cursor: &mut Cursor) -> Parsed<Kind> {
    if let Some((_, kind)) = PLAIN.iter().find(|(word, _)| cursor.word(word)) {
        return Ok(kind.clone());
    }
    if cursor.word("có") {
        cursor.need_sign('/', "«có/không»", "“có/không”")?;
        cursor.need_word("không", "«có/không»", "“có/không”")?;
        return Ok(Kind::YesNo);
    }
    if cursor.word("lựa chọn") {
        return options(cursor);
    }
    cursor.expected(
        "loại số liệu: số đếm, số, tỷ lệ, tỷ lệ mở, tiền, ngày, có/không, lựa chọn (…)",
        "a kind: số đếm, số, tỷ lệ, tỷ lệ mở, tiền, ngày, có/không, lựa chọn (…)",
    )
}

fn options(cursor: &mut Cursor) -> Parsed<Kind> {
    cursor.need_sign('(', "dấu ( trước các lựa chọn", "( before the options")?;
    let mut found = vec![cursor.label()?];
    while cursor.sign('|') {
        found.push(cursor.label()?);
    }
    cursor.need_sign(')', "dấu | hoặc )", "| or )")?;
    Ok(Kind::Choice(found))
}

pub(super) fn print(inputs: &[Input]) -> String {
    inputs.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn one(input: &Input) -> String {
    let options = match &input.kind {
        Kind::Choice(options) => {
            let options: Vec<_> = options.iter().map(|option| label(option)).collect();
            format!(" ({})", options.join(" | "))
        }
        _ => String::new(),
    };
    let title = if input.label.is_empty() { String::new() } else { format!(" {}", quoted(&input.label)) };
    format!("{}: {}{options}{title}", name(&input.name), input.kind.word())
}
