//! The tree of a sheet: every node with its points and how far it is.

use std::collections::HashSet;

use parindex_domain::procedure::Stage;
use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::Compiled;
use parindex_scoring::unit::UnitScore;

use crate::campaign::counted::counts;

/// How far a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeafState {
    /// Everything that it needs is there.
    Done,
    /// Everything is there, and its figures do not agree, without a reason for them: the sheet cannot be submitted.
    Mismatched,
    Begun,
    /// Nothing is there.
    Empty,
    /// Somebody else scores it.
    Other,
}

/// A node in the tree beside a sheet, with how far what is below it is filled in.
pub struct Node {
    pub code: String,
    pub name: String,
    /// How deep it stands; domains at 0.
    pub level: usize,
    pub points: String,
    /// Its maximum.
    pub max: String,
    /// Whether it has no children.
    pub leaf: bool,
    /// How far it is.
    pub state: LeafState,
    /// Whether it is the one that is shown.
    pub here: bool,
}

/// A domain with all below it.
pub struct Domain {
    pub top: Node,
    /// All below it.
    pub nodes: Vec<Node>,
    /// Leaves that are done.
    pub done: usize,
    /// Leaves that the unit scores.
    pub of: usize,
    /// Whether what is shown stands in it.
    pub here: bool,
}

/// What the tree is made of.
pub struct TreeSource<'s> {
    pub set: &'s Compiled,
    /// The points at the stage.
    pub score: &'s UnitScore,
    pub stage: &'s Stage,
    /// Criteria for which something was entered.
    pub begun: &'s HashSet<&'s str>,
    /// Leaves whose figures do not agree, without a reason.
    pub refused: &'s HashSet<usize>,
    /// The leaf that is shown.
    pub here: Option<usize>,
}

impl TreeSource<'_> {
    /// The tree, domain by domain, with the points of each node.
    #[must_use]
    pub fn domains(&self, lang: Lang) -> Vec<Domain> {
        self.set.roots.iter().map(|root| self.domain(*root, lang)).collect()
    }

    fn domain(&self, root: usize, lang: Lang) -> Domain {
        let below = |node: &&usize| self.set.tree.ancestors(**node).any(|above| above == root);
        let nodes: Vec<Node> =
            self.set.walk.iter().filter(below).map(|node| self.node(*node, lang)).collect();
        let own = nodes.iter().filter(|node| node.leaf && node.state != LeafState::Other);
        Domain {
            top: self.node(root, lang),
            done: own.clone().filter(|node| node.state == LeafState::Done).count(),
            of: own.count(),
            here: nodes.iter().any(|node| node.here),
            nodes,
        }
    }

    fn node(&self, node: usize, lang: Lang) -> Node {
        let name = self.set.set.criteria.get(node).map(|criterion| criterion.name.clone());
        let digits = self.set.set.settings.rounding.digits.get();
        let so_far = self.so_far(node);
        let points = self.score.cell(node).points().or(so_far.as_ref());
        Node {
            code: self.set.code(node).to_owned(),
            name: name.unwrap_or_default(),
            level: self.set.tree.level(node).saturating_sub(1),
            points: lang.points(points, digits),
            max: lang.fixed(&self.max(node), digits),
            leaf: self.set.tree.is_leaf(node),
            state: self.state(node),
            here: self.here == Some(node),
        }
    }

    /// The points below a node that is not complete; none where there are none, which is not zero.
    fn so_far(&self, node: usize) -> Option<Number> {
        let below = |leaf: &&usize| self.set.tree.ancestors(**leaf).any(|above| above == node);
        let mut cells = self.set.walk.iter().filter(below).map(|leaf| self.score.cell(*leaf));
        cells.any(|cell| cell.points().is_some()).then(|| self.score.so_far(self.set, node))
    }

    /// What can be given: of a sum only what counts at the stage, as the points beside it do.
    fn max(&self, node: usize) -> Number {
        let applicable = self.score.max(self.set, node);
        let sum = !self.set.tree.is_leaf(node) && !applicable.is_zero();
        if sum { applicable } else { self.set.max(node).clone() }
    }

    /// How far a leaf is.
    #[must_use]
    pub fn state(&self, node: usize) -> LeafState {
        use parindex_scoring::unit::Cell;
        if !counts(self.set, self.stage, node) {
            return LeafState::Other;
        }
        match self.score.cell(node) {
            // Something above it does not apply as a whole.
            Cell::LeftOut => LeafState::Done,
            // A rule can say what nothing entered is worth; entered it is not for that.
            _ if !self.touched(node) => LeafState::Empty,
            _ if self.refused.contains(&node) => LeafState::Mismatched,
            Cell::Points(_) | Cell::Rescaled | Cell::Information => LeafState::Done,
            Cell::NotScored | Cell::Failed(_) => LeafState::Begun,
        }
    }

    /// Whether anything was entered for a leaf, or nothing has to be.
    fn touched(&self, node: usize) -> bool {
        let judged = self.set.rules.get(node).is_some_and(Rule::is_judgement);
        let mut owners = self
            .set
            .reads
            .get(node)
            .into_iter()
            .flatten()
            .filter_map(|slot| self.set.owners.get(slot.index()));
        let asks = judged || self.set.reads.get(node).is_some_and(|reads| !reads.is_empty());
        !asks
            || self.begun.contains(self.set.code(node))
            || owners.any(|owner| self.begun.contains(self.set.code(*owner)))
    }
}
