//! Appraisal: what units gave themselves is accepted or adjusted, domain by domain, round by round.

pub mod accept;
pub mod ask;
pub mod decide;
pub mod queue;
mod ruling;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/appraisal/{campaign}/{round}", Needs::Act(Act::Appraise), Scope::Campaign, || {
        get(queue::show_queue)
    }),
    Route::post("/appraisal/{campaign}/{round}/accept", Needs::Act(Act::Appraise), Scope::Campaign, || {
        post(accept::accept_items)
    }),
    Route::get(
        "/appraisal/{campaign}/{round}/{member}/{criterion}",
        Needs::Act(Act::Appraise),
        Scope::Campaign,
        || get(decide::show_decision),
    ),
    Route::post(
        "/appraisal/{campaign}/{round}/{member}/{criterion}",
        Needs::Act(Act::Appraise),
        Scope::Campaign,
        || post(decide::decide),
    ),
    Route::post(
        "/appraisal/{campaign}/{round}/{member}/{criterion}/ask",
        Needs::Act(Act::Appraise),
        Scope::Campaign,
        || post(ask::ask_unit),
    ),
];
