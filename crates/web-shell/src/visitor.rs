//! Who asks: the session of the cookie, the language, the address.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use parindex_domain::moment::Moment;
use parindex_domain::right::{Act, Denied, Subject, Within};
use parindex_rulebook::lang::Lang;
use parindex_service::viewer::Viewer;
use parindex_store::Actor;
use parindex_store::session::Session;

use crate::sending::{Content, Sending};

/// Whoever asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The session and what it permits.
    pub viewer: Viewer,
    /// The language of the pages.
    pub lang: Lang,
    /// `light`, `dark`, or as the machine has it.
    pub theme: Option<&'static str>,
    pub address: String,
    /// What forms of this browser carry.
    pub form_token: Option<String>,
    /// The path that was asked for.
    pub path: String,
    /// Where to come back to: only what can be asked for again.
    pub back: String,
    /// The form that was sent.
    pub sending: Sending,
}

/// The guard puts the visitor into the request before any handler runs.
impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(Self::nobody))
    }
}

impl Visitor {
    /// The session of the signed-in person, second factor given.
    #[must_use]
    pub fn complete(&self) -> Option<&Session> {
        self.viewer.complete()
    }

    /// Whoever acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.viewer.actor()
    }

    /// The same visitor in a campaign, with the roles that count there.
    #[must_use]
    pub fn within(&self, within: Within) -> Self {
        Self { viewer: self.viewer.within(within), ..self.clone() }
    }

    /// Whether the visitor may do something.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn permit(&self, act: Act, subject: &Subject) -> Result<(), Denied> {
        self.viewer.permit(act, subject)
    }

    /// Whether a page shows what leads to an act.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.viewer.may(act)
    }

    /// Whoever asks before the guard has seen the request.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            viewer: Viewer::default(),
            lang: Lang::Vi,
            theme: None,
            address: String::new(),
            form_token: None,
            path: String::new(),
            back: "/".to_owned(),
            sending: Sending::default(),
        }
    }

    /// What the visitor sent with a form. Only what somebody who is signed in sends is known again, and only under that name.
    pub fn sends(&self, content: Content) {
        if self.complete().is_some() {
            content.keep(&self.sending, &self.path);
        }
    }
}

/// In how many seconds a session ends when nothing more is asked for.
#[must_use]
pub fn seconds_left(session: &Session, now: Moment) -> i64 {
    ((session.ends_at() - now) / 1_000_000).max(0)
}
