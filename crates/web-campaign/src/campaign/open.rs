//! A campaign opens: from then on its units see it.

use axum::extract::{Path, State};
use parindex_store::campaign::OpenCampaign;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Does it.
pub async fn open_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, OpenCampaign { campaign }, move |()| format!("/campaigns/{campaign}")).await?)
}
