//! Whether the server lives and can work; for the machine that watches it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use parindex_store::Trouble;

use crate::app::App;
use crate::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/healthz", Needs::Nothing, Scope::Shared, || get(check_live)),
    Route::get("/readyz", Needs::Nothing, Scope::Shared, || get(check_ready)),
];

/// It runs.
pub async fn check_live() -> &'static str {
    "ok\n"
}

/// It can work.
pub async fn check_ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.store.ping().await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    // Remembered from the last write, so that watching costs none.
    if let Some(outage) = app.store.outage() {
        return (StatusCode::SERVICE_UNAVAILABLE, no_writes(outage.trouble));
    }
    match app.files.ready().await {
        Ok(()) if matches!(app.store.clock_behind(app.host_now()).await, Ok(Some(_))) => {
            (StatusCode::OK, "ready, but the clock of this machine is behind the log\n")
        }
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the place of the files does not answer\n"),
    }
}

fn no_writes(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "the database takes no writes: its disk is full\n",
        Trouble::ReadOnly => "the database takes no writes: it may only be read\n",
        Trouble::Unreachable | Trouble::Busy => "the database takes no writes: its disk or server failed\n",
    }
}
