//! Own units: whose the sheets are that are looked at, what the viewer may do about each, and who can instead.

use std::collections::HashMap;

use crate::viewer::Viewer;
use crate::{Service, ServiceError};
use parindex_domain::procedure::Member;
use parindex_domain::right::{Act, Appointment, Candidate, OwnUnit, Owners, UnitTies, permit, stands_in};
use parindex_rulebook::lang::Lang;
use parindex_store::session::Session;

/// Sheets, as the viewer stands to them.
pub struct Own {
    owners: HashMap<i64, Owners>,
    ties: UnitTies,
    held: Vec<Appointment>,
    /// Who may do what, where something is the visitor’s own.
    candidates: HashMap<Act, Vec<Candidate>>,
}

impl Own {
    /// Of the sheets of members.
    ///
    /// # Errors
    /// The database.
    pub async fn of(service: &Service, viewer: &Viewer, members: &[i64]) -> Result<Self, ServiceError> {
        let owners = service.store.owners(members).await?;
        let ties = match viewer.complete() {
            Some(session) if !owners.is_empty() => service.store.ties(session.person.id).await?,
            _ => UnitTies::default(),
        };
        let held = viewer.complete().map(Session::appointments).unwrap_or_default();
        Ok(Self { owners, ties, held, candidates: HashMap::new() })
    }

    /// With those who may do something in the campaign, who are named where the viewer may not.
    ///
    /// # Errors
    /// The database.
    pub async fn with(mut self, service: &Service, campaign: i64, act: Act) -> Result<Self, ServiceError> {
        if self.owners.values().any(|owners| owners.bar(&self.ties)) {
            self.candidates.insert(act, service.store.candidates(campaign, act).await?);
        }
        Ok(self)
    }

    /// Whether a sheet is the visitor’s own, about which he decides nothing.
    #[must_use]
    pub fn bars(&self, member: i64) -> bool {
        self.owners.get(&member).is_some_and(|owners| owners.bar(&self.ties))
    }

    fn is_permitted(&self, act: Act, member: i64) -> bool {
        let owners = self.owners.get(&member);
        owners.is_some_and(|owners| permit(&self.held, act, &owners.subject()).is_ok())
    }

    /// Whether the viewer may do something about a sheet.
    #[must_use]
    pub fn may(&self, act: Act, member: i64) -> bool {
        self.is_permitted(act, member) && !self.bars(member)
    }

    /// Whether the viewer acts on a sheet in the place of the standing body, whose own it is.
    pub fn stands_in(&self, act: Act, member: i64) -> bool {
        let owners = self.owners.get(&member);
        owners.is_some_and(Owners::are_the_standing_body) && stands_in(&self.held, act)
    }

    /// Why the viewer may not do to his own sheet what he may do elsewhere, and who can.
    pub fn notice(&self, act: Act, member: &Member, lang: Lang) -> Option<String> {
        if !self.bars(member.id) || !self.is_permitted(act, member.id) {
            return None;
        }
        let candidates = self.candidates.get(&act).map(Vec::as_slice).unwrap_or_default();
        let owners = self.owners.get(&member.id)?;
        Some(OwnUnit::new(act, &member.name, (owners, candidates)).notice(lang))
    }

    /// Whether the campaign is about one unit, which runs it itself: nobody is barred, and the page says so.
    pub fn runs_itself(&self) -> bool {
        self.owners.values().any(Owners::run_it_alone)
    }
}
