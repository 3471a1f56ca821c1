//! What keeps a year from being known whole: the public holidays for which a weekday is still missing.
//!
//! A weekend is off anyway, so what counts is which weekdays are off. Each holiday takes one: its own day, or where that falls on a weekend
//! the next weekday that is no holiday (Labour Code 2019, article 111). A day that was added beside a holiday stands for none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Calendar, is_weekend};
use crate::lang::{Lang, Say};

/// The first year in which 24 November is a public holiday.
const CULTURE_DAY: i16 = 2026;
/// The first year in which the National Day has two days.
const TWO_NATIONAL_DAYS: i16 = 2021;
/// So many days Tết has.
const TET: usize = 5;

/// For each year the first day of Tết and the day of the Hùng Kings, 2014 to 2100.
static LUNAR: LazyLock<BTreeMap<i16, (Date, Date)>> =
    LazyLock::new(|| include_str!("../../data/lunar.tsv").lines().filter_map(lunar).collect());

fn lunar(line: &str) -> Option<(i16, (Date, Date))> {
    let mut fields = line.split('\t');
    let (year, tet, kings) = (fields.next()?, fields.next()?, fields.next()?);
    Some((year.parse().ok()?, (tet.parse().ok()?, kings.parse().ok()?)))
}

/// A public holiday of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// 10 March of the lunar calendar.
    HungKings,
    /// 30 April.
    Victory,
    /// 1 May.
    Labour,
    /// 2 September, before a second day came to it.
    National,
    /// 24 November, from 2026 on.
    Culture,
}

/// What a year needs before it is known whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is said of a weekday that is off for a holiday.
    Day {
        holiday: Holiday,
        on: Date,
        /// The weekday that is off for it: its own, or the one in lieu.
        off: Date,
    },
    /// Five days in a row, Tết among them, take five weekdays with those in lieu.
    Tet {
        /// The first day of the lunar year.
        first: Date,
        /// How many of the five are off.
        there: usize,
    },
    /// The National Day and the day before or after it take two weekdays with those in lieu.
    National {
        /// 2 September.
        on: Date,
        /// How many of the two are off.
        there: usize,
    },
    /// The lunar calendar of this year is not known here.
    Lunar,
}

impl Lack {
    fn on(&self) -> Option<Date> {
        match self {
            Self::Day { on, .. } | Self::National { on, .. } => Some(*on),
            Self::Tet { first, .. } => Some(*first),
            Self::Lunar => None,
        }
    }
}

/// Whether the lunar calendar of a year is known here.
pub(super) fn has_lunar(year: i16) -> bool {
    LUNAR.contains_key(&year)
}

impl Calendar {
    /// What keeps a year from being known whole, in the order of the year.
    #[must_use]
    pub fn lacks(&self, year: i16) -> Vec<Lack> {
        let Some((tet, kings)) = LUNAR.get(&year).copied() else { return vec![Lack::Lunar] };
        let mut lacks = self.single_days(year, kings);
        let rows = (0..5_i64).map(|before| row(tet.saturating_sub(before.days()), TET));
        let there = rows.map(|days| self.said_for(&days)).max().unwrap_or(0);
        lacks.extend((there < TET).then_some(Lack::Tet { first: tet, there }));
        if year >= TWO_NATIONAL_DAYS {
            let on = day(year, 9, 2);
            let there = [day(year, 9, 1), on].map(|first| self.said_for(&row(first, 2)));
            let there = there.into_iter().max().unwrap_or(0);
            lacks.extend((there < 2).then_some(Lack::National { on, there }));
        }
        lacks.sort_by_key(Lack::on);
        lacks
    }

    /// Whether a year needs a word about this weekday before it is known whole.
    #[must_use]
    pub fn asks_for(&self, weekday: Date) -> bool {
        let takes = |holidays: Vec<Date>| weekdays_for(&holidays).contains(&weekday);
        let is_it = |lack: &Lack| match lack {
            Lack::Day { off, .. } => *off == weekday,
            Lack::Tet { first, .. } => {
                (0..5_i64).any(|back| takes(row(first.saturating_sub(back.days()), TET)))
            }
            Lack::National { on, .. } => {
                [on.yesterday().unwrap_or(*on), *on].into_iter().any(|first| takes(row(first, 2)))
            }
            Lack::Lunar => false,
        };
        self.lacks(weekday.year()).iter().any(is_it)
    }

