//! A campaign opens: from then on its units see it.

use axum::extract::{Path, State};
use parindex_store::campaign::OpenCampaign;

use crate::app::App;
use crate::failure::Answer;
use crate::once::once;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Does it.
pub async fn open_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, OpenCampaign { campaign }, move |()| format!("/campaigns/{campaign}")).await?)
}
