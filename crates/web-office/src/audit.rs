//! The log.

pub mod list;
pub mod verify;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/audit", Needs::Act(Act::ReadAudit), Scope::Installation, || get(list::list_audit)),
    Route::get("/audit/head", Needs::Act(Act::ReadAudit), Scope::Installation, || {
        get(list::download_audit_head)
    }),
    Route::post("/audit/verify", Needs::Act(Act::ReadAudit), Scope::Installation, || {
        post(verify::verify_audit)
    }),
];
