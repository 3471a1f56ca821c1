//! Days and moments as people type them: `01/07/2025`, `01/07/2025 17:00`; read the same in every browser, shown as they are read.

use jiff::civil::{Date, Time};
use parindex_domain::campaign::{DayOf, TooFar};
use parindex_domain::moment::{Moment, local, of_local};
use parindex_rulebook::lang::{Lang, Say};

use crate::typed::Called;

/// Years that mean something to an administration.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Why a text is no day, or no moment; each with the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidDay {
    /// Not written as a day.
    NotDay(String),
    /// The year has no four digits.
    ShortYear(String),
    /// Written as a day, but in no calendar.
    NoSuchDay(String),
    /// A year that nobody means.
    FarYear(String),
    /// A day without a time, where one is needed.
    NoTime(String),
    /// A time that no clock shows.
    NoSuchTime(String),
    /// Too far from what it is of.
    TooFar(TooFar),
}

impl Say for InvalidDay {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NotDay(text) => lang.pick(
                format!("«{text}» không phải là ngày; hãy nhập ngày/tháng/năm, ví dụ 05/03/2026"),
                format!("“{text}” is not a date; enter day/month/year, such as 05/03/2026"),
            ),
            Self::ShortYear(text) => lang.pick(
                format!("năm của «{text}» chưa đủ bốn chữ số; hãy nhập ngày/tháng/năm, ví dụ 05/03/2026"),
                format!("the year of “{text}” needs four digits; enter day/month/year, such as 05/03/2026"),
            ),
            Self::NoSuchDay(text) => lang.pick(
                format!("không có ngày «{text}» trong lịch; ngày đứng trước, tháng đứng sau, ví dụ 05/03/2026 là mồng 5 tháng 3"),
                format!("there is no day “{text}”; the day stands first, then the month: 05/03/2026 is 5 March"),
            ),
            Self::FarYear(text) => lang.pick(
                format!("năm của «{text}» nằm ngoài 1900–2200; hãy kiểm tra lại năm"),
                format!("the year of “{text}” is not within 1900–2200; check the year"),
            ),
            Self::NoTime(text) => lang.pick(
                format!("«{text}» còn thiếu giờ; hãy nhập ngày/tháng/năm giờ:phút, ví dụ 05/03/2026 17:00"),
                format!("“{text}” has no time; enter day/month/year hour:minute, such as 05/03/2026 17:00"),
            ),
            Self::NoSuchTime(text) => lang.pick(
                format!("giờ của «{text}» không đúng; giờ từ 0 đến 23, phút từ 0 đến 59, ví dụ 05/03/2026 17:00"),
                format!("“{text}” has no such time; hours go from 0 to 23, minutes to 59: 05/03/2026 17:00"),
            ),
            Self::TooFar(too_far) => too_far.say(lang),
        }
    }
}

/// What a field for a day shows: `01/07/2025`.
#[must_use]
pub fn shown(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A stored day as a field shows it; what is no day stays as it is.
#[must_use]
pub fn stored(text: &str) -> String {
    text.parse().map_or_else(|_none| text.to_owned(), shown)
}

/// What a field for a moment shows, by the clocks of Vietnam: `01/07/2025 17:00`.
#[must_use]
pub fn shown_moment(at: Moment) -> String {
    let at = local(at);
    format!("{} {:02}:{:02}", shown(at.date()), at.hour(), at.minute())
}

/// The day that was typed.
///
/// # Errors
/// [`InvalidDay`] says what was read and what is needed.
pub fn read(typed: &str) -> Result<Date, InvalidDay> {
    let text = typed.trim();
    let words = words(text);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // Excel writes a day with an empty time.
        [day] | [day, "00:00" | "00:00:00"] => date(day, text),
        [day, month, year] => date(&[*day, *month, *year].join("/"), text),
        _ => Err(InvalidDay::NotDay(text.to_owned())),
    }
}

/// The day that was typed, or none where nothing was.
///
/// # Errors
/// The same.
pub fn read_any(typed: &str) -> Result<Option<Date>, InvalidDay> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed).map(Some) }
}

/// The day that was typed, near enough to what it is of.
///
/// # Errors
/// [`InvalidDay`].
pub fn read_of(of: DayOf, typed: &str) -> Result<Date, InvalidDay> {
    of.near(read(typed)?).map_err(InvalidDay::TooFar)
}

/// The same, or none where nothing was typed.
///
/// # Errors
/// [`InvalidDay`].
pub fn read_any_of(of: DayOf, typed: &str) -> Result<Option<Date>, InvalidDay> {
    if typed.trim().is_empty() { Ok(None) } else { read_of(of, typed).map(Some) }
}

