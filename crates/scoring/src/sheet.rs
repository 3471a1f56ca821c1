//! What one unit has entered at one stage.

use parindex_rulebook::eval::Slot;
use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;

/// What stands for a criterion beside its inputs.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Entry {
    /// Nothing: the rule decides from the inputs.
    #[default]
    Nothing,
    /// The criterion does not apply to the unit.
    NotApplicable,
    /// A person gave these points; where the rule computes points, they take its place.
    Points(Number),
}

/// The values and entries of one unit at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    values: Vec<Value>,
    entries: Vec<Entry>,
}

impl Sheet {
    /// An empty sheet for a set.
    #[must_use]
    pub fn new(compiled: &Compiled) -> Self {
        let values = vec![Value::Missing; compiled.inputs.len()];
        Self { values, entries: vec![Entry::Nothing; compiled.set.criteria.len()] }
    }

    /// All values by slot.
    #[must_use]
    #[inline]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// What stands for a node.
    #[must_use]
    #[inline]
    pub fn entry(&self, node: usize) -> &Entry {
        self.entries.get(node).unwrap_or(&Entry::Nothing)
    }

    /// Enters a value.
    pub fn set_value(&mut self, slot: Slot, value: Value) {
        if let Some(place) = self.values.get_mut(slot.index()) {
            *place = value;
        }
    }

    /// Enters points, or that a criterion does not apply.
    pub fn set_entry(&mut self, node: usize, entry: Entry) {
        if let Some(place) = self.entries.get_mut(node) {
            *place = entry;
        }
    }

    /// Whether nothing at all was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|value| *value == Value::Missing)
            && self.entries.iter().all(|entry| *entry == Entry::Nothing)
    }
}
