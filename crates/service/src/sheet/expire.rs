//! When the time of a sheet runs out, the log says of every date that nobody touched that the thing counts as not done.

use std::collections::HashMap;

use parindex_domain::procedure::{Campaign, CampaignDetail, Moment};
use parindex_store::sheet::Expire;
use parindex_store::{Actor, Refusal};

use super::not_done::not_done;
use crate::campaign::load::load;
use crate::{Service, ServiceError};

/// The sheets whose deadlines were looked at, and those deadlines: more time leads to another one. Nothing before the first look.
#[derive(Debug, Default)]
pub struct Expired(Option<HashMap<i64, Moment>>);

impl Expired {
    /// Looks at the sheets whose time ran out since the last look. Says of how many sheets something was said now. A campaign that
    /// cannot be scored keeps no other one from being looked at.
    ///
    /// # Errors
    /// The database; what was not looked at is looked at the next time.
    pub async fn look(&mut self, service: &Service) -> Result<usize, ServiceError> {
        let running = service.store.running().await?;
        let mut looked = match self.0.take() {
            Some(looked) => looked,
            None => service.store.expired().await?,
        };
        let mut said = 0;
        for campaign in running.iter().filter(|campaign| has_closed(campaign, service.now())) {
            let Some(detail) = service.store.campaign(campaign.id).await? else { continue };
            match look_at(service, &detail, &mut looked).await {
                Ok(more) => said += more,
                Err(error) => {
                    let campaign = &campaign.code;
                    tracing::error!(
                        event = "deadline.not_written",
                        campaign,
                        ?error,
                        "what was not done at the deadline could not be told"
                    );
                }
            }
        }
        self.0 = Some(looked);
        Ok(said)
    }
}

async fn look_at(
    service: &Service,
    detail: &CampaignDetail,
    looked: &mut HashMap<i64, Moment>,
) -> Result<usize, ServiceError> {
    let now = service.now();
    let expired = detail.members.iter().filter_map(|each| Some((each.id, detail.expired(each, now)?)));
    let new: Vec<(i64, Moment)> =
        expired.filter(|(member, closed)| looked.get(member) != Some(closed)).collect();
    if new.is_empty() {
        return Ok(0);
    }
    let members: Vec<i64> = new.iter().map(|(member, _)| *member).collect();
    let mut loaded = load(service, detail, &members, 0).await?;
    // As they stood the moment before.
    for member in &members {
        loaded.open(*member);
    }
    let (scored, mut said) = (loaded.score(0)?, 0);
    for (member, closed) in new {
        let dates = not_done(&loaded, &scored, member)?;
        let (block, place) = loaded.seat(member)?;
        let sheet = scored.boards.get(block).and_then(|board| board.sheet(place));
        // A sheet that nobody began is not scored at all.
        if !dates.is_empty() && sheet.is_some_and(|sheet| !sheet.is_empty()) {
            said += usize::from(expire(service, Expire { member, not_done: dates }).await?);
        }
        looked.insert(member, closed);
    }
    Ok(said)
}

/// Whether the time for self-assessment is over for whoever was given no more.
fn has_closed(campaign: &Campaign, now: Moment) -> bool {
    let window = campaign.stages.first().and_then(|stage| stage.round.window);
    window.is_some_and(|window| window.closes() <= now)
}

async fn expire(service: &Service, change: Expire) -> Result<bool, ServiceError> {
    match service.store.commit(&Actor::server(), service.now(), change).await {
        Ok(said) => Ok(said),
        // Its campaign was removed meanwhile.
        Err(Refusal::NotFound) => Ok(false),
        Err(other) => Err(other.into()),
    }
}
