//! Units.

pub mod add;
pub mod edit;
mod form;
pub mod import;
pub mod list;
pub mod reference;
pub mod show;
pub mod succeed;
pub mod tree;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Limit, Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/units", Needs::Act(Act::SeeUnits), Scope::Shared, || get(list::list_units)),
    Route::get("/units/tree", Needs::Act(Act::SeeUnits), Scope::Shared, || get(tree::show_unit_tree)),
    Route::get("/units/{id}", Needs::Act(Act::SeeUnits), Scope::Shared, || get(show::show_unit)),
    Route::get("/units/new", Needs::Act(Act::ChangeUnits), Scope::Installation, || get(add::show_new_unit)),
    Route::post("/units/new", Needs::Act(Act::ChangeUnits), Scope::Installation, || post(add::add_unit)),
    Route::get("/units/{id}/edit", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        get(edit::show_unit_form)
    }),
    Route::post("/units/{id}/edit", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        post(edit::change_unit)
    }),
    Route::get("/units/import", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        get(import::show_unit_import)
    }),
    Route::post("/units/import", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        post(import::import_units)
    })
    .limit(Limit::Workbook),
    Route::get("/units/{id}/succeed", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        get(succeed::show_succession)
    }),
    Route::post("/units/{id}/succeed", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        post(succeed::succeed_unit)
    }),
    Route::get("/units/import/list", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        get(import::download_unit_list)
    }),
    Route::post("/units/reference", Needs::Act(Act::ChangeUnits), Scope::Installation, || {
        post(reference::add_reference_units)
    }),
];
