//! Roles as people hold them: where, and an appraiser’s for which domains.

use super::{Remit, Role};

/// A role that somebody holds, everywhere or for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub role: Role,
    /// For which unit, by its path of identifiers from the top; `None` is everywhere.
    pub unit: Option<UnitPath>,
    /// Which domains an appraiser was given.
    pub remit: Remit,
    /// In which campaign, by its row; `None` is in all of them.
    pub campaign: Option<i64>,
}

/// In which campaign somebody acts; roles of another one do not count there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Outside any campaign, where roles for one campaign only let look.
    #[default]
    Outside,
    /// In one campaign, by its row.
    Campaign(i64),
    /// In something of a campaign that is not there.
    Nothing,
}

impl Appointment {
    /// A role without a unit.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        Self { role, unit: None, remit: Remit::default(), campaign: None }
    }

    /// Whether the role counts where somebody acts.
    ///
    /// ```
    /// use parindex_domain::right::{Appointment, Role, Within};
    /// let chair = Appointment { campaign: Some(7), ..Appointment::everywhere(Role::Chair) };
    /// assert!(chair.counts(Within::Campaign(7)) && !chair.counts(Within::Campaign(8)));
    /// ```
    #[must_use]
    pub fn counts(&self, within: Within) -> bool {
        match (self.campaign, within) {
            (None, _) | (Some(_), Within::Outside) => true,
            (Some(own), Within::Campaign(campaign)) => own == campaign,
            (Some(_), Within::Nothing) => false,
        }
    }
}

/// A unit by the identifiers of all units above it and its own: `/1/34/512/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPath(pub String);

impl UnitPath {
    /// Whether a unit is this one or stands below it.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The rows of the unit and of all above it, topmost first.
    #[must_use]
    pub fn units(&self) -> Vec<i64> {
        self.0.split('/').filter_map(|id| id.parse().ok()).collect()
    }

    /// The row of the unit itself.
    ///
    /// ```
    /// use parindex_domain::right::UnitPath;
    /// assert_eq!(UnitPath("/1/34/".to_owned()).unit(), Some(34));
    /// ```
    #[must_use]
    pub fn unit(&self) -> Option<i64> {
        self.units().pop()
    }
}
