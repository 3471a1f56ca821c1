//! Language and colours, kept in the browser.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use crate::app::App;
use crate::failure::Answer;
use crate::next::local;
use crate::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] =
    &[Route::post("/preference", Needs::Nothing, Scope::Shared, || post(keep_preference))];

#[derive(Deserialize)]
pub struct PreferenceForm {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    back: String,
}

/// Keeps it. Nothing of the server changes, so no token is asked for.
pub async fn keep_preference(
    State(app): State<App>,
    jar: CookieJar,
    form: axum::Form<PreferenceForm>,
) -> Answer {
    let PreferenceForm { lang, theme, back } = form.0;
    let keep = |name: &'static str, value: String| {
        Cookie::build((name, value))
            .path("/")
            .same_site(SameSite::Lax)
            .http_only(true)
            .secure(app.settings.secure())
            .permanent()
    };
    let mut jar = jar;
    if matches!(lang.as_str(), "vi" | "en") {
        jar = jar.add(keep("lang", lang));
    }
    if matches!(theme.as_str(), "light" | "dark" | "auto") {
        jar = jar.add(keep("theme", theme));
    }
    Ok((jar, Redirect::to(local(&back))).into_response())
}
