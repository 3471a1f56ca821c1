//! Which criteria are scored at a stage.

use parindex_domain::procedure::Stage;
use parindex_rulebook::set::Compiled;

/// How many criteria are scored at a stage.
#[must_use]
pub fn counted(set: &Compiled, stage: &Stage) -> usize {
    scored(set, stage).count()
}

/// The leaves that are scored at a stage.
pub fn scored<'s>(set: &'s Compiled, stage: &'s Stage) -> impl Iterator<Item = usize> + 's {
    let leaves = (0..set.set.criteria.len()).filter(move |node| set.tree.is_leaf(*node));
    leaves.filter(move |node| counts(set, stage, *node))
}

/// Whether a criterion is scored at a stage.
#[must_use]
pub fn counts(set: &Compiled, stage: &Stage, node: usize) -> bool {
    set.set.criteria.get(node).is_some_and(|criterion| stage.counts(criterion))
}
