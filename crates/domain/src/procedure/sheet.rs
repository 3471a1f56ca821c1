//! A unit's sheet: filled in, submitted, given back.

use super::{Done, Life, Locked, Phase};

/// How far a sheet is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum SheetState {
    /// The unit works on it.
    #[default]
    Filling,
    /// The head has submitted it; sealed by the hash of what stood in it.
    Submitted {
        /// By whom and when.
        done: Done,
        /// The hash of the snapshot.
        seal: String,
    },
    /// The standing body has given it back.
    Returned {
        /// By whom and when.
        done: Done,
        /// What to correct.
        remark: String,
    },
}

/// What is done with a sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetAct {
    /// The head submits it, sealed.
    Submit {
        /// The hash of the snapshot.
        seal: String,
        /// Criteria whose cross-checks the figures do not satisfy, and for which nobody gave a reason.
        unexplained: Vec<String>,
    },
    /// The standing body gives it back.
    Return {
        /// What to correct.
        remark: String,
    },
}

impl SheetState {
    /// Whether something can be entered now.
    ///
    /// # Errors
    /// [`Locked`]: why not, since when, who can change it.
    pub fn open(&self, life: &Life, phase: Phase) -> Result<(), Locked> {
        match (life, self, phase) {
            (Life::Draft, _, _) => Err(Locked::Draft),
            (Life::Approved { approved, .. }, _, _) => Err(Locked::Approved(approved.clone())),
            (Life::Running(_), Self::Submitted { done, .. }, _) => Err(Locked::Submitted(done.clone())),
            (Life::Running(_), _, Phase::Before(opens)) => Err(Locked::Early(opens)),
            // Whoever gives a sheet back late gives the time for it: until it is submitted again.
            (Life::Running(_), Self::Returned { .. }, _)
            | (Life::Running(_), Self::Filling, Phase::Open(_)) => Ok(()),
            (Life::Running(_), Self::Filling, Phase::After(closed)) => Err(Locked::Late(closed)),
        }
    }

    /// The sheet after an act.
    ///
    /// # Errors
    /// [`Locked`]: a sheet is submitted while it is open and its figures agree or say why not, and given back while the result is
    /// not approved.
    pub fn after(self, act: SheetAct, done: Done, (life, phase): (&Life, Phase)) -> Result<Self, Locked> {
        match act {
            SheetAct::Submit { seal, unexplained } => {
                self.open(life, phase)?;
                if !unexplained.is_empty() {
                    return Err(Locked::Unexplained(unexplained));
                }
                Ok(Self::Submitted { done, seal })
            }
            SheetAct::Return { remark } => match (life, self) {
                (Life::Draft, _) => Err(Locked::Draft),
                (Life::Approved { approved, .. }, _) => Err(Locked::Approved(approved.clone())),
                (Life::Running(_), Self::Submitted { .. } | Self::Returned { .. }) => {
                    Ok(Self::Returned { done, remark })
                }
                // It is with its unit.
                (Life::Running(_), Self::Filling) => Err(Locked::NotSubmitted),
            },
        }
    }

    /// Whether it is submitted.
    #[must_use]
    pub fn is_submitted(&self) -> bool {
        matches!(self, Self::Submitted { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LifeStep, Unsettled, Window};
    use super::*;

    const OPENS: i64 = 100;
    const CLOSES: i64 = 200;

    /// A small generator, so that sequences repeat: no randomness in this crate.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }
    }

    /// Ten thousand random courses of acts and times.
    #[test]
    fn no_sequence_of_acts_reaches_an_impossible_state() {
        let window = Window::new(OPENS, CLOSES).unwrap();
        for seed in 0..10_000 {
            let mut dice = Dice(seed);
            let (mut life, mut sheet, mut now, mut entered_late) =
                (Life::Draft, SheetState::Filling, 0, false);
            for _ in 0..12 {
                now += i64::try_from(dice.roll(60)).unwrap();
                let (phase, done) = (window.phase(None, now), Done { by: "x".to_owned(), at: now });
                let was = (life.clone(), sheet.clone());
                match dice.roll(5) {
                    0 => life = life.clone().after(LifeStep::Open(Vec::new()), done).unwrap_or(life),
                    1 => {
                        let open_sheets = usize::from(!sheet.is_submitted());
                        life = life
                            .clone()
                            .after(
                                LifeStep::Approve(Unsettled { sheets: open_sheets, ..Unsettled::default() }),
                                done,
                            )
                            .unwrap_or(life);
                    }
                    2 => {
                        let act = SheetAct::Submit { seal: "s".to_owned(), unexplained: Vec::new() };
                        sheet = sheet.clone().after(act, done, (&life, phase)).unwrap_or(sheet);
                    }
                    3 => {
                        let act = SheetAct::Return { remark: "r".to_owned() };
                        sheet = sheet.clone().after(act, done, (&life, phase)).unwrap_or(sheet);
                    }
                    _ => {
                        entered_late |= sheet.open(&life, phase).is_ok()
                            && matches!(phase, Phase::After(_))
                            && sheet == SheetState::Filling;
                    }
                }
                assert!(!entered_late, "seed {seed}: entered after the deadline without being given back");
                if matches!(life, Life::Approved { .. }) {
                    assert!(sheet.is_submitted(), "seed {seed}: approved without a submitted sheet");
                }
                if matches!(was.0, Life::Approved { .. }) {
                    assert_eq!((&life, &sheet), (&was.0, &was.1), "seed {seed}: changed after approval");
                }
                if was.1.is_submitted() && !sheet.is_submitted() {
                    assert!(
                        matches!(sheet, SheetState::Returned { .. }),
                        "seed {seed}: opened without being given back"
                    );
                }
            }
        }
    }

    #[test]
    fn a_sheet_given_back_after_the_deadline_is_open_until_it_is_submitted_again() {
        let life = Life::Running(Done { by: "x".to_owned(), at: 1 });
        let late = Window::new(OPENS, CLOSES).unwrap().phase(None, 500);
        assert_eq!(SheetState::Filling.open(&life, late), Err(Locked::Late(CLOSES)));
        let done = || Done { by: "Sở Nội vụ".to_owned(), at: 450 };
        let back = SheetState::Returned { done: done(), remark: "thiếu 1.1.1".to_owned() };
        assert_eq!(back.open(&life, late), Ok(()));
        let submit = SheetAct::Submit { seal: "s".to_owned(), unexplained: Vec::new() };
        let again = back.after(submit, done(), (&life, late)).unwrap();
        assert_eq!(again.open(&life, late), Err(Locked::Submitted(done())));
    }

    #[test]
    fn a_sheet_whose_figures_do_not_agree_is_submitted_with_a_reason_alone() {
        let life = Life::Running(Done { by: "x".to_owned(), at: 1 });
        let open = Window::new(OPENS, CLOSES).unwrap().phase(None, 150);
        let done = || Done { by: "Chủ tịch xã".to_owned(), at: 150 };
        let submit = |unexplained: &[&str]| SheetAct::Submit {
            seal: "s".to_owned(),
            unexplained: unexplained.iter().map(|code| (*code).to_owned()).collect(),
        };
        let refused = SheetState::Filling.after(submit(&["2.1", "3.2.4"]), done(), (&life, open));
        assert_eq!(refused, Err(Locked::Unexplained(vec!["2.1".to_owned(), "3.2.4".to_owned()])));
        assert!(
            SheetState::Filling
                .after(submit(&[]), done(), (&life, open))
                .is_ok_and(|sheet| sheet.is_submitted())
        );
    }
}
