//! Signing in and out.

pub mod code;
pub mod invitation;
pub mod out;
pub mod password;
pub mod provider;
pub mod secret;

use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use parindex_store::StoreError;
use percent_encoding::percent_decode_str;

use crate::app::App;
use crate::route::{Needs, Route, Scope};
use crate::token::Token;
use crate::unsent;
use crate::visitor::cookie_name;

/// The addresses.
pub static ROUTES: &[Route] = &[
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

/// An address that nobody types and every page of ours is shorter than; a cookie holds it on the way to a sign-in service.
const MAX_ADDRESS: usize = 1_500;

/// A path of ours to go on to; anything else becomes the home page, so that no link leads away.
pub fn local(next: &str) -> &str {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8();
    // What a proxy or a browser may take for something else once it is decoded leads nowhere, either.
    let plain =
        |text: &str| text.chars().all(|each| !each.is_control() && each != '\\') && !text.starts_with("//");
    let ours = next.starts_with('/')
        && next.len() <= MAX_ADDRESS
        && plain(next)
        && decoded.is_ok_and(|decoded| plain(&decoded) && !decoded.contains("//"));
    if ours { next } else { "/" }
}

/// An address of signing in that leads on to `next`.
pub fn leading_on(address: &str, next: &str) -> String {
    match local(next) {
        "/" => address.to_owned(),
        next => unsent::with(address, "next", unsent::encoded(next)),
    }
}

/// The sign-in page that leads on to `next`.
pub fn with_next(next: &str) -> String {
    leading_on("/sign-in", next)
}

/// Where somebody goes on to who has signed in, second factor given or not.
pub fn onwards(complete: bool, next: &str) -> String {
    if complete { local(next).to_owned() } else { leading_on("/sign-in/code", next) }
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
        let token = crate::token::form_token(cookie.value());
        return Ok((jar, token));
    }
    let token = Token::new()?;
    let bound = crate::token::form_token(token.text());
    let cookie = Cookie::build(("form", token.text().to_owned()))
        .path("/")
        .http_only(true)
        .secure(app.settings.secure())
        .same_site(SameSite::Strict);
    Ok((jar.add(cookie), bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_leads_away() {
        for away in [
            "https://elsewhere.vn",
            "//elsewhere.vn",
            "/\\elsewhere.vn",
            "javascript:alert(1)",
            "",
            "/a\\b",
            "/a\nb",
            "/%2f%2felsewhere.vn",
            "/%2Felsewhere.vn",
            "/%5celsewhere.vn",
            "/units%5C..%5Cadmin",
            "/%0d%0aset-cookie:a=b",
            "/\u{7f}",
            "/%00",
            "/\t/elsewhere.vn",
            "/a//elsewhere.vn",
            "/%ff",
            &format!("/{}", "a".repeat(2_000)),
        ] {
            assert_eq!(local(away), "/", "{away}");
        }
        assert_eq!(local("/units/3?day=2025-07-01"), "/units/3?day=2025-07-01");
        assert_eq!(with_next("/units"), "/sign-in?next=/units");
        assert_eq!(with_next("/sheets/6/6.1.2"), "/sign-in?next=/sheets/6/6.1.2");
        let search = "/units?q=s%E1%BB%9F%20y&day=2025-07-01";
        assert_eq!(with_next(search), "/sign-in?next=/units%3Fq%3Ds%25E1%25BB%259F%2520y%26day%3D2025-07-01");
        assert_eq!(onwards(false, "/units"), "/sign-in/code?next=/units");
        assert_eq!((onwards(true, "/units").as_str(), onwards(true, "//x").as_str()), ("/units", "/"));
        assert_eq!(with_next("/"), "/sign-in");
    }
}
