//! A reason is taken out of the list.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::phrase::RemovePhrase;

use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Takes it out.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(phrase): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), RemovePhrase { phrase }).await?;
    Ok(Redirect::to("/phrases").into_response())
}
