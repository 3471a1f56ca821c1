//! The official units of the whole country come in, with what became of them on 1 July 2025.

use axum::extract::State;
use parindex_store::unit::ReferenceUnits;

use crate::app::App;
use crate::failure::Answer;
use crate::once::once;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Takes them in, once.
pub async fn add_reference_units(
    State(app): State<App>,
    visitor: Visitor,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, ReferenceUnits, |_units| "/units".to_owned()).await?)
}
