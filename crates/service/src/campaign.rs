//! Campaigns as a whole: loaded and scored, taken in from a package, kept as they were approved.

pub mod approved;
pub mod column;
pub mod counted;
pub mod day_effect;
pub mod decision;
pub mod entered;
pub mod external_points;
pub mod from_package;
pub mod load;
pub mod published;
pub mod timetable;

use parindex_domain::procedure::CampaignDetail;

use crate::{Service, ServiceError};

/// The assessed year of the campaign of a sheet.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn year_of(service: &Service, member: i64) -> Result<i16, ServiceError> {
    let (member, _) = service.store.member(member).await?.ok_or(ServiceError::NotFound)?;
    Ok(campaign_detail(service, member.campaign).await?.campaign.year)
}

/// A campaign with all that belongs to it.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn campaign_detail(service: &Service, id: i64) -> Result<CampaignDetail, ServiceError> {
    service.store.campaign(id).await?.ok_or(ServiceError::NotFound)
}
