//! Whoever looks at something: a session with the roles that it was begun with.

use parindex_domain::right::{Act, Denied, Subject, Within, permit, stands_in};
use parindex_store::Actor;
use parindex_store::session::Session;

/// Whoever looks: somebody signed in, half signed in, or nobody.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The session, where there is one.
    pub session: Option<Session>,
}

impl Viewer {
    /// The signed-in person, second factor given.
    #[must_use]
    pub fn complete(&self) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.complete)
    }

    /// Whoever acts, as the log names him.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let nobody = || Actor::person(0, String::new(), Vec::new());
        self.session.as_ref().map_or_else(nobody, Session::actor)
    }

    /// The same viewer in a campaign, with the roles that count there.
    #[must_use]
    pub fn within(&self, within: Within) -> Self {
        let session = self.session.clone().map(|session| session.within(within));
        Self { session }
    }

    /// Whether the viewer may do something.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn permit(&self, act: Act, subject: &Subject) -> Result<(), Denied> {
        let held = self.complete().map(Session::appointments).unwrap_or_default();
        permit(&held, act, subject)
    }

    /// Whether the viewer does something in the place of the standing body, about its own unit.
    #[must_use]
    pub fn stands_in(&self, act: Act) -> bool {
        let held = self.complete().map(Session::appointments).unwrap_or_default();
        stands_in(&held, act)
    }

    /// Whether a page shows what leads to an act.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.complete().is_some() && self.permit(act, &Subject::Somewhere).is_ok()
    }
}
