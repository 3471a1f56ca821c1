//! Working days in Vietnam: weekends, public holidays, days off in lieu, and weekend days that are worked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::lang::{Lang, Say};

mod day;
mod whole;

pub use day::{DayKind, SpecialDay};
pub use whole::{Holiday, Lack};

/// Source: `data/holidays.tsv` of this crate, 2021 to 2027.
const BUILT_IN: &str = include_str!("../data/holidays.tsv");

/// No rule looks further than ten years of days.
const FURTHEST: i64 = 3660;

/// Which days are worked. Years without data are refused, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, SpecialDay>,
    /// The years of which all special days came with the product.
    years: BTreeSet<i16>,
}

/// Why a count of working days has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// The holidays of that year are not known, or not all of them.
    UnknownYear(i16),
    /// More than ten years lie between.
    TooFar,
    /// A line of calendar data that cannot be read (1 is the first).
    BadLine(usize),
}

impl Say for CalendarError {
    fn say(&self, lang: Lang) -> String {
        match self {
            // Where days are added depends on the place: a page and the command line each say it behind this sentence.
            Self::UnknownYear(year) if !whole::has_lunar(*year) => lang.pick(
                format!("chương trình chỉ biết ngày âm lịch từ năm 2014 đến năm 2100, nên không đếm được ngày làm việc của năm {year}; hãy kiểm tra lại năm"),
                format!("the program knows the lunar calendar from 2014 to 2100 and cannot count working days of {year}; check the year"),
            ),
            Self::UnknownYear(year) => lang.pick(
                format!("lịch chưa có đủ ngày nghỉ của năm {year} (Tết Dương lịch, Tết Nguyên đán, Giỗ Tổ, 30/4, 01/5, 02/9, 24/11, kể cả ngày nghỉ bù), cần bổ sung"),
                format!("the calendar lacks holidays of {year} (New Year, Tết, Hùng Kings, 30 April, 1 May, 2 September, 24 November, and days in lieu), which have to be added"),
            ),
            Self::TooFar => {
                lang.pick("hai ngày cách nhau quá 10 năm", "the dates are over 10 years apart").to_owned()
            }
            Self::BadLine(line) => lang.pick(
                format!("lịch, dòng {line}: cần ngày (2026-04-30), off (nghỉ) hoặc work (làm việc), tên ngày"),
                format!("calendar, line {line}: expected a date (2026-04-30), off or work, a name"),
            ),
        }
    }
}

