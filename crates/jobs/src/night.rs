//! What is due every night, and since when.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use parindex_domain::moment::{local, of_local};

use crate::plan::Plan;

/// A job of every night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nightly {
    /// Follows the log.
    CheckLog,
    /// Looks whether all files are there.
    CheckFiles,
    /// Makes a backup.
    Backup,
    /// Clears away what nobody names any more.
    Sweep,
}

impl Nightly {
    /// The jobs of a night, in the order in which they are done.
    pub const ALL: [Self; 4] = [Self::CheckLog, Self::CheckFiles, Self::Backup, Self::Sweep];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CheckLog => "check-log",
            Self::CheckFiles => "check-files",
            Self::Backup => "backup",
            Self::Sweep => "sweep",
        }
    }

    /// The job of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.word() == word)
    }

    /// At what hour, when offices sleep.
    fn hour(self) -> i8 {
        match self {
            Self::CheckLog => 1,
            Self::Backup => 2,
            Self::Sweep => 3,
            // After the sweep, which brings back what is named after all.
            Self::CheckFiles => 4,
        }
    }

    fn planned(self, plan: &Plan) -> bool {
        self != Self::Backup || plan.backup.is_some()
    }
}

/// The key and the time of the last night's jobs: after a week without a server, one of each and not seven.
pub fn due(plan: &Plan, now: i64) -> Vec<(Nightly, String, i64)> {
    let one = |job: Nightly| {
        let (day, at) = last(job.hour(), now)?;
        Some((job, format!("{} {day}", job.word()), at))
    };
    Nightly::ALL.into_iter().filter(|job| job.planned(plan)).filter_map(one).collect()
}

/// The last time that clocks in Vietnam showed an hour.
fn last(hour: i8, now: i64) -> Option<(Date, i64)> {
    let here = local(now);
    let time = Time::constant(hour, 0, 0, 0);
    let today = here.date();
    let day = if here.time() >= time { today } else { today.checked_sub(1.day()).ok()? };
    Some((day, of_local(day.to_datetime(time))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2 March 2026, 8:00 in Hà Nội.
    const MONDAY: i64 = 1_772_413_200_000_000;
    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn a_night_has_one_key_until_the_next_one() {
        let plan = Plan { backup: None };
        let keys = |now| due(&plan, now).into_iter().map(|(_, key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(MONDAY), ["check-log 2026-03-02", "check-files 2026-03-02", "sweep 2026-03-02"]);
        assert_eq!(keys(MONDAY + 16 * HOUR), keys(MONDAY), "midnight is not yet one o’clock");
        assert_eq!(
            keys(MONDAY + 17 * HOUR),
            ["check-log 2026-03-03", "check-files 2026-03-02", "sweep 2026-03-02"]
        );
    }

    #[test]
    fn a_backup_is_due_where_it_has_a_place() {
        let (title, base_url) = (String::new(), String::new());
        let key = crate::archive::SigningKey::new().unwrap();
        let maker = crate::archive::Maker { title, base_url, key, recipient: None };
        let plan = Plan { backup: Some(crate::plan::Backups { folder: "x".into(), keep: 3, maker }) };
        assert!(
            due(&plan, MONDAY).iter().any(|(job, _, at)| *job == Nightly::Backup && *at == MONDAY - 6 * HOUR)
        );
    }
}
