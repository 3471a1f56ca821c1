//! The pages of the office: accounts, sign-in, people, units, the log, background jobs.

mod account;
mod audit;
mod job;
mod person;
mod sign_in;
mod unit;

use parindex_web_shell::app::App;
use parindex_web_shell::route::Route;

pub use sign_in::password::form as sign_in_form;

/// The routes of every word here.
pub static TABLES: [&[Route<App>]; 6] =
    [sign_in::ROUTES, account::ROUTES, unit::ROUTES, person::ROUTES, job::ROUTES, audit::ROUTES];
