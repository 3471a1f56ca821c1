//! The totals of many units without their trees: what a ranking of thousands of units needs.
//!
//! Figures stand in columns, and each rule runs over all seats of a tile in whole numbers. Points are a count of the smallest unit
//! that the set keeps, found by one rounded division, the very rounding that
//! [`Number::round`](parindex_rulebook::number::Number::round) makes.
//! Where points are rounded at each criterion, the total is the sum of the criteria, whatever stands between. Where a set rounds each
//! level, or only the total, criteria are added up as ten-millionths, each at most half of one off, and the digits that are published
//! are taken where all sums within that bound give the same.
//!
//! Whatever there is more to say of (a figure that is missing, points that a person set, a number that is too large, a rule of another
//! kind) is for the general evaluator, seat by seat. Every other sheet (a digit too close to call, something open, scaled up,
//! failed) is for [`UnitScore`](crate::unit::UnitScore), whose total these sums always equal; property tests hold both together.

use parindex_rulebook::number::{Digits, RoundMode};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::{RankBy, RoundAt};

use crate::figures::Figures;
use crate::figures::mask::{Mask, bit};
use crate::sheet::Sheet;
use crate::unit::{StageRules, Total};

mod added;
mod bands;
mod criterion;
mod fraction;
mod gains;
mod general;
mod lanes;
mod make;
mod memo;
mod program;
mod round;
mod seats;
mod share;
mod term;

use added::Added;
use criterion::Criterion;
use general::General;
use round::{FINE, Rounds};
use seats::Seats;

/// A set at a stage, ready for adding up.
pub(crate) struct Columns<'c> {
    general: General<'c>,
    groups: Vec<Group<'c>>,
    rounds: Rounds<'c>,
    /// The maximum of all that counts, in the smallest unit of points.
    max: i64,
    /// For each node the seats of the tile for which a person entered something there.
    entered: Vec<Mask>,
}

/// Criteria whose sum is rounded together: those of a domain where each level is rounded, else all.
struct Group<'c> {
    criteria: Vec<Criterion<'c>>,
    /// The most that their sum shows, in the smallest unit of points.
    full: i64,
}

impl<'c> Columns<'c> {
    /// `None` for sets whose totals need the tree: bonus and penalty, points of the unit above, ranks by unrounded results.
    pub fn new(compiled: &'c Compiled, stage: StageRules<'c>) -> Option<Self> {
        let settings = &compiled.set.settings;
        let at = settings.rounding.at;
        let finest = settings.rounding.digits.max(settings.index.digits);
        let digits = smallest(at, settings.rounding.digits, finest)?;
        let by_fractions = at == RoundAt::End && settings.index.rank_by == RankBy::Exact;
        if by_fractions || compiled.has_outside() || compiled.takes_parent {
            return None;
        }
        let mode = if at == RoundAt::Leaf { settings.rounding.mode } else { RoundMode::HalfUp };
        let general = General { compiled, stage, at, digits, sheet: Sheet::new(compiled) };
        let groups = match at {
            RoundAt::Leaf | RoundAt::End => vec![Group::new(&general, mode, &compiled.roots)?],
            RoundAt::Level => {
                let domain = |root| Group::new(&general, mode, std::slice::from_ref(root));
                compiled.roots.iter().map(domain).collect::<Option<_>>()?
            }
        };
        let criteria = || groups.iter().flat_map(|group| &group.criteria);
        let max = criteria().try_fold(0_i64, |sum, criterion| sum.checked_add(criterion.max()))?;
        let rounds = Rounds { compiled, digits, criteria: criteria().count() };
        let entered = vec![0; compiled.set.criteria.len()];
        Some(Self { general, groups, rounds, max, entered })
    }

    /// The totals of all seats; `None` where the tree has to be asked.
    pub fn totals(&mut self, figures: &Figures) -> Vec<Option<Total>> {
        let mut totals = Vec::with_capacity(figures.seats());
        for (tile, entries) in figures.tiles() {
            let added = self.add_up(&Seats { tile, entries });
            totals.extend((0..entries.len()).map(|lane| self.rounds.total(&added, lane)));
        }
        totals
    }

    fn add_up(&mut self, seats: &Seats<'_>) -> Added {
        let mut added = Added::new(self.max, seats.plain(self.mark(seats)));
        for group in &mut self.groups {
            for criterion in &mut group.criteria {
                let entered = self.entered.get(criterion.node).copied().unwrap_or(0);
                criterion.add_to(&mut added, &mut self.general, seats, entered);
            }
            if self.general.at == RoundAt::Level {
                self.rounds.close(&mut added, group.criteria.len(), group.full);
            }
        }
        added
    }

    /// Notes for each node the seats for which a person entered something there; gives those where that is on criteria alone.
    fn mark(&mut self, seats: &Seats<'_>) -> Mask {
        self.entered.fill(0);
        let mut on_criteria = Mask::MAX;
        for (lane, entries) in seats.entries.iter().enumerate() {
            for (node, _) in entries.as_slice() {
                if !self.general.compiled.tree.is_leaf(*node) {
                    on_criteria &= !bit(lane);
                }
                if let Some(entered) = self.entered.get_mut(*node) {
                    *entered |= bit(lane);
                }
            }
        }
        on_criteria
    }
}

/// The decimals of the smallest unit of points in which criteria are added up.
fn smallest(at: RoundAt, kept: Digits, finest: Digits) -> Option<Digits> {
    match at {
        RoundAt::Leaf => Some(kept),
        RoundAt::Level | RoundAt::End => (finest < FINE).then_some(FINE),
    }
}

impl<'c> Group<'c> {
    /// The criteria below some nodes that count at the stage.
    fn new(general: &General<'c>, mode: RoundMode, nodes: &[usize]) -> Option<Self> {
        let compiled = general.compiled;
        let full = || general.scaled(&nodes.iter().map(|node| compiled.full(*node)).sum());
        let full = if general.at == RoundAt::Level { full()? } else { i64::MAX };
        let (mut criteria, mut open) = (Vec::new(), nodes.to_vec());
        while let Some(node) = open.pop() {
            open.extend(compiled.addends(node));
            if compiled.tree.is_leaf(node) && counts(general, node)? {
                criteria.push(Criterion::new(general, mode, node)?);
            }
        }
        criteria.sort_by_key(|criterion| criterion.node);
        Some(Self { criteria, full })
    }
}

fn counts(general: &General<'_>, node: usize) -> Option<bool> {
    let criterion = general.compiled.set.criteria.get(node)?;
    criterion.method?;
    Some(general.stage.counts(criterion))
}
