//! Days that somebody types against what they are of: what lies far off is refused, what lies beside it is worth a look.

use jiff::civil::Date;
use parindex_rulebook::lang::{Lang, Say};

/// Plans fall due the December before, reports the January after; what lies further is a slip of a key.
const YEARS: (i16, i16) = (5, 2);

/// Whether a day of a figure lies so far from the assessed period that a year was mistyped: more than five years before it, or two after.
///
/// ```
/// use jiff::civil::date;
/// use parindex_domain::campaign::is_far;
/// let period = (date(2025, 1, 1), date(2025, 12, 31));
/// assert!(!is_far(date(2026, 1, 25), period));
/// assert!(is_far(date(226, 3, 1), period));
/// ```
#[must_use]
pub fn is_far(day: Date, period: (Date, Date)) -> bool {
    DayOf::Figure(period).near(day).is_err()
}

/// No document of this state is older.
const FIRST: i16 = 1945;
/// No unit whose first day is known is older.
const FIRST_UNIT: i16 = 1900;
/// No campaign and no calendar of one is older.
const FIRST_ASSESSED: i16 = 2000;

/// The years that a campaign which begins today can be about.
///
/// ```
/// use jiff::civil::date;
/// use parindex_domain::campaign::assessed_years;
/// assert!(assessed_years(date(2026, 11, 30)).contains(&2027));
/// assert!(!assessed_years(date(2026, 11, 30)).contains(&2062));
/// ```
#[must_use]
pub fn assessed_years(today: Date) -> std::ops::RangeInclusive<i16> {
    FIRST_ASSESSED..=today.year().saturating_add(2)
}

/// What a day or a moment that somebody types is of: how far off it can be follows from that.
///
/// ```
/// use jiff::civil::date;
/// use parindex_domain::campaign::DayOf;
/// let period = DayOf::Period(2026);
/// assert!(period.near(date(2025, 12, 15)).is_ok());
/// assert!(period.near(date(1926, 1, 1)).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOf {
    /// A figure of a campaign with this assessed period.
    Figure((Date, Date)),
    /// The first or the last assessed day of a campaign of this year.
    Period(i16),
    /// A step of a campaign: when it opens or closes, and until when somebody has time.
    Step {
        /// The assessed year.
        year: i16,
        /// Today: a campaign of years ago may be tried out.
        today: Date,
    },
    /// An on-site check, which is over.
    Visit {
        /// The assessed year.
        year: i16,
        today: Date,
    },
    /// A document, which was issued.
    Document { today: Date },
    /// A unit: its first or last day, or when it became another one.
    Unit { today: Date },
    /// A day off or a worked day.
    Calendar { today: Date },
}

/// A day that lies so far off that a year was mistyped, or still to come where it has to be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFar {
    pub day: Date,
    /// What it would be of.
    pub of: DayOf,
}

impl DayOf {
    /// A day, where it is near enough.
    ///
    /// # Errors
    /// [`TooFar`].
    pub fn near(self, day: Date) -> Result<Date, TooFar> {
        let (first, last) = self.years();
        let over = self.until().is_none_or(|today| day <= today);
        if over && (first..=last).contains(&day.year()) { Ok(day) } else { Err(TooFar { day, of: self }) }
    }

    /// The first and the last year.
    fn years(self) -> (i16, i16) {
        let after = |today: Date, years: i16| today.year().saturating_add(years);
        let before = |year: i16, today: Date| year.min(today.year()).saturating_sub(1);
        match self {
            Self::Figure((from, to)) => {
                (from.year().saturating_sub(YEARS.0), to.year().saturating_add(YEARS.1))
            }
            Self::Period(year) => (year.saturating_sub(1), year.saturating_add(1)),
            Self::Step { year, today } => (before(year, today), year.saturating_add(3).max(after(today, 1))),
            Self::Visit { year, today } => (before(year, today), today.year()),
            Self::Document { today } => (FIRST, today.year()),
            Self::Unit { today } => (FIRST_UNIT, after(today, 5)),
            Self::Calendar { today } => (FIRST_ASSESSED, after(today, 5)),
        }
    }

