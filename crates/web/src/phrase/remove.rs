//! A reason is taken out of the list.

use axum::extract::{Path, State};
use parindex_store::phrase::RemovePhrase;

use crate::app::App;
use crate::failure::Answer;
use crate::once::once;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Takes it out.
pub async fn remove_phrase(
    State(app): State<App>,
    visitor: Visitor,
    Path(phrase): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, RemovePhrase { phrase }, |()| "/phrases".to_owned()).await?)
}
