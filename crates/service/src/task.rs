//! What waits for somebody: which sheet, which round, which vote; until when, and how far it is.
//!
//! All campaigns that run are asked at once, for what somebody has a part in; none is loaded whole.

mod council;
mod late;
mod round;
mod sheet;
mod standing;

use crate::viewer::Viewer;
use crate::{Service, ServiceError};
use parindex_domain::procedure::Campaign;
use parindex_domain::right::{Act, Within};
use parindex_rulebook::lang::Lang;

/// Something that waits for a person, with the page where it is done.
pub struct Task {
    /// Where it is done.
    pub href: String,
    pub what: String,
    pub campaign: String,
    /// How far it is: done, and of how many.
    pub done: Option<(i64, i64)>,
    pub until: Option<i64>,
}

/// A campaign that runs, and the viewer with the roles that count there.
struct There {
    campaign: Campaign,
    viewer: Viewer,
}

impl There {
    fn id(&self) -> i64 {
        self.campaign.id
    }

    fn task(&self, href: String, what: String) -> Task {
        Task { href, what, campaign: self.campaign.title.clone(), done: None, until: None }
    }
}

/// Who looks, at which campaigns.
struct Look<'l> {
    service: &'l Service,
    viewer: &'l Viewer,
    lang: Lang,
    there: &'l [There],
}

impl<'l> Look<'l> {
    fn campaign(&self, id: i64) -> Option<&'l There> {
        self.there.iter().find(|each| each.id() == id)
    }

    /// The campaigns in which something holds.
    fn ids(&self, holds: impl Fn(&There) -> bool) -> Vec<i64> {
        self.there.iter().filter(|each| holds(each)).map(There::id).collect()
    }
}

/// All that waits for a viewer, in the campaigns that run.
///
/// # Errors
/// The database failed.
pub async fn tasks(service: &Service, viewer: &Viewer, lang: Lang) -> Result<Vec<Task>, ServiceError> {
    if !viewer.may(Act::SeeCampaigns) {
        return Ok(Vec::new());
    }
    let there = |campaign: Campaign| There { viewer: viewer.within(Within::Campaign(campaign.id)), campaign };
    let there: Vec<There> = service.store.running().await?.into_iter().map(there).collect();
    let there: Vec<There> = there.into_iter().filter(|each| each.viewer.may(Act::SeeCampaigns)).collect();
    let look = Look { service, viewer, lang, there: &there };
    let mut tasks = look.sheets().await?;
    tasks.extend(look.parts().await?);
    tasks.extend(look.rounds().await?);
    tasks.extend(look.standing_bodies().await?);
    tasks.extend(look.votes().await?);
    tasks.extend(look.late().await?);
    tasks.sort_by_key(|task| task.until.unwrap_or(i64::MAX));
    Ok(tasks)
}
