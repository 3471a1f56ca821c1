//! One's own account.

pub mod browser;
pub mod password;
pub mod provider;
pub mod second_factor;
pub mod show;

use axum::routing::{get, post};
use parindex_domain::right::Act;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/account", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        get(show::show_account)
    }),
    Route::post("/account/password", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        post(password::change_password)
    }),
    Route::post(
        "/account/second-factor/begin",
        Needs::Act(Act::ChangeOwnAccount),
        Scope::Installation,
        || post(second_factor::begin_second_factor),
    ),
    Route::post("/account/second-factor", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        post(second_factor::enrol_second_factor)
    }),
    Route::post(
        "/account/second-factor/drop",
        Needs::Act(Act::ChangeOwnAccount),
        Scope::Installation,
        || post(second_factor::drop_second_factor),
    ),
    Route::post("/account/browser/{id}/end", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        post(browser::end_session)
    }),
    Route::post("/account/provider/link", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        post(provider::link_provider)
    }),
    Route::post("/account/provider/unlink", Needs::Act(Act::ChangeOwnAccount), Scope::Installation, || {
        post(provider::unlink_provider)
    }),
];
