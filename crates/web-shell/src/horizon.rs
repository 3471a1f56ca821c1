//! How far a visitor sees people.

use parindex_domain::right::{Act, Appointment, Reach, UnitPath, allowing};

use crate::visitor::Visitor;

/// How far a visitor sees people: everywhere, or below these units.
pub enum Horizon {
    /// Everybody.
    All,
    /// Those who work at or below these units.
    Below(Vec<UnitPath>),
}

impl Horizon {
    /// The paths below which people are seen; none where everybody is.
    #[must_use]
    pub fn below(self) -> Option<Vec<UnitPath>> {
        match self {
            Self::All => None,
            Self::Below(paths) => Some(paths),
        }
    }
}

/// The widest horizon that the roles give.
#[must_use]
pub fn horizon(visitor: &Visitor) -> Option<Horizon> {
    let held: Vec<Appointment> = visitor.complete()?.appointments();
    let mut units = Vec::new();
    for (appointment, reach) in allowing(&held, Act::SeePeople) {
        match (reach, &appointment.unit) {
            (Reach::All, _) | (Reach::Below, None) => return Some(Horizon::All),
            (Reach::Below, Some(path)) => units.push(path.clone()),
            // The chair's part in place of the standing body is about sheets, not about people.
            (Reach::StandingBody, _) => {}
        }
    }
    (!units.is_empty()).then_some(Horizon::Below(units))
}
