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
