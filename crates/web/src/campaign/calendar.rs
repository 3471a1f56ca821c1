//! Which days are worked, as a campaign counts them: the holidays that come with the product, and the days of its own.

use parindex_rulebook::calendar::Calendar;
use parindex_store::Store;

use crate::failure::Failure;

/// The calendar of a campaign.
///
/// # Errors
/// A day that is none.
pub async fn calendar(store: &Store, campaign: i64) -> Result<Calendar, Failure> {
    let mut calendar = Calendar::built_in().map_err(|error| Failure::Inside(format!("{error:?}").into()))?;
    for day in store.days(campaign).await? {
        day.add_to(&mut calendar)
            .ok_or_else(|| Failure::Inside(format!("calendar: {}, {}", day.date, day.kind).into()))?;
    }
    Ok(calendar)
}
