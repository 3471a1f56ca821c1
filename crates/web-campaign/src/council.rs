//! The council: open points, votes in session or in writing, minutes; whom the chair has named for the standing body’s own unit.

pub mod cast;
pub mod conclude;
pub mod show;
pub mod substitute;
pub mod table;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns/{campaign}/council", Needs::Act(Act::SeeScores), Scope::Campaign, || {
        get(show::show_council)
    }),
    Route::post("/campaigns/{campaign}/council", Needs::Act(Act::RunCouncil), Scope::Campaign, || {
        post(table::table_motion)
    }),
    Route::post(
        "/campaigns/{campaign}/council/substitute",
        Needs::Act(Act::NameSubstitute),
        Scope::Campaign,
        || post(substitute::name_substitute),
    ),
    Route::post(
        "/campaigns/{campaign}/council/substitute/{appointment}/end",
        Needs::Act(Act::NameSubstitute),
        Scope::Campaign,
        || post(substitute::end_substitute),
    ),
    Route::post("/motions/{motion}/vote", Needs::Act(Act::Vote), Scope::Motion, || post(cast::cast_vote)),
    Route::post("/motions/{motion}/conclude", Needs::Act(Act::RunCouncil), Scope::Motion, || {
        post(conclude::conclude_motion)
    }),
];
