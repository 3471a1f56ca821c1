//! Points by how late a date is, on calendar or working days.

use jiff::civil::Date;

use super::{Outcome, Run, Stop};
use crate::calendar::{days_between, next};
use crate::input::Value;
use crate::rule::{Anchor, Award, DayCount, Deadline, Due};
use crate::settings::DueOff;
use crate::slot::Slot;
use crate::trace::{DueFrom, Observe, Step};

/// How late, in the days that are counted; `None` when in time.
type Lateness = Option<(i64, DayCount)>;

impl<'r, O: Observe<'r>> Run<'_, 'r, '_, O> {
    pub(super) fn deadline(&mut self, rule: &'r Deadline<Slot>) -> Result<Outcome, Stop> {
        let never_done = match self.slot(rule.done) {
            Value::NotDone => true,
            Value::Missing => !self.facts.open,
            _ => false,
        };
        if let (true, Some(never)) = (never_done, &rule.never) {
            let (outcome, gives) = self.awarded(never)?;
            self.see(|| Step::NeverDone { gives });
            return Ok(outcome);
        }
        let done = self.date(rule.done)?;
        let (anchor, named) = self.due(&rule.due)?;
        let due = self.worked(named)?;
        let (award, late) = self.tier(rule, done, due)?;
        let (outcome, gives) = self.awarded(award)?;
        let moved = (due != named).then_some(named);
        let from = || {
            let slot = if let Anchor::Input(slot) = rule.due.anchor { Some(slot) } else { None };
            let counted = rule.due.shift != 0 || slot.is_some();
            counted.then_some(DueFrom { day: anchor, slot, shift: rule.due.shift, days: rule.due.days })
        };
        self.see(|| Step::Deadline { slot: rule.done, done, due, from: from(), moved, late, gives });
        Ok(outcome)
    }

    /// The day from which it is counted, and the day that is due.
    fn due(&self, due: &Due<Slot>) -> Result<(Date, Date), Stop> {
        let anchor = match due.anchor {
            Anchor::Fixed(date) => date,
            Anchor::Input(slot) => self.date(slot)?,
        };
        if due.shift == 0 {
            return Ok((anchor, anchor));
        }
        let day = match due.days {
            DayCount::Calendar => next(anchor, due.shift),
            DayCount::Working => self.facts.calendar.shift(anchor, due.shift),
        };
        Ok((anchor, day.map_err(Stop::Calendar)?))
    }

    /// The day that is due: the one that is named, or the next working day where the set says so.
    fn worked(&self, named: Date) -> Result<Date, Stop> {
        let mut due = named;
        while self.facts.due_off == DueOff::Next
            && !self.facts.calendar.is_working(due).map_err(Stop::Calendar)?
        {
            due = next(due, 1).map_err(Stop::Calendar)?;
        }
        Ok(due)
    }

    /// The award that applies and how late, in the days that its tier counts.
    fn tier(
        &self,
        rule: &'r Deadline<Slot>,
        done: Date,
        due: Date,
    ) -> Result<(&'r Award<Slot>, Lateness), Stop> {
        if done <= due {
            return Ok((&rule.in_time, None));
        }
        for tier in &rule.late {
            let days = self.days(due, done, tier.count)?;
            if days <= tier.days {
                return Ok((&tier.award, Some((days, tier.count))));
            }
        }
        let count = rule.late.last().map_or(DayCount::Calendar, |tier| tier.count);
        Ok((&rule.later, Some((self.days(due, done, count)?, count))))
    }

    fn days(&self, from: Date, to: Date, count: DayCount) -> Result<i64, Stop> {
        match count {
            DayCount::Calendar => Ok(days_between(from, to)),
            DayCount::Working => self.facts.calendar.working_days(from, to).map_err(Stop::Calendar),
        }
    }
}