    /// The last day, where it has to be over.
    fn until(self) -> Option<Date> {
        match self {
            Self::Visit { today, .. } | Self::Document { today } => Some(today),
            Self::Figure(_)
            | Self::Period(_)
            | Self::Step { .. }
            | Self::Unit { .. }
            | Self::Calendar { .. } => None,
        }
    }

    /// What it is, in a sentence about its years.
    fn called(self, lang: Lang) -> String {
        match self {
            Self::Figure(_) => lang.pick("số liệu", "the figures").to_owned(),
            Self::Period(year) => {
                lang.pick(format!("kỳ đánh giá của năm {year}"), format!("the assessed period of {year}"))
            }
            Self::Step { year, .. } => lang.pick(
                format!("thời gian các bước của đợt đánh giá năm {year}"),
                format!("the steps of a campaign of {year}"),
            ),
            Self::Visit { year, .. } => lang.pick(
                format!("ngày kiểm tra thực tế của năm đánh giá {year}"),
                format!("on-site checks for the assessed year {year}"),
            ),
            Self::Document { .. } => lang.pick("ngày ban hành", "days of documents").to_owned(),
            Self::Unit { .. } => lang.pick("ngày của đơn vị", "days of units").to_owned(),
            Self::Calendar { .. } => lang.pick("ngày nghỉ, ngày làm bù", "days off and worked").to_owned(),
        }
    }
}

/// As fields for days show it.
fn shown(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

impl Say for TooFar {
    fn say(&self, lang: Lang) -> String {
        let day = shown(self.day);
        if let Some(today) = self.of.until().filter(|today| self.day > *today) {
            let today = shown(today);
            return lang.pick(
                format!("«{day}» chưa tới; ngày này không thể sau hôm nay ({today}), hãy kiểm tra lại"),
                format!("“{day}” is still to come; it cannot be after today ({today}), check it"),
            );
        }
        if let DayOf::Figure((from, to)) = self.of {
            let (from, to) = (shown(from), shown(to));
            return lang.pick(
                format!("«{day}» quá xa kỳ đánh giá {from} – {to} (sớm hơn 5 năm hoặc muộn hơn 2 năm), chưa lưu; hãy sửa năm"),
                format!("“{day}” is too far from the assessed period {from} – {to} (over 5 years before or 2 after), not saved; correct the year"),
            );
        }
        let ((first, last), of) = (self.of.years(), self.of.called(lang));
        lang.pick(
            format!("«{day}» quá xa: {of} phải từ năm {first} đến năm {last}; hãy kiểm tra lại năm"),
            format!("“{day}” is too far off: {of} can only be within {first}–{last}; check the year"),
        )
    }
}

/// A day of a figure outside the assessed period, and not far from it: right for many a plan or report, elsewhere a slip of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    pub day: Date,
    /// The assessed period.
    pub period: (Date, Date),
}

/// What there is to look at in a day of a figure that is taken; nothing within the period, and nothing where the day is refused.
///
/// ```
/// use jiff::civil::date;
/// use parindex_domain::campaign::outside;
/// let period = (date(2025, 1, 1), date(2025, 12, 31));
/// assert!(outside(date(2025, 12, 31), period).is_none());
/// assert!(outside(date(2026, 1, 25), period).is_some());
/// assert!(outside(date(226, 3, 1), period).is_none());
/// ```
#[must_use]
pub fn outside(day: Date, period: (Date, Date)) -> Option<Outside> {
    let within = (period.0..=period.1).contains(&day);
    (!within && !is_far(day, period)).then_some(Outside { day, period })
}

