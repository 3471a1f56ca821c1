//! Which days are worked: the holidays that come with the product, the days of the server, and those of a campaign.

pub mod add;
pub mod effect;
pub mod list;
pub mod remove;

use axum::routing::{get, post};
use parindex_domain::right::Act;
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::{Calendar, CalendarError};
use parindex_rulebook::eval::Stop;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_scoring::board::Board;
use parindex_scoring::explain::explain_node;
use parindex_scoring::unit::Cell;
use parindex_store::Store;
use parindex_store::campaign::Whole;

use crate::failure::Failure;
use crate::route::{Needs, Route, Scope};

/// The addresses.
pub static ROUTES: &[Route] = &[
    Route::get("/calendar", Needs::Session, Scope::Shared, || get(list::show_calendar)),
    Route::post("/calendar", Needs::Act(Act::ChangeCalendar), Scope::Installation, || post(add::add_day)),
    Route::post("/calendar/{day}/remove", Needs::Act(Act::ChangeCalendar), Scope::Installation, || {
        post(remove::remove_day)
    }),
];

/// The built-in days with others over them.
///
/// # Errors
/// A day that is none.
pub fn with(days: &[Day]) -> Result<Calendar, Failure> {
    let mut calendar = Calendar::built_in().map_err(|error| Failure::Inside(format!("{error:?}").into()))?;
    for day in days {
        day.add_to(&mut calendar)
            .ok_or_else(|| Failure::Inside(format!("calendar: {}, {}", day.date, day.kind).into()))?;
    }
    Ok(calendar)
}

/// The calendar of a campaign.
///
/// # Errors
/// A day that is none.
pub async fn of_campaign(store: &Store, of: &Whole) -> Result<Calendar, Failure> {
    with(&store.days(of).await?)
}

/// The calendar of the server, as it counts outside of campaigns.
///
/// # Errors
/// The database.
pub async fn of_server(store: &Store) -> Result<Calendar, Failure> {
    let days: Vec<Day> = store.special_days().await?.iter().map(Day::from).collect();
    with(&days)
}

/// Why a node of a seat has its points, as a page says it: where days of a year are missing it says who adds them, and where.
#[must_use]
pub fn told(board: &Board<'_>, (seat, node): (usize, usize), parent: Option<&Number>, lang: Lang) -> String {
    let sentence = explain_node(board, seat, node, parent, lang);
    match board.score(seat).map(|score| score.cell(node)) {
        Some(Cell::Failed(stop)) if matches!(**stop, Stop::Calendar(CalendarError::UnknownYear(_))) => {
            format!("{sentence} {}", way(lang))
        }
        _ => sentence,
    }
}

fn way(lang: Lang) -> &'static str {
    lang.pick(
        "Người quản trị bổ sung ở trang «Ngày nghỉ, ngày làm bù» (/calendar).",
        "The administrator adds them on the page “Days off and worked days” (/calendar).",
    )
}