    /// The holidays of one day of whose weekday nothing is said. Somebody who says that it is worked has said enough.
    fn single_days(&self, year: i16, kings: Date) -> Vec<Lack> {
        let mut holidays = vec![
            (Holiday::NewYear, day(year, 1, 1)),
            (Holiday::HungKings, kings),
            (Holiday::Victory, day(year, 4, 30)),
            (Holiday::Labour, day(year, 5, 1)),
        ];
        if year < TWO_NATIONAL_DAYS {
            holidays.push((Holiday::National, day(year, 9, 2)));
        }
        if year >= CULTURE_DAY {
            holidays.push((Holiday::Culture, day(year, 11, 24)));
        }
        let days: Vec<Date> = holidays.iter().map(|(_, on)| *on).collect();
        let all = holidays.into_iter().zip(weekdays_for(&days));
        let unsaid = all.filter(|(_, off)| self.special(*off).is_none());
        unsaid.map(|((holiday, on), off)| Lack::Day { holiday, on, off }).collect()
    }

    /// Of how many of the weekdays that some holidays take something is said. Somebody who says that one is worked has said enough.
    fn said_for(&self, holidays: &[Date]) -> usize {
        weekdays_for(holidays).iter().filter(|weekday| self.special(**weekday).is_some()).count()
    }
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::ZERO)
}

/// So many days in a row.
fn row(first: Date, days: usize) -> Vec<Date> {
    first.series(1.day()).take(days).collect()
}

/// The weekday that each of some holidays takes: its own, or the next one that none of them takes.
fn weekdays_for(holidays: &[Date]) -> Vec<Date> {
    let mut taken: Vec<Date> = Vec::new();
    for holiday in holidays {
        let mut weekday = *holiday;
        let is_free = |weekday: Date, taken: &[Date]| {
            !is_weekend(weekday)
                && (weekday == *holiday || !(holidays.contains(&weekday) || taken.contains(&weekday)))
        };
        while !is_free(weekday, &taken) {
            let Ok(next) = weekday.tomorrow() else { break };
            weekday = next;
        }
        taken.push(weekday);
    }
    taken
}

impl Say for Holiday {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::NewYear => ("Tết Dương lịch", "New Year’s Day"),
            Self::HungKings => ("Giỗ Tổ Hùng Vương", "Hùng Kings"),
            Self::Victory => ("Ngày Chiến thắng", "Victory Day"),
            Self::Labour => ("Ngày Quốc tế Lao động", "Labour Day"),
            Self::National => ("Quốc khánh", "National Day"),
            Self::Culture => ("Ngày Văn hóa Việt Nam", "Culture Day"),
        };
        lang.pick(vi, en).to_owned()
    }
}

impl Say for Lack {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Day { holiday, on, off } => {
                let (name, day) = (holiday.say(lang), lang.date(*off));
                if on == off {
                    return format!("{name} ({day})");
                }
                lang.pick(format!("{name} (nghỉ bù {day})"), format!("{name} (in lieu on {day})"))
            }
            Self::Tet { first, there } => {
                let first = lang.date(*first);
                lang.pick(
                    format!("Tết Nguyên đán (mồng 1 là {first}; mới có {there} trong 5 ngày, kể cả nghỉ bù)"),
                    format!("Tết (it begins on {first}; {there} of 5 days are there, those in lieu included)"),
                )
            }
            Self::National { there, .. } => lang.pick(
                format!("Quốc khánh (02/9 và một ngày liền kề; mới có {there} trong 2 ngày, kể cả nghỉ bù)"),
                format!("National Day (2 September and a day beside it; {there} of 2 days are there, those in lieu included)"),
            ),
            Self::Lunar => lang
                .pick(
                    "Tết Nguyên đán, Giỗ Tổ Hùng Vương (chương trình chỉ biết ngày âm lịch từ năm 2014 đến năm 2100)",
                    "Tết and Hùng Kings (the program knows the lunar calendar from 2014 to 2100)",
                )
                .to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn with(calendar: &mut Calendar, days: &[&str]) {
        for day in days {
            calendar.add(day, "nghỉ", "").unwrap();
        }
    }

    /// The weekdays that are off in 2031, of which no holiday but some of Tết falls on a weekend.
    const OF_2031: [&str; 12] = [
        "2031-01-01",
        "2031-01-21",
        "2031-01-22",
        "2031-01-23",
        "2031-01-24",
        "2031-01-27",
        "2031-04-01",
        "2031-04-30",
        "2031-05-01",
        "2031-09-02",
        "2031-09-03",
        "2031-11-24",
    ];

