//! The library of criteria sets.

pub mod copy;
pub mod difference;
pub mod download;
pub mod edit;
pub mod list;
pub mod settle;
pub mod show;
pub mod try_rule;
pub mod upload;

use axum::routing::{get, post};
use parindex_domain::right::Act;
use parindex_store::criteria_set::Uploaded;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/criteria-sets", Needs::Act(Act::SeeSets), Scope::Shared, || get(list::list_criteria_sets)),
    Route::get("/criteria-sets/upload", Needs::Act(Act::ChangeSets), Scope::Installation, || {
        get(upload::show_criteria_set_upload)
    }),
    Route::post("/criteria-sets/upload", Needs::Act(Act::ChangeSets), Scope::Installation, || {
        post(upload::upload_criteria_set)
    })
    .limit(Limit::Workbook),
    Route::get("/criteria-sets/{set}/{number}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(show::show_criteria_set)
    }),
    Route::get("/criteria-sets/{set}/{number}/file/{kind}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(download::download_criteria_set)
    }),
    Route::get("/criteria-sets/{set}/{number}/try/{code}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(try_rule::show_rule_trial)
    }),
    Route::get(
        "/criteria-sets/{set}/{number}/edit/{code}",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || get(edit::show_criterion_form),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/edit/{code}",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(edit::change_criterion),
    ),
    Route::get(
        "/criteria-sets/{set}/{number}/difference/{other}",
        Needs::Act(Act::SeeSets),
        Scope::Shared,
        || get(difference::compare_criteria_sets),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/settle",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(settle::settle_criteria_set),
    ),
    Route::get(
        "/criteria-sets/{set}/{number}/copy",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || get(copy::show_criteria_set_copy),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/copy",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(copy::copy_criteria_set),
    ),
];

/// The page of a version that has come in.
pub fn place(uploaded: &Uploaded) -> String {
    format!("/criteria-sets/{}/{}", uploaded.set, uploaded.number)
}
