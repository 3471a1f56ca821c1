//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body. Nobody enters them for his own
//! unit.

mod asked;
pub mod enter;
pub mod list;
mod look;
mod paste;

use std::collections::HashSet;

use axum::routing::{get, post};
use parindex_domain::right::{Act, Subject};

use parindex_service::own::Own;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::route::{Needs, Route, Scope};
use parindex_web_shell::visitor::Visitor;

pub static ROUTES: &[Route<App>] = &[
    Route::get(
        "/campaigns/{campaign}/external-points",
        Needs::Act(Act::EnterExternalPoints),
        Scope::Campaign,
        || get(list::list_external_points),
    ),
    Route::get(
        "/campaigns/{campaign}/external-points/{block}/{criterion}",
        Needs::Act(Act::EnterExternalPoints),
        Scope::Campaign,
        || get(enter::show_external_points),
    ),
    Route::post(
        "/campaigns/{campaign}/external-points/{block}/{criterion}",
        Needs::Act(Act::EnterExternalPoints),
        Scope::Campaign,
        || post(enter::enter_external_points),
    ),
];

/// Members as the visitor stands to them, and those that he enters points for: all of them; the standing body’s own unit where he acts
/// in its place.
async fn with_own_units(
    app: &App,
    visitor: &Visitor,
    (campaign, members): (i64, &[i64]),
) -> Result<(Own, HashSet<i64>), Failure> {
    let own = Own::of(&app.service, &visitor.viewer, members)
        .await?
        .with(&app.service, campaign, Act::EnterExternalPoints)
        .await?;
    let denied = visitor.permit(Act::EnterExternalPoints, &Subject::Everything).err();
    let shown = members.iter().copied();
    let shown: HashSet<i64> =
        shown.filter(|member| denied.is_none() || own.stands_in(Act::EnterExternalPoints, *member)).collect();
    match denied {
        Some(denied) if shown.is_empty() => Err(denied.into()),
        _ => Ok((own, shown)),
    }
}
