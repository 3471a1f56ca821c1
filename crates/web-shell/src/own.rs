//! Own units on pages: whose the sheets are that a page shows, what its visitor may do about each, and who can instead.

use std::collections::HashMap;

use parindex_domain::right::{Act, Appointment, Candidate, OwnUnit, Owners, Ties, permit, stands_in};
use parindex_rulebook::lang::Lang;
use parindex_store::campaign::Member;
use parindex_store::session::Session;

use crate::app::App;
use crate::failure::Failure;
use crate::visitor::Visitor;

/// The sheets of a page, as its visitor stands to them.
pub struct Own {
    owners: HashMap<i64, Owners>,
    ties: Ties,
    held: Vec<Appointment>,
    /// Who may do what, where something is the visitor’s own.
    candidates: HashMap<Act, Vec<Candidate>>,
}

impl Own {
    /// Of the sheets of members.
    ///
    /// # Errors
    /// The database.
    pub async fn of(app: &App, visitor: &Visitor, members: &[i64]) -> Result<Self, Failure> {
        let owners = app.store.owners(members).await?;
        let ties = match visitor.complete() {
            Some(session) if !owners.is_empty() => app.store.ties(session.person.id).await?,
            _ => Ties::default(),
        };
        let held = visitor.complete().map(Session::appointments).unwrap_or_default();
        Ok(Self { owners, ties, held, candidates: HashMap::new() })
    }

    /// With those who may do something in the campaign, who are named where the visitor may not.
    ///
    /// # Errors
    /// The database.
    pub async fn with(mut self, app: &App, campaign: i64, act: Act) -> Result<Self, Failure> {
        if self.owners.values().any(|owners| owners.bar(&self.ties)) {
            self.candidates.insert(act, app.store.candidates(campaign, act).await?);
        }
        Ok(self)
    }

    /// Whether a sheet is the visitor’s own, about which he decides nothing.
    pub fn bars(&self, member: i64) -> bool {
        self.owners.get(&member).is_some_and(|owners| owners.bar(&self.ties))
    }

    fn is_permitted(&self, act: Act, member: i64) -> bool {
        let owners = self.owners.get(&member);
        owners.is_some_and(|owners| permit(&self.held, act, &owners.subject()).is_ok())
    }

    /// Whether the visitor may do something about a sheet.
    pub fn may(&self, act: Act, member: i64) -> bool {
        self.is_permitted(act, member) && !self.bars(member)
    }

    /// Whether the visitor acts on a sheet in the place of the standing body, whose own it is.
    pub fn stands_in(&self, act: Act, member: i64) -> bool {
        let owners = self.owners.get(&member);
        owners.is_some_and(Owners::are_the_standing_body) && stands_in(&self.held, act)
    }

    /// Why the visitor may not do to his own sheet what he may do elsewhere, and who can.
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
