//! Which inputs the rules of a criterion may name: its own, and those of the levels above it.

use std::collections::HashMap;

use super::{CriteriaSet, Criterion, MAX_LEVELS};
use crate::input::Input;
use crate::notation::Names;

/// Where each code stands.
pub(super) struct Seen<'s> {
    criteria: &'s [Criterion],
    by_code: HashMap<&'s str, usize>,
}

impl<'s> Seen<'s> {
    pub(super) fn new(criteria: &'s [Criterion]) -> Self {
        let by_code = criteria.iter().enumerate().map(|(node, criterion)| (criterion.code.as_str(), node));
        Self { criteria, by_code: by_code.collect() }
    }

    /// A node and those above it, the nearest first. The tree may still be wrong, so no more than its levels are looked at.
    pub(super) fn line(&self, node: usize) -> impl Iterator<Item = usize> {
        let above = |node: &usize| {
            let parent = self.criteria.get(*node)?.parent.as_deref()?;
            self.by_code.get(parent).copied()
        };
        std::iter::successors(Some(node), above).take(MAX_LEVELS)
    }

    /// The names that the rules of a node may use.
    pub(super) fn names(&self, node: usize) -> Names {
        self.names_with(node, self.criteria.get(node).map_or(&[], |criterion| &criterion.inputs))
    }

    fn names_with(&self, node: usize, own: &[Input]) -> Names {
        let above = self.line(node).skip(1).filter_map(|node| self.criteria.get(node));
        let inputs = own.iter().chain(above.flat_map(|criterion| &criterion.inputs));
        Names::new(inputs.map(|input| input.name.as_str()))
    }
}

impl CriteriaSet {
    /// The inputs that the rules of a criterion may name when it declares these itself.
    #[must_use]
    pub fn names_with(&self, node: usize, own: &[Input]) -> Names {
        Seen::new(&self.criteria).names_with(node, own)
    }
}