    #[test]
    fn a_day_beside_a_holiday_stands_for_none() {
        // A festival, a day swapped for a Saturday, a further day of the holidays: none of them is what is missing.
        for (missing, beside, lack) in [
            (
                "2031-04-01",
                "2031-04-02",
                Lack::Day { holiday: Holiday::HungKings, on: date(2031, 4, 1), off: date(2031, 4, 1) },
            ),
            (
                "2031-04-30",
                "2031-04-29",
                Lack::Day { holiday: Holiday::Victory, on: date(2031, 4, 30), off: date(2031, 4, 30) },
            ),
            ("2031-01-22", "2031-02-20", Lack::Tet { first: date(2031, 1, 23), there: 4 }),
            ("2031-09-03", "2031-09-05", Lack::National { on: date(2031, 9, 2), there: 1 }),
            ("2031-09-02", "2031-09-04", Lack::National { on: date(2031, 9, 2), there: 1 }),
        ] {
            let mut calendar = Calendar::built_in().unwrap();
            with(&mut calendar, &OF_2031.map(|day| if day == missing { beside } else { day }));
            assert_eq!(calendar.lacks(2031), [lack], "{missing}");
            assert!(!calendar.is_known(2031));
            with(&mut calendar, &[missing]);
            assert!(calendar.is_known(2031), "{missing}");
        }
    }

    /// In 2035 the National Day and the Culture Day fall on a weekend.
    #[test]
    fn a_holiday_at_a_weekend_needs_the_day_in_lieu() {
        let mut calendar = Calendar::default();
        with(&mut calendar, &["2035-01-01", "2035-04-17", "2035-04-30", "2035-05-01", "2035-09-02"]);
        with(&mut calendar, &["2035-02-06", "2035-02-07", "2035-02-08", "2035-11-24"]);
        let lacks = [
            Lack::Tet { first: date(2035, 2, 8), there: 3 },
            Lack::National { on: date(2035, 9, 2), there: 0 },
            Lack::Day { holiday: Holiday::Culture, on: date(2035, 11, 24), off: date(2035, 11, 26) },
        ];
        assert_eq!(calendar.lacks(2035), lacks);
        let said: Vec<String> = lacks.iter().map(|lack| lack.say(Lang::Vi)).collect();
        assert_eq!(
            said,
            [
                "Tết Nguyên đán (mồng 1 là 08/02/2035; mới có 3 trong 5 ngày, kể cả nghỉ bù)",
                "Quốc khánh (02/9 và một ngày liền kề; mới có 0 trong 2 ngày, kể cả nghỉ bù)",
                "Ngày Văn hóa Việt Nam (nghỉ bù 26/11/2035)",
            ]
        );
        with(&mut calendar, &["2035-02-09", "2035-02-12", "2035-09-03", "2035-09-04"]);
        assert!(!calendar.is_known(2035) && calendar.asks_for(date(2035, 11, 26)));
        // Whoever knows that this day is worked says so.
        calendar.add("2035-11-26", "làm việc", "").unwrap();
        assert!(calendar.is_known(2035) && !calendar.is_known(2036));
    }

    /// 29 and 30 April 2023 were a Saturday and a Sunday, 1 May a Monday.
    #[test]
    fn days_in_lieu_stand_behind_each_other() {
        let holidays = [date(2023, 4, 29), date(2023, 4, 30), date(2023, 5, 1)];
        assert_eq!(weekdays_for(&holidays), [date(2023, 5, 2), date(2023, 5, 3), date(2023, 5, 1)]);
    }

    #[test]
    fn what_a_year_needs_follows_the_law_of_its_time() {
        let lacks = Calendar::default().lacks(2019);
        assert!(lacks.iter().all(|lack| !matches!(lack, Lack::National { .. })));
        let single = |holiday| {
            lacks.iter().any(|lack| matches!(lack, Lack::Day { holiday: of, .. } if *of == holiday))
        };
        assert!(single(Holiday::National) && !single(Holiday::Culture), "{lacks:?}");
        assert_eq!(Calendar::default().lacks(1999), [Lack::Lunar]);
    }

    #[test]
    fn the_days_that_come_with_the_product_make_up_their_years() {
        let calendar = Calendar::built_in().unwrap();
        for year in 2021..=2027 {
            assert_eq!(calendar.lacks(year), [], "{year}");
        }
        assert_eq!(LUNAR.keys().copied().collect::<Vec<i16>>(), (2014..=2100).collect::<Vec<i16>>());
    }
}