/// The moment that was typed, by the clocks of Vietnam; the time may stand before or after the day.
///
/// # Errors
/// [`InvalidDay`].
pub fn read_moment(typed: &str) -> Result<Moment, InvalidDay> {
    let text = typed.trim();
    let words = words(text);
    let (times, days): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.contains(':'));
    let not_day = || InvalidDay::NotDay(text.to_owned());
    let (day, clock) = match (days.as_slice(), times.as_slice()) {
        ([day], [clock]) => ((*day).clone(), (*clock).clone()),
        ([both], []) if both.len() == 12 && is_digits(both) => {
            let (day, clock) = both.split_at_checked(8).ok_or_else(not_day)?;
            let (hour, minute) = clock.split_at_checked(2).ok_or_else(not_day)?;
            (day.to_owned(), format!("{hour}:{minute}"))
        }
        ([day], []) => return date(day, text).and(Err(InvalidDay::NoTime(text.to_owned()))),
        _ => return Err(not_day()),
    };
    let at = date(&day, text)?.to_datetime(time(&clock, text)?);
    of_local(at).ok_or_else(not_day)
}

/// The moment of a step of a campaign of this year that was typed.
///
/// # Errors
/// [`InvalidDay`].
pub fn read_step(typed: &str, (year, now): (i16, Moment)) -> Result<Moment, InvalidDay> {
    let moment = read_moment(typed)?;
    let of = DayOf::Step { year, today: local(now).date() };
    of.near(local(moment).date()).map(|_day| moment).map_err(InvalidDay::TooFar)
}

/// The moment after now that was typed, until which somebody in a campaign of this year has time; none where nothing was typed, or
/// where it is over.
///
/// # Errors
/// The name of the field with what is wrong.
pub fn read_later(
    called: Called,
    typed: &str,
    (year, now): (i16, Moment),
    lang: Lang,
) -> Result<Option<Moment>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let (vi, en) = called;
    let moment = read_step(typed, (year, now));
    let moment = moment.map_err(|wrong| format!("{}: {}.", lang.pick(vi, en), wrong.say(lang)))?;
    Ok(Some(moment).filter(|moment| *moment > now))
}

/// The words of a day or a moment: «17 giờ 00 ngày 01/07/2025», `2025-07-01T17:00` and `17h00 1.7.2025` are a time and a day each.
fn words(text: &str) -> Vec<String> {
    let text = parindex_package::text::clean(text).to_lowercase();
    let plain = text.replace(" giờ ", ":").replace(" giờ", ":").replace("giờ", ":");
    let plain = plain.replace("phút", " ").replace("ngày", " ").replace("lúc", " ");
    let plain = plain.replace(" tháng ", "/").replace(" năm ", "/").replace([',', ';'], " ");
    plain.split_whitespace().flat_map(of_word).collect()
}

/// `17h00` and `17h` are times; an ISO moment is a day and a time.
fn of_word(word: &str) -> Vec<String> {
    if let Some((day, time)) = word.split_once('t')
        && time.contains(':')
    {
        return vec![day.to_owned(), time.to_owned()];
    }
    vec![word.replace(['h', 'g'], ":")]
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|each| each.is_ascii_digit())
}

fn date(word: &str, text: &str) -> Result<Date, InvalidDay> {
    let not_day = || InvalidDay::NotDay(text.to_owned());
    let parts: Vec<&str> = if word.len() == 8 && is_digits(word) {
        let (day, rest) = word.split_at_checked(2).ok_or_else(not_day)?;
        let (month, year) = rest.split_at_checked(2).ok_or_else(not_day)?;
        vec![day, month, year]
    } else {
        word.split(['/', '-', '.']).collect()
    };
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*day, *month, *year),
        [day, month, year] => (*day, *month, *year),
        _ => return Err(not_day()),
    };
    let number = |part: &str, most: usize| {
        let fine = (1..=most).contains(&part.len()) && is_digits(part);
        part.parse::<i16>().ok().filter(|_| fine).ok_or_else(not_day)
    };
    let (day, month, years) = (number(day, 2)?, number(month, 2)?, number(year, 4)?);
    let narrow = |part: i16| i8::try_from(part).map_err(|_wide| not_day());
    match Date::new(years, narrow(month)?, narrow(day)?) {
        _ if year.len() != 4 => Err(InvalidDay::ShortYear(text.to_owned())),
        Err(_none) => Err(InvalidDay::NoSuchDay(text.to_owned())),
        Ok(date) if YEARS.contains(&date.year()) => Ok(date),
        Ok(_far) => Err(InvalidDay::FarYear(text.to_owned())),
    }
}

