//! Who asks: the session of the cookie, the language, the address.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use parindex_domain::right::{Act, Denied, Subject, Within, permit, stands_in};
use parindex_rulebook::lang::Lang;
use parindex_store::Actor;
use parindex_store::session::Session;

use crate::app::App;
use crate::once::Sending;

/// The cookie of a session over HTTPS: bound to this host, this path and a secure line.
const SECURE: &str = "__Host-parindex";
/// Where the server is tried out without HTTPS.
const PLAIN: &str = "parindex";

/// The name of the session's cookie.
pub fn cookie_name(app: &App) -> &'static str {
    if app.settings.secure() { SECURE } else { PLAIN }
}

/// Whoever asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The session, when there is one.
    pub session: Option<Session>,
    /// The language of the pages.
    pub lang: Lang,
    /// `light`, `dark`, or as the machine has it.
    pub theme: Option<&'static str>,
    /// From where.
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

impl Visitor {
    /// The signed-in person, second factor given.
    #[must_use]
    pub fn complete(&self) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.complete)
    }

    /// Whoever acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let nobody = || Actor::person(0, String::new(), Vec::new());
        self.session.as_ref().map_or_else(nobody, Session::actor)
    }

    /// The same visitor in a campaign, with the roles that count there.
    #[must_use]
    pub fn within(&self, within: Within) -> Self {
        let session = self.session.clone().map(|session| session.within(within));
        Self { session, ..self.clone() }
    }

    /// Whether the visitor may do something.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn permit(&self, act: Act, subject: &Subject) -> Result<(), Denied> {
        let held = self.complete().map(Session::appointments).unwrap_or_default();
        permit(&held, act, subject)
    }

    /// Whether the visitor does something in the place of the standing body, about its own unit.
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

/// The guard puts the visitor into the request before any handler runs.
impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(Self::nobody))
    }
}

impl Visitor {
    fn nobody() -> Self {
        Self {
            session: None,
            lang: Lang::Vi,
            theme: None,
            address: String::new(),
            form_token: None,
            path: String::new(),
            back: "/".to_owned(),
            sending: Sending::default(),
        }
    }

    /// Reads cookies and looks the session up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(app: &App, parts: &Parts) -> Result<Self, parindex_store::StoreError> {
        let jar = CookieJar::from_headers(&parts.headers);
        let session = match jar.get(cookie_name(app)) {
            Some(secret) => {
                let hash = parindex_service::token::hash_of(secret.value());
                // Whoever asks how long a session lasts does not make it longer.
                let asks = parts.method == Method::GET && parts.uri.path() == "/session";
                let store = &app.store;
                if asks {
                    store.session_unseen(&hash, app.now()).await?
                } else {
                    store.session(&hash, app.now()).await?
                }
            }
            None => None,
        };
        Ok(Self::with(app, parts, session))
    }

    /// Whoever asks while no session can be looked up.
    pub fn without_session(app: &App, parts: &Parts) -> Self {
        Self::with(app, parts, None)
    }

    fn with(app: &App, parts: &Parts, session: Option<Session>) -> Self {
        let jar = CookieJar::from_headers(&parts.headers);
        let value = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
        let lang = if value("lang").as_deref() == Some("en") { Lang::En } else { Lang::Vi };
        let theme = match value("theme").as_deref() {
            Some("dark") => Some("dark"),
            Some("light") => Some("light"),
            _ => None,
        };
        // Before sign-in, forms are bound to a cookie that means nothing else.
        let bound = value(if session.is_some() { cookie_name(app) } else { "form" });
        Self {
            session,
            lang,
            theme,
            address: address(app, parts),
            form_token: bound.as_deref().map(parindex_service::token::form_token),
            path: parts.uri.path().to_owned(),
            back: match parts.uri.path_and_query() {
                Some(asked) if parts.method == Method::GET => asked.as_str().to_owned(),
                _ => "/".to_owned(),
            },
            sending: Sending::of(parts),
        }
    }
}

/// The address of the visitor: of the connection, or what a trusted proxy says of it.
fn address(app: &App, parts: &Parts) -> String {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let trusted = |ip: &IpAddr| app.settings.trusted_proxies.contains(ip);
    let Some(peer) = peer else { return String::new() };
    if !trusted(&peer) {
        return peer.to_string();
    }
    // Some proxies add a line of their own below the visitor's.
    let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let forwarded = lines.collect::<Vec<_>>().join(",");
    // Read from the right: each trusted proxy vouches for the one before it only.
    let hops = forwarded.rsplit(',').map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    let mut last = peer;
    for hop in hops {
        last = hop.to_canonical();
        if !trusted(&last) {
            break;
        }
    }
    last.to_string()
}
