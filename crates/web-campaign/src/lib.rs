//! The pages of a campaign: criteria sets, preparation, sheets, appraisal, council, results, and the days of the timetable.

mod appraisal;
mod calendar;
mod campaign;
mod council;
mod criteria_set;
mod external_points;
mod home;
mod phrase;
mod sheet;
mod upload;
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
    external_points::ROUTES,
    council::ROUTES,
    upload::ROUTES,
    appraisal::ROUTES,
    calendar::ROUTES,
];
