//! The chair approves the result: from then on nothing changes but by a recorded act.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::Approve;
use serde::Deserialize;

use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::visitor::Visitor;

/// What was looked at.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    seen: i64,
}

/// Does it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), Approve { campaign, seen: Some(typed.seen) }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}")).into_response())
}
