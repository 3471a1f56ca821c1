//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body. Nobody enters them for his own
//! unit.

mod asked;
pub mod give;
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

/// The addresses.
pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns/{campaign}/awards", Needs::Act(Act::Award), Scope::Campaign, || {
        get(list::list_awards)
    }),
    Route::get(
        "/campaigns/{campaign}/awards/{block}/{criterion}",
        Needs::Act(Act::Award),
        Scope::Campaign,
        || get(give::show_award),
    ),
    Route::post(
        "/campaigns/{campaign}/awards/{block}/{criterion}",
        Needs::Act(Act::Award),
        Scope::Campaign,
        || post(give::give_award),
    ),
];

/// Members as the visitor stands to them, and those that he enters points for: all of them; the standing body’s own unit where he acts
/// in its place.
async fn awarding(
    app: &App,
    visitor: &Visitor,
    (campaign, members): (i64, &[i64]),
) -> Result<(Own, HashSet<i64>), Failure> {
    let own = Own::of(&app.service, &visitor.viewer, members)
        .await?
        .with(&app.service, campaign, Act::Award)
        .await?;
    let denied = visitor.permit(Act::Award, &Subject::Everything).err();
    let shown = members.iter().copied();
    let shown: HashSet<i64> =
        shown.filter(|member| denied.is_none() || own.stands_in(Act::Award, *member)).collect();
    match denied {
        Some(denied) if shown.is_empty() => Err(denied.into()),
        _ => Ok((own, shown)),
    }
}
