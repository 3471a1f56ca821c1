//! A point is closed; adopted by more than half of the members, its points are the result.

use axum::extract::{Path, State};
use parindex_store::council::Conclude;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::judged;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Closes it.
pub async fn conclude_motion(
    State(app): State<App>,
    visitor: Visitor,
    Path(motion): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let to = |campaign: &i64, _another: bool| format!("/campaigns/{campaign}/council");
    judged(&app, &visitor, Conclude { motion }, to).await
}
