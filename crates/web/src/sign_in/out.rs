//! Signing out.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use parindex_store::session::SignOut;
use serde::Deserialize;

use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::unsent;
use crate::visitor::{Visitor, cookie_name};

/// Nothing but the token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Ends the session and takes the cookie back.
pub async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    _form: Protected<Nothing>,
) -> Answer {
    if let Some(session) = &visitor.session {
        app.store.commit(&visitor.actor(), app.now(), SignOut { session: session.id }).await?;
    }
    let gone = Cookie::build((cookie_name(&app), "")).path("/").secure(app.settings.secure()).http_only(true);
    // Whoever came by a service is still signed in there, which matters on a shared computer.
    let onwards = if app.provider.is_some() { "/sign-in?out=1" } else { "/sign-in" };
    // Pages that are still open in other windows can say whose they were.
    Ok((unsent::remember(&app, jar).remove(gone), Redirect::to(onwards)).into_response())
}
