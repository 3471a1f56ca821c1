//! Which days are worked: the holidays that come with the product, the days of the server, and those of a campaign.

pub mod add;
pub mod list;
pub mod remove;

use axum::routing::{get, post};
use parindex_domain::right::Act;
use parindex_rulebook::calendar::CalendarError;
use parindex_rulebook::eval::Stop;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_scoring::board::Board;
use parindex_scoring::explain::explain_node;
use parindex_scoring::unit::Cell;

use parindex_web_shell::app::App;
use parindex_web_shell::route::{Needs, Route, Scope};

pub static ROUTES: &[Route<App>] = &[
    Route::get("/calendar", Needs::Session, Scope::Shared, || get(list::show_calendar)),
    Route::post("/calendar", Needs::Act(Act::ChangeCalendar), Scope::Installation, || post(add::add_day)),
    Route::post("/calendar/{day}/remove", Needs::Act(Act::ChangeCalendar), Scope::Installation, || {
        post(remove::remove_day)
    }),
];

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
