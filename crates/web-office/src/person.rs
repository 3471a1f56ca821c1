//! People with accounts.

pub mod appoint;
pub mod close;
pub mod import;
pub mod invite;
pub mod link;
pub mod list;
pub mod show;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/people", Needs::Act(Act::SeePeople), Scope::Installation, || get(list::list_people)),
    Route::get("/people/new", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        get(invite::show_invite)
    }),
    Route::post("/people/new", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        post(invite::invite_person)
    }),
    Route::get("/people/import", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        get(import::show_people_import)
    }),
    Route::post("/people/import", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        post(import::import_people)
    })
    .limit(Limit::Workbook),
    Route::get("/people/import/list", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        get(import::download_people_list)
    }),
    Route::get("/people/{id}", Needs::Act(Act::SeePeople), Scope::Installation, || get(show::show_person)),
    Route::post("/people/{id}/link", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        post(link::renew_invitation)
    }),
    Route::post("/people/{id}/close", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        post(close::close_account)
    }),
    Route::post("/people/{id}/reopen", Needs::Act(Act::ChangePeople), Scope::Installation, || {
        post(close::reopen_account)
    }),
    Route::post(
        "/people/{id}/second-factor/drop",
        Needs::Act(Act::ChangePeople),
        Scope::Installation,
        || post(close::drop_second_factor),
    ),
    Route::post("/people/{id}/appoint", Needs::Act(Act::Appoint), Scope::Installation, || {
        post(appoint::appoint_person)
    }),
    Route::post("/people/{id}/dismiss/{appointment}", Needs::Act(Act::Appoint), Scope::Installation, || {
        post(appoint::dismiss_person)
    }),
];
