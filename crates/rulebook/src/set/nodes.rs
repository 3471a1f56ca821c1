//! The nodes of a compiled set: their codes, and which of them are leaves.

use super::Compiled;
use crate::slot::Slot;

impl Compiled {
    /// The code of a node; empty for a node that the set does not have.
    #[must_use]
    pub fn code(&self, node: usize) -> &str {
        self.set.criteria.get(node).map_or("", |criterion| criterion.code.as_str())
    }

    /// The code of the domain in which a node stands; its own code for a domain.
    #[must_use]
    pub fn domain_code(&self, node: usize) -> &str {
        self.code(self.tree.ancestors(node).last().unwrap_or(node))
    }

    /// The codes of a node and of all nodes above it, from the node upwards.
    #[must_use]
    pub fn path_codes(&self, node: usize) -> Vec<String> {
        [node].into_iter().chain(self.tree.ancestors(node)).map(|node| self.code(node).to_owned()).collect()
    }

    /// The leaves, in the order in which they are shown.
    #[must_use]
    pub fn leaves(&self) -> Vec<usize> {
        self.walk.iter().copied().filter(|node| self.tree.is_leaf(*node)).collect()
    }

    /// The inputs that are asked for at a leaf: those that its rule reads, and those that are declared there beside it.
    #[must_use]
    pub fn asked_at(&self, leaf: usize) -> Vec<Slot> {
        let mut slots = self.reads.get(leaf).cloned().unwrap_or_default();
        let owned = (0..).map(Slot).zip(&self.owners).filter(|(_, owner)| **owner == leaf);
        let owned: Vec<Slot> = owned.map(|(slot, _)| slot).filter(|slot| !slots.contains(slot)).collect();
        slots.extend(owned);
        slots
    }
}
