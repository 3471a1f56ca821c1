//! All units of a block at one stage: scored, ranked, and kept up to date fact by fact.

use std::sync::OnceLock;

use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::Rule;
use parindex_rulebook::set::Compiled;
use parindex_rulebook::settings::{RankBy, Ties};
use parindex_rulebook::slot::Slot;

use crate::columns::Columns;
use crate::figures::Figures;
use crate::kept::{Kept, Said};
use crate::sheet::{Entry, Sheet};
use crate::unit::{StageRules, Total, UnitScore};

/// One unit on the board.
#[derive(Clone, Debug)]
pub struct Seat {
    /// What the unit entered.
    pub sheet: Sheet,
    /// Whether it takes a rank.
    pub ranked: bool,
}

/// Where each node finds the points of the unit above: by seat and node.
pub type Above<'a> = dyn Fn(usize, usize) -> Option<Number> + 'a;

/// The scores of a block, with the order that gives its ranks.
pub struct Board<'c> {
    compiled: &'c Compiled,
    stage: StageRules<'c>,
    /// What all units have entered.
    figures: Figures,
    /// Whether each seat takes a rank.
    ranked: Vec<bool>,
    /// The sheet of each seat, once somebody has asked for it.
    sheets: Vec<OnceLock<Sheet>>,
    totals: Vec<Total>,
    /// The nodes of each seat, once somebody has asked for them.
    scores: Vec<OnceLock<UnitScore>>,
    /// For each seat what the unit above has, where a rule takes it.
    above: Vec<Vec<(usize, Number)>>,
    /// Ranked results, largest first.
    order: Vec<(Number, usize)>,
    /// What was approved: then nothing is scored.
    kept: Option<&'c [Kept]>,
}

impl<'c> Board<'c> {
    /// Scores and ranks all units by their sheets.
    pub fn new(compiled: &'c Compiled, stage: StageRules<'c>, seats: Vec<Seat>, above: &Above<'_>) -> Self {
        let figures = Figures::of(compiled, seats.iter().map(|seat| &seat.sheet));
        let ranked = seats.iter().map(|seat| seat.ranked).collect();
        let mut board = Self::unscored(compiled, stage, figures, ranked);
        board.sheets = seats.into_iter().map(|seat| OnceLock::from(seat.sheet)).collect();
        board.scored(above)
    }

    /// Scores and ranks all units by figures in columns; `ranked` says of each seat whether it takes a rank.
    pub fn of(
        compiled: &'c Compiled,
        stage: StageRules<'c>,
        figures: Figures,
        ranked: Vec<bool>,
        above: &Above<'_>,
    ) -> Self {
        Self::unscored(compiled, stage, figures, ranked).scored(above)
    }

    /// All units as they were approved, seat by seat: nothing is scored, nothing ranked.
    #[must_use]
    pub fn kept(compiled: &'c Compiled, stage: StageRules<'c>, figures: Figures, kept: &'c [Kept]) -> Self {
        let mut board = Self::unscored(compiled, stage, figures, Vec::new());
        board.kept = Some(kept);
        board
    }

    fn unscored(compiled: &'c Compiled, stage: StageRules<'c>, figures: Figures, ranked: Vec<bool>) -> Self {
        let seats = figures.seats();
        Self {
            compiled,
            stage,
            figures,
            ranked,
            sheets: vec![OnceLock::new(); seats],
            totals: Vec::new(),
            scores: vec![OnceLock::new(); seats],
            above: Vec::new(),
            order: Vec::new(),
            kept: None,
        }
    }

    fn scored(mut self, above: &Above<'_>) -> Self {
        let takes = |node: &usize| self.compiled.rules.get(*node).is_some_and(Rule::takes_parent);
        let taking: Vec<usize> = (0..self.compiled.rules.len()).filter(takes).collect();
        let of_seat =
            |seat: usize| taking.iter().filter_map(|node| Some((*node, above(seat, *node)?))).collect();
        if !taking.is_empty() {
            self.above = (0..self.figures.seats()).map(of_seat).collect();
        }
        self.totals = self.all_totals();
        self.order = (0..self.figures.seats()).filter_map(|seat| Some((self.result(seat)?, seat))).collect();
        // A seat comes up once, so that equals do not move and the faster sort may be taken.
        self.order.sort_unstable_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
        self
    }

    /// What was said about a seat when it was approved; none where it is scored now.
    #[must_use]
    pub fn said(&self, seat: usize) -> Option<&Said> {
        let said = |kept: &&'c Kept| &kept.said;
        self.kept.and_then(|kept| kept.get(seat)).as_ref().map(said)
    }

    /// The class of a seat with a full result, by the classes of a year.
    #[must_use]
    pub fn class(&self, seat: usize, year: i16) -> Option<&str> {
        if let Some(kept) = self.kept {
            return kept.get(seat)?.class.as_deref();
        }
        let complete = self.total(seat)?.complete()?;
        self.compiled.set.settings.classify(&complete.index, year)
    }

    /// All totals, by adding up where that is enough.
    fn all_totals(&self) -> Vec<Total> {
        let added = match Columns::new(self.compiled, self.stage) {
            Some(mut columns) => columns.totals(&self.figures),
            None => vec![None; self.figures.seats()],
        };
        let by_tree = |seat: usize| self.score(seat).map(|score| score.total().clone());
        let total =
            |(seat, added): (usize, Option<Total>)| added.or_else(|| by_tree(seat)).unwrap_or_default();
        added.into_iter().enumerate().map(total).collect()
    }

