//! What follows from where a campaign stands: which stage counts, what is locked and why.

use super::{Campaign, Life, Locked, Member, Moment, Phase, Stage, Visibility};

impl Campaign {
    /// Whether anything can be done in it.
    ///
    /// # Errors
    /// [`Locked`] before it opens and once it is approved.
    pub fn running(&self) -> Result<(), Locked> {
        match &self.life {
            Life::Running(_) => Ok(()),
            Life::Draft => Err(Locked::Draft),
            Life::Approved { approved, .. } => Err(Locked::Approved(approved.clone())),
        }
    }

    /// A stage by its place.
    #[must_use]
    pub fn stage(&self, place: i64) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.place == place)
    }

    /// The rounds of appraisal: the stages between self-assessment and the result.
    #[must_use]
    pub fn rounds(&self) -> impl DoubleEndedIterator<Item = &Stage> {
        let last = self.stages.len().saturating_sub(1);
        self.stages.iter().take(last).skip(1)
    }

    /// The stage whose points count now: the last one that anything was entered for.
    #[must_use]
    pub fn last_released(&self) -> usize {
        if matches!(self.life, Life::Approved { .. }) {
            return self.stages.len().saturating_sub(1);
        }
        self.stages.iter().rposition(|stage| stage.round.released.is_some()).unwrap_or(0)
    }

    /// The last stage whose ranking units see, where they see one.
    #[must_use]
    pub fn ranking_for_units(&self) -> Option<usize> {
        let approved = matches!(self.life, Life::Approved { .. });
        match self.visibility {
            Visibility::Own => None,
            Visibility::Result => approved.then(|| self.last_released()),
            Visibility::Drafts => Some(self.last_released()).filter(|stage| *stage > 0),
        }
    }

    /// Whether every round before one was released: a later round is about what units say of the one before.
    ///
    /// # Errors
    /// [`Locked::NotReleased`].
    pub fn in_turn(&self, stage: &Stage) -> Result<(), Locked> {
        let mut before = self.rounds().filter(|round| round.place < stage.place);
        if before.all(|round| round.round.released.is_some()) { Ok(()) } else { Err(Locked::NotReleased) }
    }

    /// Whether anything about it can still change.
    ///
    /// # Errors
    /// [`Locked::Approved`].
    pub fn not_approved(&self) -> Result<(), Locked> {
        match &self.life {
            Life::Approved { approved, .. } => Err(Locked::Approved(approved.clone())),
            Life::Draft | Life::Running(_) => Ok(()),
        }
    }

    /// Whether something can be entered on a member’s sheet now.
    ///
    /// # Errors
    /// [`Locked`]: why not.
    pub fn unlocked(&self, member: &Member, now: Moment) -> Result<(), Locked> {
        self.submittable(member, now)?;
        self.no_draft()
    }

    /// Whether a member’s sheet can be submitted now, as it stands.
    ///
    /// # Errors
    /// [`Locked`]: why not.
    pub fn submittable(&self, member: &Member, now: Moment) -> Result<(), Locked> {
        if !member.standing.is_assessed() {
            return Err(Locked::Exempt);
        }
        let phase = self.entering(member, now);
        member.sheet_state.open(&self.life, phase)
    }

    /// Whether a unit can still enter something by itself, now or once its window opens: what it has not touched is awaited.
    #[must_use]
    pub fn awaits(&self, member: &Member, now: Moment) -> bool {
        match self.unlocked(member, now) {
            Ok(()) => true,
            // Without any window nothing is ever awaited: so stands a campaign that came with a package.
            Err(Locked::Early(opens)) => opens < Moment::MAX,
            Err(_) => false,
        }
    }

    /// When the time of a sheet ran out that nobody has submitted.
    #[must_use]
    pub fn expired(&self, member: &Member, now: Moment) -> Option<Moment> {
        match self.submittable(member, now) {
            Err(Locked::Late(closed)) => Some(closed),
            _ => None,
        }
    }

    /// Whether units have seen no draft yet. From the first one on their own points stay: every round is about what it showed.
    ///
    /// # Errors
    /// [`Locked::Drafted`].
    pub fn no_draft(&self) -> Result<(), Locked> {
        let released = self.rounds().find_map(|round| round.round.released.clone());
        released.map_or(Ok(()), |done| Err(Locked::Drafted(done)))
    }

    /// Where the time of self-assessment stands for a member.
    #[must_use]
    pub fn entering(&self, member: &Member, now: Moment) -> Phase {
        self.stages.first().map_or(Phase::Before(Moment::MAX), |stage| stage.phase(member.more, now))
    }

    /// Whether a decision on a member’s sheet can be made in a round now.
    ///
    /// # Errors
    /// [`Locked`]: why not.
    pub fn decidable(&self, stage: &Stage, member: &Member, now: Moment) -> Result<(), Locked> {
        if !member.standing.is_assessed() {
            return Err(Locked::Exempt);
        }
        self.in_turn(stage)?;
        stage.round.decide(&self.life, (&member.sheet_state, self.entering(member, now)), now)
    }
}
