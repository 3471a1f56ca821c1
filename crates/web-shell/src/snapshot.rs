//! The application as a page reads it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::app::App;
use crate::failure::Failure;

/// The application whose questions go through one connection at one moment, for pages that ask many and change nothing.
///
/// Who changes something takes the application itself, and reads what comes before and after through snapshots of its own.
pub struct Snapshot(pub App);

impl FromRequestParts<App> for Snapshot {
    type Rejection = Failure;

    async fn from_request_parts(_parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Ok(Self(app.snapshot().await?))
    }
}
