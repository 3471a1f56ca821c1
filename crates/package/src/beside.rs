//! What a package holds beside the campaign that is scored: kept, shown and given back as it came.

use crate::history::History;
use crate::manifest::MoveEntry;
use crate::published::Published;
use crate::rows::calendar::Day;

/// What a package holds beside the campaign data: published figures, history, moves of its sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageExtras {
    /// Days that the calendar of the campaign has beside the built-in ones, its own and those of its server; it is scored by them.
    pub days: Vec<Day>,
    /// Figures that were published.
    pub published: Vec<Published>,
    /// For each block the recorded moves of its criteria set.
    pub moves: Vec<Vec<MoveEntry>>,
    /// How the campaign came to its result.
    pub history: History,
}
