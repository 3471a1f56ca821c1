//! A set made ready for scoring: every name resolved to a slot, every kind checked.

use std::collections::HashMap;

use super::kinds::check_rule;
use super::places::Places;
use super::words::Column;
use super::{CriteriaSet, Part, SetProblem, Tree};
use crate::finding::Finding;
use crate::input::Input;
use crate::notation::Check;
use crate::number::Number;
use crate::rule::{Rule, implied_inputs};
use crate::slot::Slot;

/// A set whose rules can be evaluated.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The set it came from.
    pub set: CriteriaSet,
    /// Its shape.
    pub tree: Tree,
    /// All inputs by slot.
    pub inputs: Vec<Input>,
    /// For each slot the node that declares it.
    pub owners: Vec<usize>,
    /// For each node its rule.
    pub rules: Vec<Rule<Slot>>,
    /// Cross-checks of inputs.
    pub checks: Vec<OwnedCheck>,
    /// For each node the slots its rule reads.
    pub reads: Vec<Vec<Slot>>,
    /// For each slot the nodes whose rules read it.
    pub readers: Vec<Vec<usize>>,
    /// All nodes, each before its children.
    pub walk: Vec<usize>,
    /// The domains.
    pub roots: Vec<usize>,
    /// Whether any rule takes the points of the unit above.
    pub takes_parent: bool,
    /// The topmost nodes outside the maximum, with their part.
    outside: Vec<(usize, Part)>,
    maxima: Vec<Number>,
    known: Known,
    /// For each node what it can give when everything below it applies.
    full: Vec<Number>,
    /// For each node the children whose points go where its own go.
    addends: Vec<Vec<usize>>,
}

/// A cross-check and the node that states it.
#[derive(Clone, Debug)]
pub struct OwnedCheck {
    pub node: usize,
    pub check: Check<Slot>,
}

impl Compiled {
    /// Resolves a set: codes become places in its tree, rules read their inputs.
    ///
    /// # Errors
    /// Names that no input has, kinds that do not fit, each at its row.
    pub fn new(set: CriteriaSet, places: &Places) -> Result<Self, Vec<Finding<SetProblem>>> {
        let at = |node, column: Column| places.of(Some(node), column.title());
        let misplaced = |(node, problem)| Finding::error(at(node, Column::Parent), problem);
        let tree = Tree::of(&set).map_err(|broken| broken.into_iter().map(misplaced).collect::<Vec<_>>())?;
        let mut compiling = Compiling {
            set: &set,
            tree: &tree,
            inputs: Vec::new(),
            owners: Vec::new(),
            known: vec![HashMap::new(); set.criteria.len()],
        };
        let mut findings = compiling.declare(places);
        let (mut rules, mut reads, mut checks) = (Vec::new(), Vec::new(), Vec::new());
        for (node, criterion) in set.criteria.iter().enumerate() {
            let mut slots = Vec::new();
            let rule = compiling.resolve_rule(node, &criterion.rule, &mut slots);
            match rule.and_then(|rule| check_rule(rule, &compiling.inputs)) {
                Ok(rule) => rules.push(rule),
                Err(problem) => findings.push(Finding::error(at(node, Column::Rule), problem)),
            }
            reads.push(slots);
            for check in &criterion.checks {
                match check.resolve(&mut |name: &String| compiling.slot(node, name)) {
                    Ok(check) => checks.push(OwnedCheck { node, check }),
                    Err(problem) => findings.push(Finding::error(at(node, Column::Checks), problem)),
                }
            }
        }
        let (inputs, owners, known) = (compiling.inputs, compiling.owners, compiling.known);
        if !findings.is_empty() {
            return Err(findings);
        }
        let takes_parent = rules.iter().any(Rule::takes_parent);
        let readers = readers(&reads, inputs.len());
        let (walk, roots, outside) = (tree.walk(), tree.roots().collect(), outside(&tree));
        let maxima: Vec<Number> =
            set.criteria.iter().map(|criterion| criterion.max.clone().unwrap_or_default()).collect();
        let addends: Vec<Vec<usize>> = (0..set.criteria.len()).map(|node| addends(&tree, node)).collect();
        let full = full(&walk, &addends, &maxima);
        Ok(Self {
            set,
            tree,
            inputs,
            owners,
            rules,
            checks,
            reads,
            readers,
            walk,
            roots,
            takes_parent,
            outside,
            maxima,
            known,
            full,
            addends,
        })
    }

    /// The maximum of a node; zero where it is information.
    #[must_use]
    #[inline]
    pub fn max(&self, node: usize) -> &Number {
        static NONE: Number = Number::ZERO;
        self.maxima.get(node).unwrap_or(&NONE)
    }

    /// The legal basis of a node: its own, or that of the nearest node above it that states one.
    #[must_use]
    pub fn basis(&self, node: usize) -> &str {
        let all = std::iter::once(node).chain(self.tree.ancestors(node));
        let stated =
            all.filter_map(|node| self.set.criteria.get(node)).map(|criterion| criterion.basis.as_str());
        stated.into_iter().find(|basis| !basis.is_empty()).unwrap_or_default()
    }

    /// What a node can give when everything below it applies.
    #[must_use]
    #[inline]
    pub fn full(&self, node: usize) -> &Number {
        self.full.get(node).unwrap_or_else(|| self.max(node))
    }

    /// The children whose points add up to a node's.
    #[must_use]
    #[inline]
    pub fn addends(&self, node: usize) -> &[usize] {
        self.addends.get(node).map_or(&[], Vec::as_slice)
    }

