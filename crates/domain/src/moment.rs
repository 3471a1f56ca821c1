//! Moments, and how the clocks of Vietnam show them: one time zone, no summer time.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use parindex_rulebook::lang::Lang;

/// A moment: microseconds since 1970 in UTC.
pub type Moment = i64;

fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// What the clocks of Vietnam show at a moment. One that no calendar reaches is shown as the first of 1970.
///
/// ```
/// use parindex_domain::moment::local;
/// assert_eq!(local(1_701_338_400_000_000).datetime().to_string(), "2023-11-30T17:00:00");
/// ```
#[must_use]
pub fn local(at: Moment) -> Zoned {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone())
}

/// The moment when the clocks of Vietnam show this; none where no calendar reaches.
///
/// ```
/// use parindex_domain::moment::{local, of_local};
/// let five = jiff::civil::date(2023, 11, 30).at(17, 0, 0, 0);
/// assert_eq!(of_local(five), Some(1_701_338_400_000_000));
/// ```
#[must_use]
pub fn of_local(shown: DateTime) -> Option<Moment> {
    Some(shown.to_zoned(zone()).ok()?.timestamp().as_microsecond())
}

/// A moment as people write it: `17:00 ngày 30/11/2023`.
#[must_use]
pub fn written(at: Moment, lang: Lang) -> String {
    let at = local(at);
    let (time, day) = (at.strftime("%H:%M").to_string(), lang.date(at.date()));
    lang.pick(format!("{time} ngày {day}"), format!("{time} on {day}"))
}

/// How long something is, in the largest words that fit: `3 ngày 2 giờ`, `30 phút`, `12 giây`.
///
/// ```
/// use parindex_domain::moment::span;
/// use parindex_rulebook::lang::Lang;
/// assert_eq!(span(30 * 60_000_000, Lang::Vi), "30 phút");
/// assert_eq!(span((50 * 60 + 1) * 60_000_000, Lang::En), "2 days 2 hours");
/// ```
#[must_use]
pub fn span(micros: i64, lang: Lang) -> String {
    let seconds = micros / 1_000_000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let one = |count: i64, vi: &str, en: &str| {
        let plural = if count == 1 { "" } else { "s" };
        lang.pick(format!("{count} {vi}"), format!("{count} {en}{plural}"))
    };
    match (days, hours, minutes) {
        (0, 0, 0) => one(seconds, "giây", "second"),
        (0, 0, minutes) => one(minutes, "phút", "minute"),
        (0, hours, 0) => one(hours, "giờ", "hour"),
        (0, hours, minutes) => format!("{} {}", one(hours, "giờ", "hour"), one(minutes, "phút", "minute")),
        (days, 0, _) => one(days, "ngày", "day"),
        (days, hours, _) => format!("{} {}", one(days, "ngày", "day"), one(hours, "giờ", "hour")),
    }
}