/// `17:00`, `7:5` and, after an hour alone, `17:`; the seconds of ISO are read over.
fn time(word: &str, text: &str) -> Result<Time, InvalidDay> {
    let wrong = || InvalidDay::NoSuchTime(text.to_owned());
    let mut parts = word.split(':');
    let (hour, minute) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let number = |part: &str| {
        let fine = part.len() <= 2 && is_digits(part);
        part.parse::<i8>().ok().filter(|_| fine).ok_or_else(wrong)
    };
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    Time::new(number(hour)?, minute, 0, 0).map_err(|_none| wrong())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_read_as_officials_write_it() {
        for text in [
            "01/07/2025",
            "1/7/2025",
            "01-07-2025",
            "1.7.2025",
            "2025-07-01",
            "01072025",
            " 01/7/2025 ",
            "ngày 01 tháng 7 năm 2025",
            "01 07 2025",
            "01/07/2025\u{a0}",
            "2025-07-01 00:00:00",
        ] {
            assert_eq!(read(text), Ok(date(2025, 7, 1)), "{text}");
        }
    }

    #[test]
    fn a_moment_is_read_with_its_time_before_or_after() {
        let five = of_local(date(2025, 7, 1).at(17, 0, 0, 0)).unwrap();
        for text in [
            "01/07/2025 17:00",
            "17:00 01/07/2025",
            "17h00 01/07/2025",
            "17h 1/7/2025",
            "17g00 01/07/2025",
            "17:00 ngày 01/07/2025",
            "17 giờ 00 ngày 01/7/2025",
            "17 giờ 00 phút, ngày 01/07/2025",
            "2025-07-01T17:00",
            "2025-07-01T17:00:00",
            "2025-07-01 17:00",
            "010720251700",
        ] {
            assert_eq!(read_moment(text), Ok(five), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_says_what_was_read_and_what_is_needed() {
        let why = |text: &str| read(text).unwrap_err();
        let own = |text: &str| text.to_owned();
        assert_eq!(why("31/02/2026"), InvalidDay::NoSuchDay(own("31/02/2026")));
        assert_eq!(why("12/25/2026"), InvalidDay::NoSuchDay(own("12/25/2026")));
        assert_eq!(why("01/25/21"), InvalidDay::ShortYear(own("01/25/21")));
        assert_eq!(why("01/05/0021"), InvalidDay::FarYear(own("01/05/0021")));
        assert_eq!(why("01/05/2201"), InvalidDay::FarYear(own("01/05/2201")));
        for text in
            ["", "hôm qua", "01/05", "1/2/3/2026", "+1/2/2026", "012025", "2025-07", "17:00 01/07/2025"]
        {
            assert_eq!(why(text), InvalidDay::NotDay(own(text)), "{text}");
        }
        let late = |text: &str| read_moment(text).unwrap_err();
        assert_eq!(late("01/07/2025"), InvalidDay::NoTime(own("01/07/2025")));
        assert_eq!(late("01/07/2025 24:00"), InvalidDay::NoSuchTime(own("01/07/2025 24:00")));
        assert_eq!(late("01/07/2025 5:75"), InvalidDay::NoSuchTime(own("01/07/2025 5:75")));
        assert_eq!(late("30/11"), InvalidDay::NotDay(own("30/11")));
        assert_eq!(late("31/02/2026 17:00"), InvalidDay::NoSuchDay(own("31/02/2026 17:00")));
        assert!(why("31/02/2026").say(Lang::Vi).contains("«31/02/2026»"));
        assert!(late("01/07/2025").say(Lang::En).contains("05/03/2026 17:00"));
    }

    #[test]
    fn what_is_read_is_near_enough_to_what_it_is_of() {
        let document = DayOf::Document { today: date(2027, 4, 14) };
        assert_eq!(read_of(document, "14.04.2027"), Ok(date(2027, 4, 14)));
        assert_eq!(read_any_of(document, " "), Ok(None));
        assert!(matches!(read_any_of(document, "15/4/2027"), Err(InvalidDay::TooFar(_))));
        let now = of_local(date(2027, 4, 14).at(8, 0, 0, 0)).unwrap();
        let until = |typed| read_later(("Đến", "Until"), typed, (2026, now), Lang::Vi);
        assert_eq!(until("13/04/2027 17:00"), Ok(None), "it is over");
        assert!(until("15/04/2027 17:00").unwrap().is_some_and(|until| until > now));
        let far = until("15/04/2127 17:00").unwrap_err();
        assert!(far.starts_with("Đến: «15/04/2127» quá xa") && far.contains("2026"), "{far}");
    }

    proptest! {
        /// What a page shows is the same day, or the same moment, when it is read again.
        #[test]
        fn what_is_shown_is_read_again(days in 0_i64..109_938, minutes in 0_i64..1_440) {
            let day = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            prop_assert_eq!(read(&shown(day)), Ok(day));
            prop_assert_eq!(read(&stored(&day.to_string())), Ok(day));
            prop_assert_eq!(read(&Lang::Vi.date(day)), Ok(day));
            let hour = i8::try_from(minutes / 60).unwrap();
            let minute = i8::try_from(minutes % 60).unwrap();
            let at = of_local(day.at(hour, minute, 0, 0)).unwrap();
            prop_assert_eq!(read_moment(&shown_moment(at)), Ok(at));
            prop_assert_eq!(read_moment(&parindex_domain::moment::written(at, Lang::Vi)), Ok(at));
        }

        /// Whatever comes is read or refused, never more.
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _either = (read(&text), read_moment(&text));
        }
    }
}
