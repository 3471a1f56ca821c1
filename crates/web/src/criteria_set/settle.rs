//! A draft is settled.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::criteria_set::Settle;

use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Settles it: campaigns may take it from now on, and nobody edits it any more.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((set, number)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), Settle { set, number }).await?;
    Ok(Redirect::to(&format!("/criteria-sets/{set}/{number}")).into_response())
}
