//! A reason is taken out of the list.

use axum::extract::{Path, State};
use parindex_store::phrase::RemovePhrase;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Takes it out.
pub async fn remove_phrase(
    State(app): State<App>,
    visitor: Visitor,
    Path(phrase): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, RemovePhrase { phrase }, |()| "/phrases".to_owned()).await?)
}
