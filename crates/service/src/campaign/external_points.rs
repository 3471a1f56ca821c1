//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body.

use parindex_domain::campaign::Scored;
use parindex_domain::procedure::{CampaignDetail, Member};
use parindex_rulebook::set::Compiled;
use parindex_scoring::unit::Cell;

use super::counted::counts;
use super::load::{Loaded, load_all};
use crate::{Service, ServiceError};

/// The leaves that count in the result and at no stage before it.
#[must_use]
pub fn external_leaves(of: &CampaignDetail, set: &Compiled) -> Vec<usize> {
    // Where everything is entered in one step, nothing is told apart.
    let Some((result, before)) = of.stages.split_last().filter(|(_, before)| !before.is_empty()) else {
        return Vec::new();
    };
    let only_then =
        |node: &usize| counts(set, result, *node) && !before.iter().any(|stage| counts(set, stage, *node));
    set.leaves().into_iter().filter(only_then).collect()
}

/// Whether an input belongs to external leaves alone: what others read too is theirs to enter.
#[must_use]
pub fn is_external_input(set: &Compiled, external: &[usize], owner: usize) -> bool {
    let below = |node: &usize| *node == owner || set.tree.ancestors(*node).any(|above| above == owner);
    set.leaves().into_iter().filter(below).all(|node| external.contains(&node))
}

/// The members of a block that are assessed.
pub fn assessed(of: &CampaignDetail, block: i64) -> impl Iterator<Item = &Member> {
    let assessed = move |member: &&Member| member.block == block && member.standing.is_assessed();
    of.members.iter().filter(assessed)
}

/// Of how many units the points of a leaf are still open, and of how many in all, among those that are asked about.
pub fn open(
    of: &CampaignDetail,
    (loaded, result): (&Loaded, &Scored<'_>),
    (block, node): (usize, usize),
    asked: impl Fn(i64) -> bool,
) -> (usize, usize) {
    let Some(stored) = of.blocks.get(block) else { return (0, 0) };
    let lacks = |member: &&Member| {
        let board = result.boards.get(block);
        let score =
            loaded.seat(member.id).ok().and_then(|(_, seat)| board.and_then(|board| board.score(seat)));
        score.is_some_and(|score| matches!(score.cell(node), Cell::NotScored | Cell::Failed(_)))
    };
    let all = || assessed(of, stored.id).filter(|member| asked(member.id));
    (all().filter(lacks).count(), all().count())
}

/// How many points from other sources nobody has entered.
///
/// # Errors
/// A set that cannot be read.
pub async fn missing(service: &Service, of: &CampaignDetail) -> Result<usize, ServiceError> {
    let loaded = load_all(service, of).await?;
    let result = loaded.score(of.stages.last().map_or(0, |stage| stage.place))?;
    let mut missing = 0;
    for block in 0..of.blocks.len() {
        for node in external_leaves(of, loaded.set(block)?) {
            missing += open(of, (&loaded, &result), (block, node), |_member| true).0;
        }
    }
    Ok(missing)
}
