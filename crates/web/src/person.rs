//! People with accounts.

pub mod appoint;
pub mod close;
pub mod import;
pub mod invite;
pub mod link;
pub mod list;
pub mod show;

use axum::routing::{get, post};
use parindex_domain::right::{Act, Appointment, Reach, UnitPath, allowing};

use crate::route::{Limit, Needs, Route, Scope};
use crate::visitor::Visitor;

/// The addresses.
pub static ROUTES: &[Route] = &[
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

/// How far a visitor sees people: everywhere, or below these units.
pub enum Horizon {
    /// Everybody.
    All,
    /// Those who work at or below these units.
    Below(Vec<UnitPath>),
}

impl Horizon {
    /// The paths below which people are seen; none where everybody is.
    pub fn below(self) -> Option<Vec<UnitPath>> {
        match self {
            Self::All => None,
            Self::Below(paths) => Some(paths),
        }
    }
}

/// The widest horizon that the roles give.
pub fn horizon(visitor: &Visitor) -> Option<Horizon> {
    let held: Vec<Appointment> = visitor.complete()?.appointments();
    let mut units = Vec::new();
    for (appointment, reach) in allowing(&held, Act::SeePeople) {
        match (reach, &appointment.unit) {
            (Reach::All, _) | (Reach::Below, None) => return Some(Horizon::All),
            (Reach::Below, Some(path)) => units.push(path.clone()),
            // The chair's part in place of the standing body is about sheets, not about people.
            (Reach::StandingBody, _) => {}
        }
    }
    (!units.is_empty()).then_some(Horizon::Below(units))
}
