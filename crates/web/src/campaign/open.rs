//! A campaign opens: from then on its units see it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::OpenCampaign;

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
    app.store.commit(&visitor.actor(), app.now(), OpenCampaign { campaign }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}")).into_response())
}
