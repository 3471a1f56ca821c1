//! What stands above a criterion and may not apply to the unit as a whole.

use parindex_domain::procedure::EntryKind;
use parindex_rulebook::set::Compiled;
use parindex_store::sheet::StoredEntry;

/// A domain, or a part of one, of which the set says what becomes of its points where it does not apply.
pub struct AncestorView {
    pub code: String,
    pub name: String,
    /// Whether it is said not to apply.
    pub marked: bool,
    /// The revision of that.
    pub seen: i64,
}

impl AncestorView {
    /// All above a criterion, topmost first; `cells` are those of the criterion and of what stands above it.
    #[must_use]
    pub fn all(set: &Compiled, node: usize, cells: &[StoredEntry]) -> Vec<Self> {
        let stated = set.tree.ancestors(node).filter(|above| may_not_apply(set, *above));
        let mut all: Vec<Self> = stated.map(|above| Self::new(set, above, cells)).collect();
        all.reverse();
        all
    }

    fn new(set: &Compiled, node: usize, cells: &[StoredEntry]) -> Self {
        let code = set.code(node).to_owned();
        let cell = cells.iter().find(|cell| cell.criterion == code && cell.input.is_empty());
        Self {
            name: set.set.criteria.get(node).map(|criterion| criterion.name.clone()).unwrap_or_default(),
            marked: cell.is_some_and(|cell| cell.kind == EntryKind::NotApplicable && !cell.text.is_empty()),
            seen: cell.map_or(0, |cell| cell.revision),
            code,
        }
    }
}

/// Whether the set says what becomes of the points of a node that does not apply.
#[must_use]
pub fn may_not_apply(set: &Compiled, node: usize) -> bool {
    set.set.criteria.get(node).is_some_and(|criterion| criterion.not_applicable.is_some())
}

/// The criterion on whose page the form of a domain stands: the one that it names, else the first below.
#[must_use]
pub fn page_of(set: &Compiled, node: usize, here: Option<&str>) -> Option<usize> {
    let below = |leaf: &usize| {
        set.tree.is_leaf(*leaf) && (*leaf == node || set.tree.ancestors(*leaf).any(|above| above == node))
    };
    let named = here.and_then(|here| set.set.find(here)).filter(below);
    named.or_else(|| set.walk.iter().copied().find(below))
}
