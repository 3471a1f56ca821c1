//! How long a session lasts: pages ask before it ends, and whoever still works goes on with it.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::app::App;
use crate::protected::{Nothing, Protected};
use crate::route::{Needs, Route, Scope};
use crate::visitor::{Visitor, seconds_left};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/session", Needs::Nothing, Scope::Shared, || get(show_session)),
    Route::post("/session", Needs::Session, Scope::Shared, || post(extend_session)),
];

/// What a page learns of its session; nothing when nobody is signed in.
#[derive(Default, Serialize)]
struct Lasts {
    /// Seconds until it ends when nothing more is asked for.
    left: i64,
    /// Seconds until it ends in any case.
    most: i64,
    person: i64,
    /// What forms of this browser carry now: those of an older session go on with it, when the person is the same.
    csrf: String,
}

fn said(app: &App, visitor: &Visitor) -> Response {
    let lasts = visitor.complete().map(|session| Lasts {
        left: seconds_left(session, app.now()),
        most: ((session.longest() - app.now()) / 1_000_000).max(0),
        person: session.person.id,
        csrf: visitor.form_token.clone().unwrap_or_default(),
    });
    Json(lasts.unwrap_or_default()).into_response()
}

/// Says how long it lasts, and does not make it longer.
pub async fn show_session(State(app): State<App>, visitor: Visitor) -> Response {
    said(&app, &visitor)
}

/// Goes on with it: asking is the sign of life. Its longest end stays where it is.
pub async fn extend_session(State(app): State<App>, visitor: Visitor, _form: Protected<Nothing>) -> Response {
    said(&app, &visitor)
}
