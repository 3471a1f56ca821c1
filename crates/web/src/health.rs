//! Whether the server lives and can work; for the machine that watches it.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;

/// It runs.
pub async fn live() -> &'static str {
    "ok\n"
}

/// It can work.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.store.ping().await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    match app.files.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the place of the files does not answer\n"),
    }
}
