//! Signing in and out.

pub mod code;
pub mod invitation;
pub mod out;
pub mod password;
pub mod provider;

use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use parindex_store::StoreError;

use parindex_service::token::Token;
use parindex_web_shell::app::App;
use parindex_web_shell::identify::cookie_name;
use parindex_web_shell::route::{Needs, Route, Scope};
use parindex_web_shell::unsent;

pub static ROUTES: &[Route<App>] = &[
    Route::get("/sign-in", Needs::Nothing, Scope::Shared, || get(password::show_sign_in)),
    Route::post("/sign-in", Needs::Nothing, Scope::Shared, || post(password::sign_in)),
    Route::get("/sign-in/provider", Needs::Nothing, Scope::Shared, || get(provider::begin_provider_sign_in)),
    Route::get("/sign-in/provider/back", Needs::Nothing, Scope::Shared, || {
        get(provider::finish_provider_sign_in)
    }),
    Route::get("/sign-in/provider/out", Needs::Nothing, Scope::Shared, || {
        get(provider::finish_provider_sign_out)
    }),
    Route::get("/sign-in/code", Needs::HalfSession, Scope::Shared, || get(code::show_second_factor)),
    Route::post("/sign-in/code", Needs::HalfSession, Scope::Shared, || post(code::check_second_factor)),
    Route::post("/sign-out", Needs::HalfSession, Scope::Shared, || post(out::sign_out)),
    Route::get("/invitation/{link}", Needs::Nothing, Scope::Shared, || get(invitation::show_invitation)),
    Route::post("/invitation/{link}", Needs::Nothing, Scope::Shared, || post(invitation::accept_invitation)),
];

/// Failures are forgotten after a quarter of an hour.
pub const WINDOW: i64 = 15 * 60 * 1_000_000;

/// Counts a failure before the outcome is known, so that a burst of guesses is not faster than the count; says whether
/// there were too many. A success has to be forgotten.
pub async fn failed_too_often(app: &App, key: &str, most: i64) -> Result<bool, StoreError> {
    app.store.count_failure(key, app.now(), app.now() - WINDOW).await?;
    Ok(app.store.failures(key, app.now() - WINDOW).await? > most)
}

/// The cookies of a browser in which a session begins.
pub fn signed_in(app: &App, jar: CookieJar, token: &Token) -> CookieJar {
    unsent::remember(app, jar).add(session_cookie(app, token))
}

/// The cookie of a session.
fn session_cookie(app: &App, token: &Token) -> Cookie<'static> {
    Cookie::build((cookie_name(app), token.text().to_owned()))
        .path("/")
        .http_only(true)
        .secure(app.settings.secure())
        .same_site(SameSite::Lax)
        .build()
}

/// Gives a browser that is not signed in what its forms are bound to.
pub fn with_form_cookie(app: &App, jar: CookieJar) -> Result<(CookieJar, String), getrandom::Error> {
    if let Some(cookie) = jar.get("form") {
        let token = parindex_service::token::form_token(cookie.value());
        return Ok((jar, token));
    }
    let token = Token::new()?;
    let bound = parindex_service::token::form_token(token.text());
    let cookie = Cookie::build(("form", token.text().to_owned()))
        .path("/")
        .http_only(true)
        .secure(app.settings.secure())
        .same_site(SameSite::Strict);
    Ok((jar.add(cookie), bound))
}
