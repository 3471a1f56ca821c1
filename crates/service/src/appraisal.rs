//! What is to be decided in a round of appraisal, criterion by criterion.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use parindex_domain::campaign::Scored;
use parindex_domain::procedure::{CampaignDetail, Member, Side, Stage};
use parindex_domain::right::{Act, Remit, Role};
use parindex_rulebook::number::Number;
use parindex_store::verdict::Verdict;

use crate::campaign::counted::counts;
use crate::campaign::load::{Loaded, load_all};
use crate::own::Own;
use crate::viewer::Viewer;
use crate::{Service, ServiceError};

/// One criterion of one sheet in a round.
#[derive(Clone, Debug)]
pub struct QueueItem {
    /// Whose sheet.
    pub member: i64,
    /// The place of its block and seat.
    pub seat: (usize, usize),
    /// The criterion.
    pub node: usize,
    /// Its code.
    pub criterion: String,
    /// The code of its domain.
    pub domain: String,
    /// What was decided in this round.
    pub verdict: Option<Verdict>,
    /// Whether the unit has explained itself about it.
    pub explained: bool,
}

/// A round with everything that is to be decided in it.
pub struct Queue {
    /// The campaign.
    pub of: CampaignDetail,
    /// The round.
    pub stage: Stage,
    /// All sheets with what stands on them.
    pub loaded: Arc<Loaded>,
    /// What is to be decided, criterion by criterion, within the visitor’s remit.
    pub items: Vec<QueueItem>,
    /// The sheets as the viewer stands to them: about his own he decides nothing.
    pub own: Own,
    /// How many rows the log had when all this was read.
    pub looked: i64,
}

/// The domains that the viewer was given.
fn remits(viewer: &Viewer) -> Vec<Remit> {
    let held = viewer.complete().map(parindex_store::session::Session::appointments).unwrap_or_default();
    held.into_iter().filter(|each| each.role == Role::Appraiser).map(|each| each.remit).collect()
}

/// Reads what waits in a round.
///
/// # Errors
/// [`ServiceError::NotFound`] where there is no such round, or its campaign is not open.
pub async fn waiting(
    service: &Service,
    viewer: &Viewer,
    (campaign, place): (i64, i64),
) -> Result<Queue, ServiceError> {
    // Read before what is shown: what comes between the two is told as a change.
    let looked = service.store.audit_count().await?;
    let of = crate::campaign::campaign_detail(service, campaign).await?;
    if of.campaign.life == parindex_domain::procedure::Life::Draft {
        return Err(ServiceError::NotFound);
    }
    let stage = of.rounds().find(|stage| stage.place == place).cloned().ok_or(ServiceError::NotFound)?;
    let all = of.ids();
    let loaded = load_all(service, &of).await?;
    let verdicts = service.store.verdicts(&all).await?;
    let explained = explained(service, &of, (&all, &stage)).await?;
    let own = Own::of(service, viewer, &all).await?.with(service, campaign, Act::Appraise).await?;
    let mut queue = Queue { of, stage, loaded, items: Vec::new(), own, looked };
    queue.items = items(&queue, &remits(viewer), (verdicts, explained))?;
    Ok(queue)
}

type Place = (i64, String);

/// What units said about the draft of the round before; everything is open in the first one.
async fn explained(
    service: &Service,
    of: &CampaignDetail,
    (all, stage): (&[i64], &Stage),
) -> Result<Option<HashSet<Place>>, ServiceError> {
    let before = of.rounds().rfind(|round| round.place < stage.place);
    let Some(before) = before else { return Ok(None) };
    let remarks = service.store.remarks(all).await?.into_iter().filter(|each| each.stage == before.id);
    Ok(Some(
        remarks.filter(|each| each.side == Side::Unit).map(|each| (each.member, each.criterion)).collect(),
    ))
}

fn items(
    queue: &Queue,
    remits: &[Remit],
    (verdicts, explained): (Vec<Verdict>, Option<HashSet<Place>>),
) -> Result<Vec<QueueItem>, ServiceError> {
    let mut decided: HashMap<Place, Verdict> = verdicts
        .into_iter()
        .filter(|verdict| verdict.stage == queue.stage.id)
        .map(|verdict| ((verdict.member, verdict.criterion.clone()), verdict))
        .collect();
    let mut items = Vec::new();
    for (at, block) in queue.of.blocks.iter().enumerate() {
        let set = queue.loaded.set(at)?;
        let within =
            |node: usize| remits.iter().any(|remit| remit.covers(&block.code, set.domain_code(node)));
        let assessed = |member: &&Member| member.block == block.id && member.standing.is_assessed();
        for node in set.leaves().into_iter().filter(|node| counts(set, &queue.stage, *node)) {
            // Whoever decides in the place of the standing body is given all of its sheet, and of no other.
            let given = |member: &&Member| within(node) || queue.own.stands_in(Act::Appraise, member.id);
            for member in queue.of.members.iter().filter(assessed).filter(given) {
                let place = (member.id, set.code(node).to_owned());
                let said = explained.as_ref().is_none_or(|explained| explained.contains(&place));
                let verdict = decided.remove(&place);
                if !said && verdict.is_none() {
                    continue;
                }
                items.push(QueueItem {
                    member: member.id,
                    seat: queue.loaded.seat(member.id)?,
                    node,
                    domain: set.domain_code(node).to_owned(),
                    criterion: place.1,
                    verdict,
                    explained: explained.is_some() && said,
                });
            }
        }
    }
    Ok(items)
}

/// The points of an item on the board of a stage.
#[must_use]
pub fn points_of<'s>(scored: &'s Scored<'_>, item: &QueueItem) -> Option<&'s Number> {
    scored.points(item.seat.0, item.seat.1, item.node)
}
