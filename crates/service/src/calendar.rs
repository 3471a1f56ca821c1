//! The days that count: the built-in ones, those of the server, and those of a campaign.

use parindex_domain::procedure::CampaignDetail;
use parindex_package::rows::calendar::Day;
use parindex_rulebook::calendar::Calendar;
use parindex_store::Store;

use crate::ServiceError;

/// The built-in days with others over them.
///
/// # Errors
/// A day that is none.
pub fn with(days: &[Day]) -> Result<Calendar, ServiceError> {
    let mut calendar =
        Calendar::built_in().map_err(|error| ServiceError::Internal(format!("{error:?}").into()))?;
    for day in days {
        day.add_to(&mut calendar)
            .ok_or_else(|| ServiceError::Internal(format!("calendar: {}, {}", day.date, day.kind).into()))?;
    }
    Ok(calendar)
}

/// The calendar of a campaign.
///
/// # Errors
/// A day that is none.
pub async fn of_campaign(store: &Store, of: &CampaignDetail) -> Result<Calendar, ServiceError> {
    with(&store.days(of).await?)
}

/// The calendar of the server, as it counts outside of campaigns.
///
/// # Errors
/// The database.
pub async fn of_server(store: &Store) -> Result<Calendar, ServiceError> {
    let days: Vec<Day> = store.special_days().await?.iter().map(Day::from).collect();
    with(&days)
}
