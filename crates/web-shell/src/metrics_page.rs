//! Figures for Prometheus, at an address of their own that the public does not reach.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use parindex_store::StoreError;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::{Registry, Unit};

use crate::app::App;

/// The server of the figures.
pub fn router(app: App) -> Router {
    Router::new().route("/metrics", get(page)).with_state(app)
}

async fn page(State(app): State<App>) -> Response {
    match text(&app).await {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::error!(event = "metrics.failed", %error, "no figures could be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn text(app: &App) -> Result<String, StoreError> {
    let now = app.now();
    let (queries, jobs) = (app.store.tally(), app.store.count_jobs().await?);
    let sessions = app.store.count_sessions(now).await?;
    let mut all = Registry::with_prefix("parindex");
    let requests = app.metrics.requests.clone();
    all.register_with_unit("request_duration", "Answers by route and status", Unit::Seconds, requests);
    all.register("queries", "Questions to the database", ConstCounter::new(queries.asked));
    all.register("queries_failed", "Questions that it did not answer", ConstCounter::new(queries.failed));
    all.register(
        "commits",
        "Commits of changes; changes that come together share one",
        ConstCounter::new(queries.commits),
    );
    all.register("sessions", "People signed in now", ConstGauge::new(signed(sessions)));
    all.register("jobs_waiting", "Jobs in line", ConstGauge::new(signed(jobs.waiting)));
    all.register("jobs_failed", "Jobs that were given up", ConstGauge::new(signed(jobs.failed)));
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _written = encode(&mut text, &all);
    Ok(text)
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
