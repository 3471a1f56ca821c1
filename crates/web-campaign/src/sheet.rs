//! A unit’s sheet: filled in criterion by criterion, proven, submitted, explained.

mod above;
pub mod adjusted;
pub mod asked;
pub mod criterion;
pub mod delegate;
mod entering;
pub mod evidence;
pub mod explain;
pub mod field;
pub mod keep;
pub mod pack;
pub mod reason;
mod said;
pub mod show;
pub mod submit;
pub mod workbook;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/campaigns/{campaign}/documents", Needs::Act(Act::SeeSheets), Scope::Campaign, || {
        get(evidence::find::find_documents)
    }),
    Route::get("/sheets/{member}", Needs::Either(Act::SeeSheets, Act::FillParts), Scope::Sheet, || {
        get(show::open_sheet)
    }),
    Route::get("/sheets/{member}/adjusted", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(adjusted::show_adjusted)
    }),
    Route::get("/sheets/{member}/workbook", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        get(workbook::show_workbook_upload)
    }),
    Route::post("/sheets/{member}/workbook", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(workbook::upload_workbook)
    })
    .limit(Limit::Workbook),
    Route::get("/sheets/{member}/workbook/file", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(workbook::download_workbook)
    }),
    Route::get("/sheets/{member}/pack/{kind}", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(pack::download_pack)
    }),
    Route::get("/sheets/{member}/sealed", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(submit::download_sealed_sheet)
    }),
    Route::get("/sheets/{member}/submit", Needs::Act(Act::SeeSheets), Scope::Sheet, || {
        get(submit::show_submission)
    }),
    Route::post("/sheets/{member}/submit", Needs::Act(Act::SubmitSheets), Scope::Sheet, || {
        post(submit::submit_sheet)
    }),
    Route::post("/sheets/{member}/reason", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(reason::give_reason)
    }),
    Route::get(
        "/sheets/{member}/{criterion}",
        Needs::Either(Act::SeeSheets, Act::FillParts),
        Scope::Sheet,
        || get(show::show_criterion),
    ),
    Route::post(
        "/sheets/{member}/{criterion}",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Sheet,
        || post(keep::save_criterion),
    ),
    Route::post("/sheets/{member}/{criterion}/explain", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(explain::explain_criterion)
    }),
    Route::post("/sheets/{member}/{criterion}/delegate", Needs::Act(Act::FillSheets), Scope::Sheet, || {
        post(delegate::delegate_criterion)
    }),
    Route::post("/delegations/{delegation}/end", Needs::Act(Act::FillSheets), Scope::Delegation, || {
        post(delegate::end_delegation)
    }),
    Route::post(
        "/sheets/{member}/{criterion}/evidence",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Sheet,
        || post(evidence::attach::attach_document),
    )
    .limit(Limit::Document),
    Route::get(
        "/evidence/{evidence}",
        Needs::Either(Act::SeeSheets, Act::FillParts),
        Scope::Evidence,
        || get(evidence::file::download_document),
    ),
    Route::post(
        "/evidence/{evidence}/remove",
        Needs::Either(Act::FillSheets, Act::FillParts),
        Scope::Evidence,
        || post(evidence::detach::remove_document),
    ),
];