    /// Whether anything stands outside the maximum.
    #[must_use]
    pub fn has_outside(&self) -> bool {
        !self.outside.is_empty()
    }

    /// The topmost nodes of a part that stands outside the maximum.
    pub fn outside(&self, part: Part) -> impl Iterator<Item = usize> + '_ {
        self.outside.iter().filter(move |(_, of)| *of == part).map(|(node, _)| *node)
    }

    /// The slot of an input as a fact names it: by criterion and name; inputs of the levels above are seen too.
    #[must_use]
    pub fn slot(&self, node: usize, name: &str) -> Option<Slot> {
        find(&self.known, &self.tree, node, name)
    }
}

fn readers(reads: &[Vec<Slot>], slots: usize) -> Vec<Vec<usize>> {
    let mut readers = vec![Vec::new(); slots];
    for (node, slots) in reads.iter().enumerate() {
        for slot in slots {
            if let Some(nodes) = readers.get_mut(slot.index()) {
                nodes.push(node);
            }
        }
    }
    readers
}

fn addends(tree: &Tree, node: usize) -> Vec<usize> {
    let part = tree.part(node);
    tree.children(node).iter().copied().filter(|child| tree.part(*child) == part).collect()
}

fn full(walk: &[usize], addends: &[Vec<usize>], maxima: &[Number]) -> Vec<Number> {
    let mut full = maxima.to_vec();
    for node in walk.iter().rev() {
        let children = addends.get(*node).map_or(&[][..], Vec::as_slice);
        if children.is_empty() {
            continue;
        }
        let sum = children.iter().filter_map(|child| full.get(*child)).sum();
        if let Some(own) = full.get_mut(*node) {
            *own = sum;
        }
    }
    full
}

fn outside(tree: &Tree) -> Vec<(usize, Part)> {
    let topmost = |node: &usize| {
        tree.part(*node) != Part::Main
            && tree.parent(*node).is_none_or(|above| tree.part(above) != tree.part(*node))
    };
    tree.walk().into_iter().filter(topmost).map(|node| (node, tree.part(node))).collect()
}

struct Compiling<'s> {
    set: &'s CriteriaSet,
    tree: &'s Tree,
    inputs: Vec<Input>,
    owners: Vec<usize>,
    known: Known,
}

/// More inputs than any set declares.
const MAX_INPUTS: usize = 10_000;

/// Inputs by the node that declares them.
type Known = Vec<HashMap<String, Slot>>;

fn find(known: &Known, tree: &Tree, node: usize, name: &str) -> Option<Slot> {
    std::iter::once(node).chain(tree.ancestors(node)).find_map(|owner| known.get(owner)?.get(name).copied())
}

impl Compiling<'_> {
    /// All inputs: what is declared first, then what the rules bring along, so that a declared one wins.
    fn declare(&mut self, places: &Places) -> Vec<Finding<SetProblem>> {
        for (node, criterion) in self.set.criteria.iter().enumerate() {
            for input in &criterion.inputs {
                self.add(node, input.clone());
            }
        }
        let mut findings = Vec::new();
        for node in 0..self.set.criteria.len() {
            if let Err(problem) = self.imply(node) {
                findings.push(Finding::error(places.of(Some(node), Column::Inputs.title()), problem));
            }
        }
        if self.inputs.len() > MAX_INPUTS {
            findings.push(Finding::error(places.of(None, ""), SetProblem::TooMany(self.inputs.len())));
        }
        findings
    }

    fn add(&mut self, node: usize, input: Input) {
        if let Ok(slot) = u32::try_from(self.inputs.len()) {
            if let Some(known) = self.known.get_mut(node) {
                known.insert(input.name.clone(), Slot(slot));
            }
            self.inputs.push(input);
            self.owners.push(node);
        }
    }

    /// The inputs that a rule brings along, unless the node or one above declares them.
    fn imply(&mut self, node: usize) -> Result<(), SetProblem> {
        let Some(criterion) = self.set.criteria.get(node) else { return Ok(()) };
        for input in implied_inputs(&criterion.rule) {
            let known = find(&self.known, self.tree, node, &input.name);
            let declared = criterion.inputs.iter().any(|each| each.name == input.name);
            match known.and_then(|slot| self.inputs.get(slot.index()).zip(self.owners.get(slot.index()))) {
                None => self.add(node, input),
                Some((known, owner)) if declared || *owner != node || known.kind == input.kind => {}
                Some(_) => return Err(SetProblem::InputTwice(input.name.clone())),
            }
        }
        Ok(())
    }

    fn slot(&self, node: usize, name: &str) -> Result<Slot, SetProblem> {
        find(&self.known, self.tree, node, name).ok_or_else(|| {
            let seen = |of: &usize| *of == node || self.tree.ancestors(node).any(|above| above == *of);
            let known = self.inputs.iter().zip(&self.owners).filter(|(_, of)| seen(of));
            SetProblem::UnknownInput(name.to_owned(), known.map(|(input, _)| input.name.clone()).collect())
        })
    }

    fn resolve_rule(
        &self,
        node: usize,
        rule: &Rule<String>,
        slots: &mut Vec<Slot>,
    ) -> Result<Rule<Slot>, SetProblem> {
        rule.resolve(&mut |name: &String| {
            let slot = self.slot(node, name)?;
            if !slots.contains(&slot) {
                slots.push(slot);
            }
            Ok(slot)
        })
    }
}
