//! Scoring a whole campaign at one stage.

use std::collections::HashMap;

use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use parindex_scoring::board::Board;
use parindex_scoring::kept::Kept;
use parindex_scoring::unit::{StageRules, UnitScore};

use super::{BlockData, CampaignData, Standing};

/// The boards of all blocks at one stage.
pub struct Scored<'c> {
    pub campaign: &'c CampaignData,
    /// The stage's place.
    pub stage: usize,
    /// A board for each block, with a seat for each member.
    pub boards: Vec<Board<'c>>,
    above: Above,
}

/// The points of units above others: by block, seat and node.
type Above = HashMap<(usize, usize, usize), Number>;

/// Why a campaign cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScoreProblem {
    /// There is no such stage.
    NoStage(String, Vec<String>),
    /// A unit stands above itself.
    ParentCycle(String),
}

impl Say for ScoreProblem {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NoStage(code, known) => {
                let known = known.join(", ");
                lang.pick(
                    format!("không có bước «{code}»; các bước: {known}"),
                    format!("there is no stage “{code}”; the stages are: {known}"),
                )
            }
            Self::ParentCycle(code) => lang.pick(
                format!("đơn vị «{code}» là cấp trên của chính nó; hãy sửa cột đơn vị cấp trên"),
                format!("unit “{code}” stands above itself; correct its parent"),
            ),
        }
    }
}

impl CampaignData {
    /// Scores every block at a stage.
    ///
    /// # Errors
    /// [`ScoreProblem::ParentCycle`] when units stand above each other in a circle.
    pub fn score(&self, stage: usize) -> Result<Scored<'_>, ScoreProblem> {
        let above = self.points_from_above(stage)?;
        let boards = self.blocks.iter().enumerate().map(|(at, block)| {
            let ranked = block.members.iter().map(|member| member.standing == Standing::Ranked).collect();
            Board::of(&block.set, self.rules(stage), block.figures(stage), ranked, &|seat, node| {
                above.get(&(at, seat, node)).cloned()
            })
        });
        let boards = boards.collect();
        Ok(Scored { campaign: self, stage, boards, above })
    }

    /// Every block at a stage as it was approved, seat by seat.
    #[must_use]
    pub fn as_approved<'c>(&'c self, stage: usize, kept: &'c [Vec<Kept>]) -> Scored<'c> {
        let boards = self
            .blocks
            .iter()
            .zip(kept)
            .map(|(block, kept)| Board::kept(&block.set, self.rules(stage), block.figures(stage), kept));
        Scored { campaign: self, stage, boards: boards.collect(), above: Above::new() }
    }

    fn rules(&self, stage: usize) -> StageRules<'_> {
        let counts = self.stages.get(stage).and_then(|stage| stage.counts.as_deref());
        StageRules { calendar: &self.calendar, counts }
    }

    /// What the rules that take the points of the unit above find there; units higher up are scored first.
    fn points_from_above(&self, stage: usize) -> Result<Above, ScoreProblem> {
        let mut above = Above::new();
        let taking = |block: &BlockData| block.set.takes_parent;
        if !self.blocks.iter().any(taking) {
            return Ok(above);
        }
        let sheets: Vec<_> = self.blocks.iter().map(|block| block.sheets(stage)).collect();
        let mut points: HashMap<(&str, &str), Number> = HashMap::new();
        for (at, seat) in self.top_down()? {
            let Some((block, member)) =
                self.blocks.get(at).and_then(|block| Some((block, block.members.get(seat)?)))
            else {
                continue;
            };
            for (node, criterion) in block.set.set.criteria.iter().enumerate() {
                let inherited = member
                    .parent
                    .as_deref()
                    .and_then(|parent| points.get(&(parent, criterion.code.as_str())));
                if let Some(inherited) = inherited {
                    above.insert((at, seat, node), inherited.clone());
                }
            }
            let Some(sheet) = sheets.get(at).and_then(|sheets| sheets.get(seat)) else { continue };
            let find = |node: usize| above.get(&(at, seat, node)).cloned();
            let score = UnitScore::new(&block.set, sheet, &self.rules(stage), &find);
            for (node, criterion) in block.set.set.criteria.iter().enumerate() {
                if let Some(found) = score.cell(node).points() {
                    points.insert((&member.code, &criterion.code), found.clone());
                }
            }
        }
        Ok(above)
    }

    /// Whether the units above form no circle.
    ///
    /// # Errors
    /// [`ScoreProblem::ParentCycle`] with a unit of the circle.
    pub fn check_parents(&self) -> Result<(), ScoreProblem> {
        self.top_down().map(|_| ())
    }

    /// All members, each after the unit above it.
    fn top_down(&self) -> Result<Vec<(usize, usize)>, ScoreProblem> {
        let parents: HashMap<&str, Option<&str>> = self
            .blocks
            .iter()
            .flat_map(|block| &block.members)
            .map(|member| (member.code.as_str(), member.parent.as_deref()))
            .collect();
        let depth = |code: &str| {
            let above = |code: &&str| parents.get(code).copied().flatten();
            let depth = std::iter::successors(above(&code), above).take(parents.len() + 1).count();
            if depth > parents.len() { Err(ScoreProblem::ParentCycle(code.to_owned())) } else { Ok(depth) }
        };
        let mut order = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            for (seat, member) in block.members.iter().enumerate() {
                order.push((depth(&member.code)?, at, seat));
            }
        }
        order.sort_unstable();
        Ok(order.into_iter().map(|(_, at, seat)| (at, seat)).collect())
    }
}

impl Scored<'_> {
    /// The points of a node for the unit at a seat of a block; none while it has none, or where there is no such place.
    #[must_use]
    pub fn points(&self, block: usize, seat: usize, node: usize) -> Option<&Number> {
        self.boards.get(block)?.score(seat)?.cell(node).points()
    }

    /// What the unit above has for a node, where a rule takes it.
    #[must_use]
    pub fn above(&self, block: usize, seat: usize, node: usize) -> Option<&Number> {
        self.above.get(&(block, seat, node))
    }
}
