//! A browser of one's own is signed out from afar.

use axum::extract::{Path, State};
use parindex_store::session::SignOut;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Ends one session.
pub async fn end_session(
    State(app): State<App>,
    visitor: Visitor,
    Path(session): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, SignOut { session }, |()| "/account".to_owned()).await?)
}
