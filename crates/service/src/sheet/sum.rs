//! How far a whole sheet is: its tree with points, what is complete, and the parts that were given away.

use std::collections::HashSet;

use parindex_domain::procedure::Stage;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::set::Compiled;
use parindex_scoring::unit::{Total, UnitScore};

use super::mismatch::refused;
use super::open::SheetView;
use super::tree::{Domain, LeafState, TreeSource};
use crate::ServiceError;
use crate::campaign::load::Loaded;

/// How far the whole sheet is.
pub struct Sum {
    /// The tree.
    pub domains: Vec<Domain>,
    /// Leaves that are complete.
    pub done: usize,
    /// Leaves that the unit scores.
    pub of: usize,
    /// The points so far.
    pub points: String,
    /// What can be reached at the stage; empty where there are no points.
    pub max: String,
    /// For each part that was given away: leaves that are complete, and of how many.
    pub parts: Vec<(usize, usize)>,
}

impl Sum {
    /// Of a sheet that is looked at by a node of its set, at its first stage.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for a sheet that was not loaded.
    pub fn new(
        (sheet, loaded): (&SheetView, &Loaded),
        set: &Compiled,
        (node, stage): (usize, &Stage),
        lang: Lang,
    ) -> Result<Self, ServiceError> {
        let member = sheet.member.id;
        let (block, at) = loaded.seat(member)?;
        let scored = loaded.score(0)?;
        let score =
            scored.boards.get(block).and_then(|board| board.score(at)).ok_or(ServiceError::NotFound)?;
        let own = loaded.entries.iter().filter(|each| each.member == member && each.stage == stage.id);
        let begun: HashSet<&str> = own.map(|entry| entry.criterion.as_str()).collect();
        let refused = refused(loaded, &scored, member)?;
        let tree = TreeSource { set, score, stage, begun: &begun, refused: &refused, here: Some(node) };
        let parts = sheet.parts.iter().map(|part| far(&tree, &part.criterion)).collect();
        let mut domains = tree.domains(lang);
        trim(sheet, set, &mut domains);
        let nothing = || ("–".to_owned(), String::new());
        let (points, max) = if sheet.only.is_none() { so_far(lang, set, score) } else { nothing() };
        let done = domains.iter().map(|domain| domain.done).sum();
        Ok(Self { done, of: domains.iter().map(|domain| domain.of).sum(), domains, points, max, parts })
    }
}

/// Whoever fills in a part sees that part of the tree.
fn trim(sheet: &SheetView, set: &Compiled, domains: &mut Vec<Domain>) {
    if sheet.only.is_none() {
        return;
    }
    let is_shown = |code: &str| set.set.find(code).is_some_and(|at| sheet.shows(set, at));
    for domain in domains.iter_mut() {
        // What a body has no part in, it has no sum of.
        if !is_shown(&domain.top.code) {
            "–".clone_into(&mut domain.top.points);
        }
        domain.nodes.retain(|node| is_shown(&node.code));
        let own = domain.nodes.iter().filter(|node| node.leaf && node.state != LeafState::Other);
        domain.of = own.clone().count();
        domain.done = own.filter(|node| node.state == LeafState::Done).count();
    }
    domains.retain(|domain| !domain.nodes.is_empty());
}

/// How far everything at or below a node is that the unit scores.
fn far(tree: &TreeSource<'_>, code: &str) -> (usize, usize) {
    let Some(top) = tree.set.set.find(code) else { return (0, 0) };
    let below = |node: &usize| *node == top || tree.set.tree.ancestors(*node).any(|above| above == top);
    let states = tree.set.leaves().into_iter().filter(below).map(|node| tree.state(node));
    let own: Vec<LeafState> = states.filter(|state| *state != LeafState::Other).collect();
    (own.iter().filter(|state| **state == LeafState::Done).count(), own.len())
}

/// The sum so far and what can be reached at the stage.
fn so_far(lang: Lang, set: &Compiled, score: &UnitScore) -> (String, String) {
    let digits = set.set.settings.rounding.digits.get();
    match score.total() {
        Total::NotScored => ("–".to_owned(), String::new()),
        Total::Partial { points, max } => (lang.fixed(points, digits), lang.fixed(max, digits)),
        Total::Complete(complete) => {
            (lang.fixed(&complete.points, digits), lang.fixed(&complete.max, digits))
        }
    }
}
