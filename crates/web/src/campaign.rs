//! Campaigns: prepared, opened, watched, ranked, approved.

pub mod add;
pub mod approve;
pub mod approved;
pub mod begin;
pub mod block;
pub mod brought;
pub mod column;
pub mod decision;
pub mod describe;
pub mod entered;
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

use parindex_store::campaign::Whole;

use crate::app::App;
use crate::failure::Failure;

/// The assessed year of the campaign of a sheet.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn year_of(app: &App, member: i64) -> Result<i16, Failure> {
    let (member, _) = app.store.member(member).await?.ok_or(Failure::NotFound)?;
    Ok(whole(app, member.campaign).await?.campaign.year)
}

/// A campaign with all that belongs to it.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn whole(app: &App, id: i64) -> Result<Whole, Failure> {
    app.store.campaign(id).await?.ok_or(Failure::NotFound)
}
