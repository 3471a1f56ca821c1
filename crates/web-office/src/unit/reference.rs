//! The official units of the whole country come in, with what became of them on 1 July 2025.

use axum::extract::State;
use parindex_store::unit::ReferenceUnits;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Takes them in, once.
pub async fn add_reference_units(
    State(app): State<App>,
    visitor: Visitor,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, ReferenceUnits, |_units| "/units".to_owned()).await?)
}
