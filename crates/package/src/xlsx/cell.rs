//! A cell of a workbook as text, in the form that files use.

use calamine::DataRef;

use crate::PackageProblem;

/// A cell's value as text in the form that files use.
pub(super) fn text_of(value: &DataRef<'_>) -> Result<String, PackageProblem> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => lines(text),
        DataRef::SharedString(text) => lines(text),
        DataRef::Float(number) if number.is_finite() => shown_number(*number),
        DataRef::Float(_) => return Err(PackageProblem::CellError("#NUM!".to_owned())),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(true) => "Có".to_owned(),
        DataRef::Bool(false) => "Không".to_owned(),
        DataRef::DateTime(moment) => return day_of(moment),
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            Some(("", time)) => return Err(PackageProblem::TimeAlone(time.chars().take(5).collect())),
            Some((day, _)) => day.to_owned(),
            None => text.clone(),
        },
        DataRef::DurationIso(text) => return Err(PackageProblem::Duration(text.clone())),
        DataRef::Error(error) => return Err(PackageProblem::CellError(error.to_string())),
    })
}

/// The day of a moment. A time alone is a fraction of no day, and a duration is none at all.
fn day_of(moment: &calamine::ExcelDateTime) -> Result<String, PackageProblem> {
    let days = moment.as_f64();
    if !days.is_finite() {
        return Err(PackageProblem::CellError("#NUM!".to_owned()));
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if moment.is_duration() {
        return Err(PackageProblem::Duration(format!("{:.2} giờ", days * 24.0)));
    }
    if days.abs() < 1.0 {
        return Err(PackageProblem::TimeAlone(format!("{hour:02}:{minute:02}")));
    }
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

/// Lines of a cell however its program ends them: some write the mark of a carriage return in letters.
fn lines(text: &str) -> String {
    if !text.contains(['\r', '_']) {
        return text.to_owned();
    }
    text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n").replace('\r', "\n")
}

/// A number as the workbook's program shows it: at most 15 significant digits, decimal point, no exponent.
#[must_use]
pub fn shown_number(number: f64) -> String {
    let shortest = number.to_string();
    let digits = shortest.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    if digits <= 15 {
        return if shortest == "-0" { "0".to_owned() } else { shortest };
    }
    // 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3.
    format!("{number:.14e}").parse::<f64>().map_or(shortest, |rounded| rounded.to_string())
}

/// The name of a column: A, Z, AA.
pub(super) fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut text = String::new();
    while left > 0 {
        left -= 1;
        let letter = u8::try_from(left % 26).unwrap_or(0);
        text.insert(0, char::from(b'A' + letter));
        left /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_is_one() {
        assert_eq!(lines("một_x000D_\nhai\r\nba_x000D_bốn"), "một\nhai\nba\nbốn");
        assert_eq!(lines("a_b"), "a_b");
    }

    #[test]
    fn numbers_look_as_the_workbook_shows_them() {
        for (number, shown) in [
            (0.1 + 0.2, "0.3"),
            (5.23, "5.23"),
            (1271.0, "1271"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(shown_number(number), shown);
        }
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(16_383)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }
}
