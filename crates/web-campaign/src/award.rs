//! Points and figures that neither units nor appraisers give: of a survey, of leaders, of another body. Nobody enters them for his own
//! unit.

mod asked;
pub mod give;
pub mod list;
mod look;
mod paste;

use std::collections::HashSet;

use axum::routing::{get, post};
use parindex_domain::campaign::Scored;
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::set::Compiled;
use parindex_scoring::unit::Cell;
use parindex_store::campaign::{Member, Whole};

use crate::campaign::show::counts;
use crate::sheet::leaves;
use parindex_service::campaign::load::{Loaded, load_all};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::own::Own;
use parindex_web_shell::route::{Needs, Route, Scope};
use parindex_web_shell::visitor::Visitor;

/// The addresses.
pub static ROUTES: &[Route] = &[
    Route::get("/campaigns/{campaign}/awards", Needs::Act(Act::Award), Scope::Campaign, || {
        get(list::list_awards)
    }),
    Route::get(
        "/campaigns/{campaign}/awards/{block}/{criterion}",
        Needs::Act(Act::Award),
        Scope::Campaign,
        || get(give::show_award),
    ),
    Route::post(
        "/campaigns/{campaign}/awards/{block}/{criterion}",
        Needs::Act(Act::Award),
        Scope::Campaign,
        || post(give::give_award),
    ),
];

/// The leaves that count in the result and at no stage before it.
pub fn awarded(of: &Whole, set: &Compiled) -> Vec<usize> {
    // Where everything is entered in one step, nothing is told apart.
    let Some((result, before)) = of.stages.split_last().filter(|(_, before)| !before.is_empty()) else {
        return Vec::new();
    };
    let only_then =
        |node: &usize| counts(set, result, *node) && !before.iter().any(|stage| counts(set, stage, *node));
    leaves(set).into_iter().filter(only_then).collect()
}

/// Whether an input belongs to awarded leaves alone: what others read too is theirs to enter.
fn is_awarded_input(set: &Compiled, awarded: &[usize], owner: usize) -> bool {
    let below = |node: &usize| *node == owner || set.tree.ancestors(*node).any(|above| above == owner);
    leaves(set).into_iter().filter(below).all(|node| awarded.contains(&node))
}

/// The members of a block that are assessed.
fn assessed(of: &Whole, block: i64) -> impl Iterator<Item = &Member> {
    let assessed =
        move |member: &&Member| member.block == block && member.standing.is_assessed();
    of.members.iter().filter(assessed)
}

/// Members as the visitor stands to them, and those that he enters points for: all of them; the standing body’s own unit where he acts
/// in its place.
async fn awarding(
    app: &App,
    visitor: &Visitor,
    (campaign, members): (i64, &[i64]),
) -> Result<(Own, HashSet<i64>), Failure> {
    let own = Own::of(app, visitor, members).await?.with(app, campaign, Act::Award).await?;
    let denied = visitor.permit(Act::Award, &Subject::Everything).err();
    let shown = members.iter().copied();
    let shown: HashSet<i64> =
        shown.filter(|member| denied.is_none() || own.stands_in(Act::Award, *member)).collect();
    match denied {
        Some(denied) if shown.is_empty() => Err(denied.into()),
        _ => Ok((own, shown)),
    }
}

/// Of how many units the points of a leaf are still open, and of how many in all, among those that are asked about.
fn open(
    of: &Whole,
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
pub async fn missing(app: &App, of: &Whole) -> Result<usize, Failure> {
    let loaded = load_all(&app.service, of).await?;
    let result = loaded.score(of.stages.last().map_or(0, |stage| stage.place))?;
    let mut missing = 0;
    for block in 0..of.blocks.len() {
        for node in awarded(of, loaded.set(block)?) {
            missing += open(of, (&loaded, &result), (block, node), |_member| true).0;
        }
    }
    Ok(missing)
}
