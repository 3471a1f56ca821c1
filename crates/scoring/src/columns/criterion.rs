//! One criterion that counts at the stage, and what it adds to the sums of all seats.

use parindex_rulebook::number::RoundMode;
use parindex_rulebook::rule::{Body, Rule};
use parindex_rulebook::set::NotApplicable;
use parindex_rulebook::slot::Slot;

use super::added::Added;
use super::fraction::Fraction;
use super::gains::{Earned, Gains, Unit};
use super::general::General;
use super::make::Making;
use super::memo::Memo;
use super::program::{Program, Terms};
use super::seats::Seats;
use crate::figures::mask::{Mask, lanes, put};
use crate::sheet::Entry;

/// A criterion ready for columns.
pub(super) struct Criterion<'c> {
    pub node: usize,
    rule: &'c Rule<Slot>,
    unit: Unit,
    way: Way,
    not_applicable: Option<NotApplicable>,
    /// What it gave the last seats, and room for the next.
    gains: Gains,
}

/// How its points are found.
enum Way {
    Program(Program, Terms),
    Memo(Memo),
    /// By the general evaluator, seat by seat.
    Ask,
}

impl<'c> Criterion<'c> {
    /// `None` where the maximum is no whole number of the smallest unit of points.
    pub fn new(general: &General<'c>, mode: RoundMode, node: usize) -> Option<Self> {
        let compiled = general.compiled;
        let unit = Unit { scale: general.scale(), max: general.scaled(compiled.max(node))?, mode };
        let rule = compiled.rules.get(node)?;
        let program = || {
            let making = Making { compiled, max: Fraction::of(compiled.max(node))?, unit };
            Some(Way::Program(making.program(&rule.body)?, making.terms(rule)?))
        };
        let memo = || compiled.reads.get(node).and_then(|reads| Memo::new(reads)).map(Way::Memo);
        let way = program().or_else(memo).unwrap_or(Way::Ask);
        let not_applicable = compiled.set.criteria.get(node)?.not_applicable;
        Some(Self { node, rule, unit, way, not_applicable, gains: Gains::NONE })
    }

    /// The maximum in the smallest unit of points.
    pub fn max(&self) -> i64 {
        self.unit.max
    }

    /// Adds its points to the sums of all seats that need no tree; `entered` are those for which a person entered something here.
    pub fn add_to(&mut self, added: &mut Added, general: &mut General<'_>, seats: &Seats<'_>, entered: Mask) {
        let node = self.node;
        let mut asked = |lane: usize| general.earned(node, seats, lane);
        let gains = &mut self.gains;
        match &mut self.way {
            Way::Program(program, terms) => program.give(seats.tile, terms, gains),
            Way::Memo(memo) => memo.give(seats.tile, added.plain & !entered, gains, &mut asked),
            Way::Ask => gains.ask_all(),
        }
        put(&mut gains.points, entered, 0);
        for (sum, points) in added.points.iter_mut().zip(&gains.points) {
            *sum += points;
        }
        let (absent, ask) = (gains.absent & !entered, gains.ask | entered);
        added.plain &= !(gains.tree & !entered);
        for lane in lanes(absent & added.plain) {
            self.take(added, lane, Some(Earned::NotApplicable));
        }
        for lane in lanes(ask & added.plain) {
            let points = self.entered(seats.entry(lane, node)).map(Earned::Points);
            self.take(added, lane, points.or_else(|| asked(lane)));
        }
    }

    /// Points that a person set, where nothing but the maximum limits them.
    fn entered(&self, entry: &Entry) -> Option<i64> {
        match entry {
            Entry::Points(points) if !matches!(self.rule.body, Body::Judgement { step: Some(_) }) => {
                self.unit.entered(points)
            }
            _ => None,
        }
    }

    fn take(&self, added: &mut Added, lane: usize, earned: Option<Earned>) {
        match (earned, self.not_applicable) {
            (Some(Earned::Points(points)), _) => added.add(lane, points),
            (Some(Earned::NotApplicable), Some(NotApplicable::Full)) => added.add(lane, self.unit.max),
            (Some(Earned::NotApplicable), Some(NotApplicable::Zero)) => {}
            (Some(Earned::NotApplicable), Some(NotApplicable::LeaveOut)) => {
                added.leave_out(lane, self.unit.max);
            }
            (Some(Earned::NotApplicable), Some(NotApplicable::Rescale) | None) | (None, _) => {
                added.ask_tree(lane);
            }
        }
    }
}
