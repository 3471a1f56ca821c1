//! The shape of a set: who stands under whom.

use std::collections::HashMap;

use super::{CriteriaSet, Method, Part, SetProblem};

/// More nodes than this is a mistake; the largest real set has about 160.
pub const MAX_CRITERIA: usize = 2_000;
/// Domain, criterion, sub-criterion, and one level below.
pub const MAX_LEVELS: usize = 4;

/// Parents, children and levels, by place in [`CriteriaSet::criteria`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    levels: Vec<usize>,
    parts: Vec<Part>,
}

impl Tree {
    /// The tree of a set whose parents all exist and form no cycle.
    ///
    /// # Errors
    /// What is wrong, with the place of its node.
    pub fn of(set: &CriteriaSet) -> Result<Self, Vec<(usize, SetProblem)>> {
        let count = set.criteria.len();
        if count == 0 || count > MAX_CRITERIA {
            let problem = if count == 0 { SetProblem::NoCriteria } else { SetProblem::TooMany(count) };
            return Err(vec![(0, problem)]);
        }
        let parents = parents(set)?;
        let levels = levels(set, &parents)?;
        let mut children = vec![Vec::new(); count];
        for (child, parent) in parents.iter().enumerate() {
            if let Some(siblings) = parent.and_then(|parent| children.get_mut(parent)) {
                siblings.push(child);
            }
        }
        let parts = parts(set, &parents);
        Ok(Self { parents, children, levels, parts })
    }

    /// The node directly above; none above a domain.
    #[must_use]
    pub fn parent(&self, node: usize) -> Option<usize> {
        self.parents.get(node).copied().flatten()
    }

    /// The nodes below, in order.
    #[must_use]
    #[inline]
    pub fn children(&self, node: usize) -> &[usize] {
        self.children.get(node).map_or(&[], Vec::as_slice)
    }

    /// Whether points are given here, not summed.
    #[must_use]
    #[inline]
    pub fn is_leaf(&self, node: usize) -> bool {
        self.children(node).is_empty()
    }

    /// 1 for a domain, 2 for a criterion, and so on.
    #[must_use]
    pub fn level(&self, node: usize) -> usize {
        self.levels.get(node).copied().unwrap_or(1)
    }

    /// Where the points of a node go; a node under a bonus is a bonus.
    #[must_use]
    #[inline]
    pub fn part(&self, node: usize) -> Part {
        self.parts.get(node).copied().unwrap_or_default()
    }

    /// The top nodes, in order.
    pub fn roots(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.parents.len()).filter(|node| self.parent(*node).is_none())
    }

    /// A node's ancestors, from the nearest.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(node), |above| self.parent(*above))
    }

    /// All nodes, each before its children, siblings in order.
    #[must_use]
    pub fn walk(&self) -> Vec<usize> {
        let mut open: Vec<usize> = self.roots().collect();
        open.reverse();
        let mut order = Vec::with_capacity(self.parents.len());
        while let Some(node) = open.pop() {
            order.push(node);
            open.extend(self.children(node).iter().rev());
        }
        order
    }

    /// How many nodes stand at a level, without bonus and penalty.
    #[must_use]
    pub fn count_at(&self, level: usize) -> usize {
        (0..self.levels.len())
            .filter(|node| self.level(*node) == level && self.part(*node) == Part::Main)
            .count()
    }
}

type Broken = Vec<(usize, SetProblem)>;

fn parents(set: &CriteriaSet) -> Result<Vec<Option<usize>>, Broken> {
    let by_code: HashMap<&str, usize> =
        set.criteria.iter().enumerate().map(|(node, criterion)| (criterion.code.as_str(), node)).collect();
    let mut broken = Vec::new();
    let mut find = |(node, criterion): (usize, &super::Criterion)| {
        let code = criterion.parent.as_deref()?;
        let parent = by_code.get(code).copied();
        if parent.is_none() {
            broken.push((node, SetProblem::NoParent(code.to_owned())));
        }
        parent
    };
    let parents = set.criteria.iter().enumerate().map(&mut find).collect();
    if broken.is_empty() { Ok(parents) } else { Err(broken) }
}

fn levels(set: &CriteriaSet, parents: &[Option<usize>]) -> Result<Vec<usize>, Broken> {
    let above = |node: &usize| parents.get(*node).copied().flatten();
    let level = |node: usize| std::iter::successors(Some(node), above).take(parents.len() + 1).count();
    let levels: Vec<usize> = (0..parents.len()).map(level).collect();
    let deepest = levels.iter().enumerate().max_by_key(|(_, level)| **level);
    match deepest {
        Some((node, level)) if *level > parents.len() => {
            let code = set.criteria.get(node).map(|criterion| criterion.code.clone()).unwrap_or_default();
            Err(vec![(node, SetProblem::Cycle(code))])
        }
        Some((node, level)) if *level > MAX_LEVELS => Err(vec![(node, SetProblem::TooDeep(*level))]),
        _ => Ok(levels),
    }
}

fn parts(set: &CriteriaSet, parents: &[Option<usize>]) -> Vec<Part> {
    let above = |node: &usize| parents.get(*node).copied().flatten();
    let own = |node: usize| set.criteria.get(node).map_or(Part::Main, |criterion| criterion.part);
    let part = |node: usize| {
        std::iter::successors(Some(node), above).map(own).find(|part| *part != Part::Main).unwrap_or_default()
    };
    (0..parents.len()).map(part).collect()
}

impl CriteriaSet {
    /// The place of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.code == code)
    }

    /// Whether a leaf is only shown.
    #[must_use]
    pub fn is_information(&self, node: usize) -> bool {
        self.criteria.get(node).is_some_and(|criterion| criterion.method == Some(Method::Information))
    }
}
