//! The pages of a campaign: criteria sets, preparation, sheets, appraisal, council, results, and the days of the timetable.

mod appraisal;
mod arrival;
mod award;
mod calendar;
mod campaign;
mod council;
mod criteria_set;
mod home;
mod phrase;
mod sheet;
mod visit;

use parindex_web_shell::app::App;
use parindex_web_shell::route::Route;

/// The routes of every word here.
pub static TABLES: [&[Route<App>]; 11] = [
    home::ROUTES,
    criteria_set::ROUTES,
    campaign::ROUTES,
    visit::ROUTES,
    phrase::ROUTES,
    sheet::ROUTES,
    award::ROUTES,
    council::ROUTES,
    arrival::ROUTES,
    appraisal::ROUTES,
    calendar::ROUTES,
];
