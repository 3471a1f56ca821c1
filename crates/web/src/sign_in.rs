//! Signing in and out.

pub mod code;
pub mod invitation;
pub mod out;
pub mod password;
pub mod provider;
pub mod secret;

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use parindex_store::StoreError;

use crate::app::App;
use crate::token::Token;
use crate::visitor::cookie_name;

/// Failures are forgotten after a quarter of an hour.
pub const WINDOW: i64 = 15 * 60 * 1_000_000;

/// Counts a failure before the outcome is known, so that a burst of guesses is not faster than the count; says whether
/// there were too many. A success has to be forgotten.
pub async fn failed_too_often(app: &App, key: &str, most: i64) -> Result<bool, StoreError> {
    app.store.count_failure(key, app.now(), app.now() - WINDOW).await?;
    Ok(app.store.failures(key, app.now() - WINDOW).await? > most)
}

/// A path of ours to go on to; anything else becomes the home page, so that no link leads away.
pub fn local(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/\\")
        && next.chars().all(|each| !each.is_control() && each != '\\');
    if ours { next } else { "/" }
}

/// The sign-in page that leads on to `next`.
pub fn with_next(next: &str) -> String {
    let plain = |each: char| each.is_ascii_alphanumeric() || matches!(each, '/' | '-' | '_');
    if next == "/" || !next.chars().all(plain) {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={}", local(next))
    }
}

/// The cookie of a session.
pub fn session_cookie(app: &App, token: &Token) -> Cookie<'static> {
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
        ] {
            assert_eq!(local(away), "/", "{away}");
        }
        assert_eq!(local("/units/3?day=2025-07-01"), "/units/3?day=2025-07-01");
        assert_eq!(with_next("/units"), "/sign-in?next=/units");
        assert_eq!(with_next("/"), "/sign-in");
    }
}
