//! Due dates that rules name, against the assessed period and the calendar: a set that was copied from another year is told so.

use jiff::Span;
use jiff::civil::Date;
use parindex_rulebook::calendar::{Calendar, next};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::rule::{Anchor, Body, DayCount, Deadline};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::DueOff;
use parindex_rulebook::slot::Slot;

/// What somebody should look at in a due date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueProblem {
    /// It lies far from the assessed period: the day, the period.
    Far(Date, (Date, Date)),
    /// It is a day off.
    Off(Date),
}

impl Say for DueProblem {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Far(day, (from, to)) => {
                let [day, from, to] = [day, from, to].map(|day| lang.date(*day));
                lang.pick(
                    format!("hạn {day} cách xa kỳ đánh giá {from} – {to}; nếu bộ tiêu chí chép từ năm khác, hãy sửa năm"),
                    format!("the due date {day} is far from the assessed period {from} – {to}; correct the year if the set was copied from another one"),
                )
            }
            Self::Off(day) => {
                let day = lang.date(*day);
                lang.pick(
                    format!("hạn {day} là ngày nghỉ và được giữ nguyên; nếu chuyển sang ngày làm việc tiếp theo, hãy khai báo @hạn vào ngày nghỉ"),
                    format!("the due date {day} is a day off and stays; if the next working day is meant, set @hạn vào ngày nghỉ"),
                )
            }
        }
    }
}

/// What there is to look at in the due dates of a set, with the place of each criterion.
#[must_use]
pub fn due_problems(set: &Compiled, period: (Date, Date), calendar: &Calendar) -> Vec<(usize, DueProblem)> {
    let mut problems = Vec::new();
    for (node, rule) in set.rules.iter().enumerate() {
        let mut days = Vec::new();
        fixed(&rule.body, calendar, &mut days);
        let keeps = set.set.settings.due_off == DueOff::Keep;
        problems.extend(days.into_iter().filter_map(|day| {
            let off = || keeps && calendar.is_working(day) == Ok(false);
            let problem = if is_far(day, period) {
                DueProblem::Far(day, period)
            } else if off() {
                DueProblem::Off(day)
            } else {
                return None;
            };
            Some((node, problem))
        }));
    }
    problems
}

/// Plans fall due in the last months before the period, reports in the first ones after it.
fn is_far(day: Date, (from, to): (Date, Date)) -> bool {
    let (before, after) = (Span::new().months(3), Span::new().months(6));
    let earliest = from.checked_sub(before).unwrap_or(from);
    let latest = to.checked_add(after).unwrap_or(to);
    day < earliest || day > latest
}

/// The days on which something is due, where no figure says them.
fn fixed(body: &Body<Slot>, calendar: &Calendar, days: &mut Vec<Date>) {
    match body {
        Body::Deadline(deadline) => days.extend(due(deadline, calendar)),
        Body::Cases { cases, .. } => {
            for case in cases {
                fixed(&case.then, calendar, days);
            }
        }
        Body::When { arms, otherwise } => {
            for arm in arms {
                fixed(&arm.then, calendar, days);
            }
            fixed(otherwise, calendar, days);
        }
        _ => {}
    }
}

fn due(deadline: &Deadline<Slot>, calendar: &Calendar) -> Option<Date> {
    let Anchor::Fixed(day) = deadline.due.anchor else { return None };
    match (deadline.due.shift, deadline.due.days) {
        (0, _) => Some(day),
        (shift, DayCount::Calendar) => next(day, shift).ok(),
        (shift, DayCount::Working) => calendar.shift(day, shift).ok(),
    }
}
