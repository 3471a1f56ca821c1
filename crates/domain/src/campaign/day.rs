//! Days of figures against the assessed period: what lies far from it is refused, what lies beside it is worth a look.

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
pub fn is_far(day: Date, (from, to): (Date, Date)) -> bool {
    !(from.year() - YEARS.0..=to.year() + YEARS.1).contains(&day.year())
}

/// A day of a figure outside the assessed period, and not far from it: right for many a plan or report, elsewhere a slip of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The day.
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
}