impl Say for Outside {
    fn say(&self, lang: Lang) -> String {
        let [day, from, to] = [self.day, self.period.0, self.period.1].map(|day| lang.date(day));
        lang.pick(
            format!("ngày {day} nằm ngoài kỳ đánh giá {from} – {to}; hãy kiểm tra lại, nếu đúng thì giữ nguyên"),
            format!("the day {day} lies outside the assessed period {from} – {to}; look at it again, and leave it if it is right"),
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_beside_the_period_is_remarked_and_one_far_from_it_refused() {
        let period = (date(2024, 7, 1), date(2025, 6, 30));
        for (day, remarked, far) in [
            (date(2024, 7, 1), false, false),
            (date(2024, 6, 30), true, false),
            (date(2025, 7, 1), true, false),
            (date(2019, 1, 1), true, false),
            (date(2018, 12, 31), false, true),
            (date(2027, 12, 31), true, false),
            (date(2028, 1, 1), false, true),
        ] {
            assert_eq!((outside(day, period).is_some(), is_far(day, period)), (remarked, far), "{day}");
        }
        let said = outside(date(2025, 7, 4), period).unwrap().say(Lang::Vi);
        assert!(said.contains("04/7/2025 nằm ngoài kỳ đánh giá 01/7/2024 – 30/6/2025"), "{said}");
    }

    #[test]
    fn a_day_is_near_or_far_by_what_it_is_of() {
        let today = date(2027, 4, 14);
        for (of, near, far) in [
            (
                DayOf::Period(2026),
                [date(2025, 12, 15), date(2027, 1, 31)],
                [date(1926, 1, 1), date(2126, 12, 31)],
            ),
            (
                DayOf::Step { year: 2026, today },
                [date(2026, 12, 1), date(2029, 3, 1)],
                [date(2024, 12, 31), date(2127, 4, 30)],
            ),
            (
                DayOf::Visit { year: 2026, today },
                [date(2026, 9, 9), date(2027, 4, 14)],
                [date(1927, 4, 14), date(2027, 4, 15)],
            ),
            (DayOf::Document { today }, [date(2008, 5, 29), today], [date(1927, 4, 1), date(2127, 4, 1)]),
            (
                DayOf::Unit { today },
                [date(1945, 9, 2), date(2031, 1, 1)],
                [date(226, 1, 1), date(2226, 1, 1)],
            ),
            (
                DayOf::Calendar { today },
                [date(2012, 1, 2), date(2028, 1, 31)],
                [date(1928, 1, 31), date(2128, 1, 31)],
            ),
        ] {
            assert!(near.iter().all(|day| of.near(*day) == Ok(*day)), "{of:?}");
            assert!(far.iter().all(|day| of.near(*day).is_err()), "{of:?}");
        }
        // A campaign of years ago may be tried out today.
        let tried = DayOf::Step { year: 2019, today };
        assert!(tried.near(date(2027, 5, 1)).is_ok() && tried.near(date(2029, 1, 1)).is_err());
    }

    #[test]
    fn what_is_too_far_says_the_day_and_what_can_be() {
        let today = date(2027, 4, 14);
        let say = |of: DayOf, day| of.near(day).unwrap_err().say(Lang::Vi);
        let period = say(DayOf::Period(2026), date(1926, 1, 1));
        assert_eq!(
            period,
            "«01/01/1926» quá xa: kỳ đánh giá của năm 2026 phải từ năm 2025 đến năm 2027; hãy kiểm tra lại năm"
        );
        let document = say(DayOf::Document { today }, date(2027, 4, 15));
        assert!(
            document.starts_with("«15/04/2027» chưa tới") && document.contains("14/04/2027"),
            "{document}"
        );
        let english = DayOf::Calendar { today }.near(date(2072, 9, 2)).unwrap_err().say(Lang::En);
        assert_eq!(
            english,
            "“02/09/2072” is too far off: days off and worked can only be within 2000–2032; check the year"
        );
    }
}