    /// The set behind the board.
    #[must_use]
    pub fn compiled(&self) -> &'c Compiled {
        self.compiled
    }

    /// How the stage counts.
    #[must_use]
    pub fn stage(&self) -> &StageRules<'c> {
        &self.stage
    }

    /// The score of a seat, with all its nodes.
    #[must_use]
    pub fn score(&self, seat: usize) -> Option<&UnitScore> {
        if let Some(kept) = self.kept {
            return kept.get(seat).map(|kept| &kept.score);
        }
        let sheet = self.sheet(seat)?;
        let above = |node: usize| self.above_of(seat, node);
        let score = || UnitScore::new(self.compiled, sheet, &self.stage, &above);
        self.scores.get(seat).map(|place| place.get_or_init(score))
    }

    /// The result of a seat, without its nodes.
    #[must_use]
    pub fn total(&self, seat: usize) -> Option<&Total> {
        if let Some(kept) = self.kept {
            return kept.get(seat).map(|kept| kept.score.total());
        }
        self.totals.get(seat)
    }

    /// All results, seat by seat, without their nodes.
    pub fn totals(&self) -> impl Iterator<Item = &Total> {
        let kept = self.kept.unwrap_or_default().iter().map(|kept| kept.score.total());
        kept.chain(&self.totals)
    }

    fn above_of(&self, seat: usize, node: usize) -> Option<Number> {
        let kept = self.above.get(seat)?;
        kept.iter().find(|(of, _)| *of == node).map(|(_, points)| points.clone())
    }

    /// What a seat entered.
    #[must_use]
    pub fn sheet(&self, seat: usize) -> Option<&Sheet> {
        let place = self.sheets.get(seat)?;
        if place.get().is_none() {
            let _laid_out_meanwhile = place.set(self.figures.sheet(seat)?);
        }
        place.get()
    }

    /// How many units have a rank.
    #[must_use]
    pub fn ranked(&self) -> usize {
        if let Some(kept) = self.kept {
            return kept.iter().filter(|kept| kept.rank.is_some()).count();
        }
        self.order.len()
    }

    /// The rank of a seat; `None` when it takes none.
    #[must_use]
    pub fn rank(&self, seat: usize) -> Option<usize> {
        if let Some(kept) = self.kept {
            return kept.get(seat)?.rank;
        }
        let result = self.result(seat)?;
        let better = self.order.partition_point(|(other, _)| *other > result);
        let ahead = self.order.get(..better).unwrap_or_default();
        Some(match self.compiled.set.settings.ties {
            Ties::Competition => better + 1,
            Ties::Dense => ahead.chunk_by(|left, right| left.0 == right.0).count() + 1,
        })
    }

    /// Enters one value; recomputes only the criteria that read it and what stands above them.
    pub fn set_value(&mut self, seat: usize, slot: Slot, value: Value) {
        if let Some(sheet) = self.sheets.get_mut(seat).and_then(OnceLock::get_mut) {
            sheet.set_value(slot, value.clone());
        }
        self.figures.set_value(seat, slot, value);
        let leaves = self.compiled.readers.get(slot.index()).map_or(&[][..], Vec::as_slice);
        self.refresh(seat, leaves);
    }

    /// Enters points for one criterion, or that it does not apply.
    pub fn set_entry(&mut self, seat: usize, node: usize, entry: Entry) {
        if let Some(sheet) = self.sheets.get_mut(seat).and_then(OnceLock::get_mut) {
            sheet.set_entry(node, entry.clone());
        }
        self.figures.set_entry(seat, node, entry);
        self.refresh(seat, &[node]);
    }

    /// Points that come from the unit above do not change while its own unit is edited.
    fn refresh(&mut self, seat: usize, leaves: &[usize]) {
        let before = self.result(seat);
        let total = match self.scores.get_mut(seat).and_then(OnceLock::take) {
            Some(mut score) => {
                let total = self.updated(seat, &mut score, leaves);
                if let Some(place) = self.scores.get(seat) {
                    let _taken_above = place.set(score);
                }
                total
            }
            // Nobody has asked for its nodes yet; they are made from the sheet as it is now.
            None => self.score(seat).map(|score| score.total().clone()),
        };
        if let (Some(total), Some(place)) = (total, self.totals.get_mut(seat)) {
            *place = total;
        }
        let after = self.result(seat);
        if before != after {
            self.reseat(seat, before.as_ref(), after);
        }
    }

    fn updated(&self, seat: usize, score: &mut UnitScore, leaves: &[usize]) -> Option<Total> {
        let sheet = self.sheet(seat)?;
        let above = |node: usize| self.above_of(seat, node);
        for leaf in leaves {
            score.update(self.compiled, sheet, &self.stage, &above, *leaf);
        }
        // A value that only a check reads still makes an empty sheet a begun one.
        score.add_up(self.compiled, sheet);
        Some(score.total().clone())
    }

    fn reseat(&mut self, seat: usize, before: Option<&Number>, after: Option<Number>) {
        if let Some(before) = before {
            let start = self.order.partition_point(|(other, _)| other > before);
            let tied = self.order.iter().skip(start).position(|(_, of)| *of == seat);
            if let Some(offset) = tied {
                self.order.remove(start + offset);
            }
        }
        if let Some(after) = after {
            let place = self.order.partition_point(|(other, _)| *other >= after);
            self.order.insert(place, (after, seat));
        }
    }

    /// What the rank of a seat compares.
    fn result(&self, seat: usize) -> Option<Number> {
        self.ranked.get(seat).filter(|ranked| **ranked)?;
        let complete = self.totals.get(seat)?.complete()?;
        Some(match self.compiled.set.settings.index.rank_by {
            RankBy::Published => complete.index.clone(),
            RankBy::Exact => complete.exact_index.clone()?,
        })
    }
}
