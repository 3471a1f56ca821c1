//! What was approved stays: a unit's result as it was scored then, whatever the program makes of the same figures today.

use parindex_rulebook::lang::Lang;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::Compiled;

use crate::unit::{Cell, Total, UnitScore};

/// What a unit had at a stage when its result was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The points of every node, and the total.
    pub score: UnitScore,
    /// The rank in its block.
    pub rank: Option<usize>,
    pub class: Option<String>,
    /// The sentences, where they were asked for.
    pub said: Said,
}

/// A sentence in Vietnamese and English.
pub type Both = [String; 2];

/// Why a unit had its points, in words.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Said {
    /// About the result.
    pub total: Both,
    /// About each node, in the order of the set.
    pub nodes: Vec<Both>,
}

impl Said {
    /// The sentence about a node as it was approved, in a language.
    #[must_use]
    pub fn node(&self, node: usize, lang: Lang) -> &str {
        self.nodes.get(node).map_or("", |both| in_lang(both, lang))
    }

    /// The sentence about the result as it was approved, in a language.
    #[must_use]
    pub fn total(&self, lang: Lang) -> &str {
        in_lang(&self.total, lang)
    }
}

fn in_lang([vi, en]: &Both, lang: Lang) -> &str {
    lang.pick(vi, en)
}

impl UnitScore {
    /// A score as it was: the cells of all nodes, and what each could give.
    #[must_use]
    pub fn kept(compiled: &Compiled, cells: Vec<(Cell, Number)>, total: Total) -> Self {
        let full = |node: usize, max: &Number| compiled.full(node) == max;
        let reduced = cells
            .iter()
            .enumerate()
            .filter(|(node, (cell, max))| stands(cell) && !full(*node, max))
            .map(|(node, (_, max))| (node, max.clone()))
            .collect();
        let cells = cells.into_iter().map(|(cell, _)| cell).collect();
        Self { cells, reduced, unrounded: Vec::new(), total }
    }
}

/// Whether a node has a maximum of its own: what has left it gives none.
fn stands(cell: &Cell) -> bool {
    !matches!(cell, Cell::LeftOut | Cell::Rescaled | Cell::Information)
}
