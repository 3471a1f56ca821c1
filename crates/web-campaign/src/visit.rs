//! On-site checks on record.

pub mod list;
pub mod photo;
pub mod record;
pub mod withdraw;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns/{campaign}/visits", Needs::Act(Act::SeeScores), Scope::Campaign, || {
        get(list::list_visits)
    }),
    Route::post(
        "/campaigns/{campaign}/visits",
        Needs::Either(Act::Appraise, Act::RunCampaigns),
        Scope::Campaign,
        || post(record::record_visit),
    )
    .limit(Limit::Document),
    Route::post(
        "/visits/{visit}/withdraw",
        Needs::Either(Act::Appraise, Act::RunCampaigns),
        Scope::Visit,
        || post(withdraw::withdraw_visit),
    ),
    Route::get("/visits/photo/{photo}", Needs::Either(Act::SeeScores, Act::SeeSheets), Scope::Photo, || {
        get(photo::download_photo)
    }),
];
