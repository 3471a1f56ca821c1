//! Signing out.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use parindex_store::session::SignOut;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::identify::cookie_name;
use parindex_web_shell::protected::{Nothing, Protected};
use parindex_web_shell::unsent;
use parindex_web_shell::visitor::Visitor;

/// Ends the session and takes the cookie back.
pub async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    _form: Protected<Nothing>,
) -> Answer {
    if let Some(session) = &visitor.viewer.session {
        app.store.commit(&visitor.actor(), app.now(), SignOut { session: session.id }).await?;
    }
    let gone = Cookie::build((cookie_name(&app), "")).path("/").secure(app.settings.secure()).http_only(true);
    // Whoever came by a service is still signed in there, which matters on a shared computer.
    let onwards = if app.provider.is_some() { "/sign-in?out=1" } else { "/sign-in" };
    // Pages that are still open in other windows can say whose they were.
    Ok((unsent::remember(&app, jar).remove(gone), Redirect::to(onwards)).into_response())
}
