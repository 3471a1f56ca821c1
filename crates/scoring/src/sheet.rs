//! What one unit has entered at one stage.

use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;

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

/// What stands for the nodes of one unit, in their order; only what is there, because rules answer for most criteria.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Entries(Vec<(usize, Entry)>);

impl Entries {
    /// All entries, by the places of their nodes.
    #[inline]
    pub fn as_slice(&self) -> &[(usize, Entry)] {
        &self.0
    }

    /// What stands for a node; nothing where nobody entered anything.
    #[inline]
    pub fn of(&self, node: usize) -> &Entry {
        let place = self.place(node).ok().and_then(|place| self.0.get(place));
        place.map_or(&Entry::Nothing, |(_, entry)| entry)
    }

    fn place(&self, node: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&node, |(of, _)| *of)
    }

    /// Enters something for a node; what stood there is replaced.
    pub fn set(&mut self, node: usize, entry: Entry) {
        let place = self.place(node);
        if let Ok(place) = place {
            self.0.remove(place);
        }
        let (Ok(place) | Err(place)) = place;
        if entry != Entry::Nothing {
            self.0.insert(place, (node, entry));
        }
    }
}

/// The values and entries of one unit at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub(crate) values: Vec<Value>,
    pub(crate) entries: Entries,
    pub(crate) open: bool,
}

impl Sheet {
    /// An empty sheet for a set.
    #[must_use]
    pub fn new(compiled: &Compiled) -> Self {
        let values = vec![Value::Missing; compiled.inputs.len()];
        Self { values, entries: Entries::default(), open: false }
    }

    /// Says whether the unit still fills it in: a date that nobody touched is then awaited, and not "never done".
    pub fn set_open(&mut self, open: bool) {
        self.open = open;
    }

    /// Whether the unit still fills it in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// All values by slot.
    #[must_use]
    #[inline]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// What stands for the nodes that have anything, in their order.
    #[must_use]
    #[inline]
    pub fn entries(&self) -> &[(usize, Entry)] {
        self.entries.as_slice()
    }

    /// What stands for a node.
    #[must_use]
    #[inline]
    pub fn entry(&self, node: usize) -> &Entry {
        self.entries.of(node)
    }

    /// Enters the value of an input; an earlier one is replaced.
    pub fn set_value(&mut self, slot: Slot, value: Value) {
        if let Some(place) = self.values.get_mut(slot.index()) {
            *place = value;
        }
    }

    /// Enters points, or that a criterion does not apply.
    pub fn set_entry(&mut self, node: usize, entry: Entry) {
        self.entries.set(node, entry);
    }

    /// Whether nothing at all was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty() && self.values.iter().all(|value| *value == Value::Missing)
    }
}
