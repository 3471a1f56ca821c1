//! A criterion as people read it, and where it stands among the others.

use parindex_rulebook::notation;
use parindex_rulebook::set::Compiled;

use parindex_web_shell::failure::Failure;
use parindex_web_shell::frame::Frame;

/// What is asked.
pub struct CriterionView {
    pub code: String,
    pub name: String,
    /// Codes and names of all above it, topmost first.
    pub above: Vec<(String, String)>,
    /// Its maximum.
    pub max: String,
    /// The evidence that is required.
    pub evidence: String,
    /// How to score, for people.
    pub guidance: String,
    /// The body that appraises it.
    pub appraiser: String,
    pub rule: String,
    /// Its legal basis.
    pub basis: String,
}

impl CriterionView {
    /// Of a node.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn new(set: &Compiled, node: usize, frame: &Frame) -> Result<Self, Failure> {
        let criterion = set.set.criteria.get(node).ok_or(Failure::NotFound)?;
        let above = set.tree.ancestors(node).filter_map(|above| set.set.criteria.get(above));
        let mut above: Vec<(String, String)> =
            above.map(|criterion| (criterion.code.clone(), criterion.name.clone())).collect();
        above.reverse();
        Ok(Self {
            code: criterion.code.clone(),
            name: criterion.name.clone(),
            above,
            max: frame.lang.short(set.max(node)),
            evidence: criterion.evidence.clone(),
            guidance: criterion.guidance.clone(),
            appraiser: criterion.appraiser.clone(),
            rule: notation::print(&criterion.rule),
            basis: set.basis(node).to_owned(),
        })
    }
}

/// Where a leaf stands among all.
pub struct Neighbours {
    /// The one before it.
    pub before: Option<String>,
    /// The one after it.
    pub after: Option<String>,
    /// Which one it is, from 1.
    pub place: usize,
    /// How many there are.
    pub all: usize,
}

impl Neighbours {
    /// Of a leaf among those that are shown.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what is no leaf.
    pub fn new(set: &Compiled, node: usize, all: &[usize]) -> Result<Self, Failure> {
        let place = all.iter().position(|each| *each == node).ok_or(Failure::NotFound)?;
        let at = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|node| set.code(*node).to_owned());
        Ok(Self {
            before: at(place.checked_sub(1)),
            after: at(place.checked_add(1)),
            place: place + 1,
            all: all.len(),
        })
    }
}
