//! The chair approves the result: from then on nothing changes but by a recorded act.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::Approve;

use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Does it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), Approve { campaign }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}")).into_response())
}
