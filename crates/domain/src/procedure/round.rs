//! A round of appraisal: decided while its window is open, shown to the units by an act, explained until its own deadline.

use super::{Done, Life, Locked, Moment, Phase, SheetState, Window};

/// The time of a stage, and what became of its draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// When it is decided.
    pub window: Option<Window>,
    /// When its draft was shown to the units, and by whom.
    pub released: Option<Done>,
    /// Until when units may explain themselves.
    pub explain_until: Option<Moment>,
}

impl Round {
    /// Whether a decision on a sheet can be made now. What the sheet's own time says comes in as `entering`.
    ///
    /// # Errors
    /// [`Locked`]: why not, since when, who can change it.
    pub fn decide(
        &self,
        life: &Life,
        (sheet, entering): (&SheetState, Phase),
        now: Moment,
    ) -> Result<(), Locked> {
        running(life)?;
        if let Some(released) = &self.released {
            return Err(Locked::Released(released.clone()));
        }
        // A sheet that nobody submitted in time is decided as it stands; one that was given back is with its unit.
        let with_unit = match sheet {
            SheetState::Submitted { .. } => false,
            SheetState::Returned { .. } => true,
            SheetState::Filling => !matches!(entering, Phase::After(_)),
        };
        if with_unit {
            return Err(Locked::NotSubmitted);
        }
        match self.window.map(|window| window.phase(None, now)) {
            None => Err(Locked::NoWindow),
            Some(Phase::Before(opens)) => Err(Locked::Early(opens)),
            Some(Phase::After(closed)) => Err(Locked::Late(closed)),
            Some(Phase::Open(_)) => Ok(()),
        }
    }

    /// Whether a unit may explain itself now, given more time until `more`.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn explain(&self, life: &Life, more: Option<Moment>, now: Moment) -> Result<(), Locked> {
        running(life)?;
        if self.released.is_none() {
            return Err(Locked::NotReleased);
        }
        let until = self.explain_until.max(more).ok_or(Locked::NotExplained)?;
        if now < until { Ok(()) } else { Err(Locked::Late(until)) }
    }
}

fn running(life: &Life) -> Result<(), Locked> {
    match life {
        Life::Draft => Err(Locked::Draft),
        Life::Approved { approved, .. } => Err(Locked::Approved(approved.clone())),
        Life::Running(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(at: Moment) -> Done {
        Done { by: "Ai đó".to_owned(), at }
    }

    fn submitted() -> SheetState {
        SheetState::Submitted { done: done(90), seal: String::new() }
    }

    /// What was done so far, the moment, and whether a decision can be made.
    #[test]
    fn a_round_is_decided_in_its_window_before_it_is_shown() {
        let window = Window::new(100, 200).ok();
        let open = Round { window, ..Round::default() };
        let shown = Round { released: Some(done(150)), ..open.clone() };
        let running = Life::Running(done(1));
        let approved = Life::Approved { opened: done(1), approved: done(2) };
        let over = Phase::After(100);
        let cases = [
            (&open, &running, submitted(), over, 150, Ok(())),
            (&open, &running, submitted(), Phase::Open(120), 110, Ok(())),
            (&open, &running, submitted(), over, 99, Err(Locked::Early(100))),
            (&open, &running, submitted(), over, 200, Err(Locked::Late(200))),
            (&open, &running, SheetState::Filling, over, 150, Ok(())),
            (&open, &running, SheetState::Filling, Phase::Open(180), 150, Err(Locked::NotSubmitted)),
            (&shown, &running, submitted(), over, 160, Err(Locked::Released(done(150)))),
            (&open, &approved, submitted(), over, 150, Err(Locked::Approved(done(2)))),
            (&open, &Life::Draft, submitted(), over, 150, Err(Locked::Draft)),
        ];
        for (at, (round, life, sheet, entering, now, expected)) in cases.into_iter().enumerate() {
            assert_eq!(round.decide(life, (&sheet, entering), now), expected, "case {at}");
        }
        assert_eq!(Round::default().decide(&running, (&submitted(), over), 1), Err(Locked::NoWindow));
    }

    #[test]
    fn a_unit_explains_itself_between_the_draft_and_its_deadline() {
        let running = Life::Running(done(1));
        let hidden = Round::default();
        assert_eq!(hidden.explain(&running, None, 5), Err(Locked::NotReleased));
        let shown = Round { window: None, released: Some(done(10)), explain_until: Some(20) };
        assert_eq!(shown.explain(&running, None, 19), Ok(()));
        assert_eq!(shown.explain(&running, None, 20), Err(Locked::Late(20)));
        assert_eq!(shown.explain(&running, Some(30), 25), Ok(()), "more time for one unit");
        assert_eq!(shown.explain(&running, Some(15), 25), Err(Locked::Late(20)), "never less");
    }
}
