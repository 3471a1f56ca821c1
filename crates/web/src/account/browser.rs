//! A browser of one's own is signed out from afar.

use axum::extract::{Path, State};
use parindex_store::session::SignOut;

use crate::app::App;
use crate::failure::Answer;
use crate::once::once;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Ends one session.
pub async fn end_session(
    State(app): State<App>,
    visitor: Visitor,
    Path(session): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, SignOut { session }, |()| "/account".to_owned()).await?)
}
