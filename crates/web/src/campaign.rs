//! Campaigns: prepared, opened, watched, ranked, approved.

pub mod add;
pub mod approve;
pub mod approved;
pub mod begin;
pub mod block;
pub mod brought;
mod calendar;
pub mod column;
pub mod decision;
pub mod describe;
pub mod explanation;
pub mod export;
pub mod extend;
pub mod from_package;
pub mod give_back;
pub mod list;
pub mod move_set;
pub mod open;
pub mod prepare;
mod published;
pub mod ranking;
pub mod release;
pub mod remove;
pub mod round;
pub mod scored;
mod send;
pub mod show;
pub mod timetable;
pub mod window;

use parindex_domain::moment::{Moment, local, of_local};
use parindex_store::campaign::Whole;

use crate::app::App;
use crate::failure::Failure;

/// A campaign with all that belongs to it.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn whole(app: &App, id: i64) -> Result<Whole, Failure> {
    app.store.campaign(id).await?.ok_or(Failure::NotFound)
}

/// What a field for day and minute sends, as clocks in Vietnam show it: `2023-11-30T17:00`.
pub fn typed_moment(typed: &str) -> Option<Moment> {
    of_local(typed.trim().parse::<jiff::civil::DateTime>().ok()?)
}

/// What such a field shows.
pub fn field_moment(at: Moment) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_goes_into_a_field_and_comes_back() {
        let evening = typed_moment("2023-11-30T17:00").unwrap();
        assert_eq!(evening, 1_701_338_400_000_000);
        assert_eq!(field_moment(evening), "2023-11-30T17:00");
        assert_eq!(typed_moment("30/11"), None);
    }
}
