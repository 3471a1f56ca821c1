//! Who asks, by the cookies and the connection of a request.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use parindex_rulebook::lang::Lang;
use parindex_store::session::Session;

use parindex_service::viewer::Viewer;

use crate::app::App;
use crate::sending::Sending;
use crate::visitor::Visitor;

/// The cookie of a session over HTTPS: bound to this host, this path and a secure line.
const SECURE: &str = "__Host-parindex";
/// Where the server is tried out without HTTPS.
const PLAIN: &str = "parindex";

/// The name of the session's cookie.
#[must_use]
pub fn cookie_name(app: &App) -> &'static str {
    if app.settings.secure() { SECURE } else { PLAIN }
}

/// Reads cookies and looks the session up.
///
/// # Errors
/// When the database does not answer.
pub async fn identify(app: &App, parts: &Parts) -> Result<Visitor, parindex_store::StoreError> {
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
    Ok(visitor_with(app, parts, session))
}

/// Whoever asks while no session can be looked up.
pub fn without_session(app: &App, parts: &Parts) -> Visitor {
    visitor_with(app, parts, None)
}

fn visitor_with(app: &App, parts: &Parts, session: Option<Session>) -> Visitor {
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
    Visitor {
        viewer: Viewer { session },
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