impl Calendar {
    /// The holidays that come with the product, 2021 to 2027.
    ///
    /// # Errors
    /// Never for the data shipped; a test reads it.
    pub fn built_in() -> Result<Self, CalendarError> {
        let mut calendar = Self::default();
        for (index, line) in BUILT_IN.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("date") || line.is_empty() {
                continue;
            }
            let mut fields = line.splitn(3, '\t');
            let (date, kind, name) = (fields.next(), fields.next(), fields.next());
            let (Some(date), Some(kind)) = (date, kind) else {
                return Err(CalendarError::BadLine(index + 1));
            };
            calendar.add(date, kind, name.unwrap_or_default()).ok_or(CalendarError::BadLine(index + 1))?;
        }
        calendar.years = calendar.days.keys().map(|day| day.year()).collect();
        Ok(calendar)
    }

    /// Adds or replaces one day; `None` when the texts are no date or kind.
    pub fn add(&mut self, date: &str, kind: &str, name: &str) -> Option<()> {
        let (date, kind) = (date.parse().ok()?, DayKind::of(kind)?);
        self.put(date, SpecialDay { kind, name: name.to_owned() });
        Some(())
    }

    /// Adds or replaces one day.
    pub fn put(&mut self, date: Date, day: SpecialDay) {
        self.days.insert(date, day);
    }

    /// A day that is not what its weekday says.
    #[must_use]
    pub fn special(&self, date: Date) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// The days of a year that are not what their weekdays say, in order.
    pub fn specials(&self, year: i16) -> impl Iterator<Item = (Date, &SpecialDay)> {
        let of_year = move |(date, _): &(&Date, &SpecialDay)| date.year() == year;
        self.days.iter().filter(of_year).map(|(date, day)| (*date, day))
    }

    /// The years of which at least one day is there, in order.
    #[must_use]
    pub fn years(&self) -> BTreeSet<i16> {
        self.days.keys().map(|day| day.year()).collect()
    }

    /// Whether all special days of a year are known: they came with the product, or those that were added are all that it needs.
    #[must_use]
    pub fn is_known(&self, year: i16) -> bool {
        self.years.contains(&year) || self.lacks(year).is_empty()
    }

    /// Whether `date` is worked.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`] when no special day of that year is known.
    pub fn is_working(&self, date: Date) -> Result<bool, CalendarError> {
        self.known(date.year())?;
        Ok(self.is_worked(date))
    }

    fn is_worked(&self, date: Date) -> bool {
        self.days.get(&date).map_or(!is_weekend(date), |day| day.kind == DayKind::Work)
    }

    fn known(&self, year: i16) -> Result<(), CalendarError> {
        if self.is_known(year) { Ok(()) } else { Err(CalendarError::UnknownYear(year)) }
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    ///
    /// ```
    /// use parindex_rulebook::calendar::Calendar;
    /// let calendar = Calendar::built_in().unwrap();
    /// // 30 April and 1 May 2025 are holidays; Friday 2 May was swapped for Saturday 26 April.
    /// let days = calendar.working_days("2025-04-29".parse().unwrap(), "2025-05-05".parse().unwrap());
    /// assert_eq!(days, Ok(1));
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`], or [`CalendarError::TooFar`] beyond ten years.
    pub fn working_days(&self, from: Date, to: Date) -> Result<i64, CalendarError> {
        if to < from {
            return Ok(-self.working_days(to, from)?);
        }
        if days_between(from, to) > FURTHEST {
            return Err(CalendarError::TooFar);
        }
        for year in from.year()..=to.year() {
            self.known(year)?;
        }
        // Weekdays by arithmetic, corrected by the few special days between.
        let special = self.days.range((Bound::Excluded(from), Bound::Included(to)));
        let correction = special.map(|(date, day)| match (day.kind, is_weekend(*date)) {
            (DayKind::Off, false) => -1,
            (DayKind::Work, true) => 1,
            _ => 0,
        });
        Ok(weekdays(from, to) + correction.sum::<i64>())
    }

    /// The date `count` working days after `from` (before it when negative).
    ///
    /// # Errors
    /// As [`Self::working_days`].
    pub fn shift(&self, from: Date, count: i64) -> Result<Date, CalendarError> {
        if count.abs() > FURTHEST {
            return Err(CalendarError::TooFar);
        }
        let (mut left, mut day, mut known) = (count.abs(), from, None);
        while left > 0 {
            day = next(day, count.signum())?;
            // Whether a year is known takes longer than to look at all of its days.
            if known != Some(day.year()) {
                self.known(day.year())?;
                known = Some(day.year());
            }
            left -= i64::from(self.is_worked(day));
        }
        Ok(day)
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Mondays to Fridays after `from` up to and including `to`.
fn weekdays(from: Date, to: Date) -> i64 {
    let days = days_between(from, to);
    let rest = days % 7;
    let start = i64::from(from.weekday().to_monday_zero_offset());
    let in_rest = (1..=rest).filter(|day| (start + day) % 7 < 5).count();
    days / 7 * 5 + i64::try_from(in_rest).unwrap_or(0)
}

/// Calendar days from `from` to `to`.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span: Span| span.get_days()))
}

/// The date `days` calendar days later.
///
/// # Errors
/// [`CalendarError::TooFar`] outside the years a date can have.
pub fn next(date: Date, days: i64) -> Result<Date, CalendarError> {
    let span = 0.days().try_days(days).map_err(|_out_of_range| CalendarError::TooFar)?;
    date.checked_add(span).map_err(|_out_of_range| CalendarError::TooFar)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn counts_over_tet_swapped_days_and_year_ends() {
        let calendar = Calendar::built_in().unwrap();
        let cases = [
            ("2024-02-07", "2024-02-15", 1), // Tết 2024: 8 to 14 February off
            ("2024-04-26", "2024-05-06", 4), // 29 April swapped for Saturday 4 May
            ("2023-12-29", "2024-01-02", 1), // New Year's Day
            ("2025-12-31", "2026-01-05", 1), // Friday 2 January swapped for Saturday 10 January
            ("2025-12-31", "2026-01-07", 3),
            ("2025-12-31", "2026-01-12", 7),
            ("2025-01-10", "2025-01-10", 0),
            ("2025-01-13", "2025-01-10", -1),
        ];
        for (from, to, days) in cases {
            assert_eq!(calendar.working_days(date(from), date(to)), Ok(days), "{from} to {to}");
        }
    }

    #[test]
    fn shifting_is_the_way_back_of_counting() {
        let calendar = Calendar::built_in().unwrap();
        for count in -40..=40 {
            let shifted = calendar.shift(date("2024-05-02"), count).unwrap();
            assert_eq!(calendar.working_days(date("2024-05-02"), shifted), Ok(count));
        }
    }

    #[test]
    fn a_year_is_known_only_when_it_is_known_whole() {
        let mut calendar = Calendar::built_in().unwrap();
        // 1 January, 30 April and 2 September 2028 fall on a weekend: Monday and Tuesday are off in their place.
        let holidays = [
            "2028-01-03",
            "2028-01-24",
            "2028-01-25",
            "2028-01-26",
            "2028-01-27",
            "2028-01-28",
            "2028-04-04",
            "2028-05-01",
            "2028-05-02",
            "2028-09-01",
            "2028-09-04",
            "2028-11-24",
        ];
        for day in holidays {
            let unknown = Err(CalendarError::UnknownYear(2028));
            assert_eq!(calendar.is_working(date("2028-06-02")), unknown, "{day}");
            calendar.add(day, "off", "").unwrap();
        }
        assert_eq!(calendar.is_working(date("2028-06-02")), Ok(true));
        assert_eq!(calendar.is_working(date("2028-05-02")), Ok(false));
        assert_eq!(calendar.specials(2028).count(), 12);
    }

    #[test]
    fn an_unknown_year_is_refused() {
        let calendar = Calendar::built_in().unwrap();
        assert_eq!(calendar.shift(date("2031-01-01"), 1), Err(CalendarError::UnknownYear(2031)));
        assert_eq!(calendar.shift(date("2024-01-01"), i64::MAX), Err(CalendarError::TooFar));
    }
}
