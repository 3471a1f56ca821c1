//! What stands for a criterion is accepted on all sheets of a block that still wait.

use std::collections::HashSet;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::verdict::AcceptAll;
use serde::Deserialize;

use parindex_service::appraisal::waiting;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::{before, once};
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct AcceptForm {
    #[serde(default)]
    block: String,
    #[serde(default)]
    criterion: String,
    /// The sheets that were on the page, with spaces between them.
    #[serde(default)]
    members: String,
    /// How many rows the log had when the page was made.
    #[serde(default)]
    looked: i64,
}

pub async fn accept_items(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, place)): Path<(i64, i64)>,
    Protected(typed): Protected<AcceptForm>,
) -> Answer {
    let queue = waiting(&app.service, &visitor.viewer, (campaign, place)).await?;
    let block =
        queue.of.blocks.iter().position(|block| block.code == typed.block).ok_or(Failure::NotFound)?;
    // What came to wait after the page was made has been looked at by nobody.
    let listed: HashSet<i64> = typed.members.split(' ').filter_map(|id| id.parse().ok()).collect();
    let waits = queue
        .items
        .iter()
        .filter(|item| item.seat.0 == block && item.criterion == typed.criterion && item.verdict.is_none());
    let waits: Vec<_> = waits.filter(|item| listed.contains(&item.member)).collect();
    let Some(domain) = waits.first().map(|item| item.domain.clone()) else {
        // Somebody else was faster, or the same form was; the queue shows what was decided.
        let to = before(&app, &visitor).await?;
        return Ok(Redirect::to(&to.unwrap_or(format!("/appraisal/{campaign}/{place}"))).into_response());
    };
    let to = format!("/appraisal/{campaign}/{place}?domain={domain}&changed=");
    let accept = AcceptAll {
        campaign,
        stage: place,
        block: queue.of.blocks.get(block).map_or(0, |block| block.id),
        criterion: typed.criterion,
        domain,
        members: waits.iter().map(|item| item.member).collect(),
        looked: typed.looked,
    };
    Ok(once(&app, &visitor, accept, move |changed| format!("{to}{changed}")).await?)
}
