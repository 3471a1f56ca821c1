//! A campaign: one year's determination of the index for blocks of units, in stages.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use parindex_rulebook::calendar::Calendar;
use parindex_rulebook::input::Value;
use parindex_rulebook::number::Number;
use parindex_rulebook::set::{Compiled, Criterion, Method};
use parindex_rulebook::slot::Slot;
use parindex_scoring::figures::Figures;
use parindex_scoring::sheet::{Entry, Sheet};

mod approved;
mod begun;
mod day;
mod due;
mod result;
mod score;

pub use approved::{ApprovedSheet, ApprovedText, InvalidApproved, ResultHash};
pub use begun::{begun, left_out};
pub use day::{DayOf, Outside, TooFar, assessed_years, is_far, outside};
pub use due::{DueProblem, due_problems};
pub use result::{CampaignResult, CriterionResult, Standing, Status, UnitResult, decimal};
pub use score::{ScoreProblem, Scored};

/// A campaign with all that was entered.
#[derive(Clone, Debug)]
pub struct CampaignData {
    pub about: About,
    /// The stages, in order; what is entered at one holds at the next until something else is entered.
    pub stages: Vec<StageData>,
    /// The blocks, each ranked apart.
    pub blocks: Vec<BlockData>,
    /// Which days are worked.
    pub calendar: Calendar,
}

/// What a campaign is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// A short code.
    pub code: String,
    pub title: String,
    /// The assessed year.
    pub year: i16,
    /// The first assessed day.
    pub from: Option<Date>,
    /// The last assessed day.
    pub to: Option<Date>,
    /// The decision it comes from.
    pub legal_basis: String,
    /// Anything a reader must know.
    pub note: String,
}

impl About {
    /// The first and the last assessed day: the whole year unless the decision says otherwise.
    #[must_use]
    pub fn period(&self) -> (Date, Date) {
        let day = |month, day| Date::new(self.year, month, day).unwrap_or(Date::ZERO);
        (self.from.unwrap_or_else(|| day(1, 1)), self.to.unwrap_or_else(|| day(12, 31)))
    }
}

/// One stage: self-assessment, appraisal rounds, the final result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageData {
    /// A short code: `self`, `appraisal-1`, `final`.
    pub code: String,
    /// The name people read.
    pub name: String,
    /// The methods whose criteria count at this stage; all when `None`.
    pub counts: Option<Vec<Method>>,
}

impl StageData {
    /// Whether a criterion is scored at this stage.
    #[must_use]
    pub fn counts(&self, criterion: &Criterion) -> bool {
        criterion.is_scored_among(self.counts.as_deref())
    }
}

/// Units that are ranked together, against one criteria set.
#[derive(Clone, Debug)]
pub struct BlockData {
    /// A short code.
    pub code: String,
    /// The name people read.
    pub name: String,
    /// The criteria set, ready for scoring.
    pub set: Arc<Compiled>,
    /// The units.
    pub members: Vec<MemberData>,
    /// All that was entered, in the order of the stages.
    pub entered: Vec<Entered>,
}

/// A unit in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberData {
    /// Its code, unique in the campaign.
    pub code: String,
    pub name: String,
    /// The code of the unit above, where that matters.
    pub parent: Option<String>,
    /// Whether it is assessed and ranked.
    pub standing: Standing,
    /// Whether it still fills in its sheet: a date that nobody touched is then awaited, and not "never done".
    pub open: bool,
}

/// One thing that was entered for a unit at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The stage's place.
    pub stage: usize,
    /// The member's place.
    pub member: usize,
    pub what: What,
    /// Where it comes from; the rows of one source share its name.
    pub source: Arc<str>,
}

/// The name of the source of each row, in turn: rows that follow each other mostly have the same one.
#[derive(Debug, Default)]
pub struct Sources(Arc<str>);

impl Sources {
    /// The name for the next row.
    ///
    /// ```
    /// use parindex_domain::campaign::Sources;
    /// let mut sources = Sources::default();
    /// let (first, second) = (sources.next("SIPAS"), sources.next("SIPAS"));
    /// assert!(std::sync::Arc::ptr_eq(&first, &second));
    /// assert_eq!(&*sources.next(""), "");
    /// ```
    pub fn next(&mut self, name: &str) -> Arc<str> {
        if &*self.0 != name {
            self.0 = Arc::from(name);
        }
        Arc::clone(&self.0)
    }
}

/// What can be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The value of an input.
    Value(Slot, Value),
    /// A criterion does not apply.
    NotApplicable(usize),
    /// Points for a criterion.
    Points(usize, Number),
}

impl CampaignData {
    /// The place of a stage by its code.
    #[must_use]
    pub fn stage(&self, code: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.code == code)
    }

    /// The block and place of a unit by its code.
    #[must_use]
    pub fn member(&self, code: &str) -> Option<(usize, usize)> {
        let in_block = |block: &BlockData| block.members.iter().position(|member| member.code == code);
        self.blocks.iter().enumerate().find_map(|(at, block)| Some((at, in_block(block)?)))
    }
}

impl BlockData {
    /// What all members have entered up to a stage, the latest winning.
    ///
    /// Points that a person set in place of a rule stand until a later stage enters a figure of that rule anew.
    #[must_use]
    pub fn figures(&self, stage: usize) -> Figures {
        let mut figures = Figures::new(&self.set, self.members.len());
        for (seat, member) in self.members.iter().enumerate() {
            figures.set_open(seat, member.open);
        }
        let mut set_at: HashMap<(usize, usize), usize> = HashMap::new();
        for each in self.by_stage(stage) {
            match &each.what {
                What::Value(slot, value) => {
                    figures.set_value(each.member, *slot, value.clone());
                    // A figure says that the criterion applies, and all that it is a part of.
                    for node in self.set.readers.get(slot.index()).into_iter().flatten() {
                        for node in std::iter::once(*node).chain(self.set.tree.ancestors(*node)) {
                            if set_at.get(&(each.member, node)).is_some_and(|earlier| *earlier < each.stage) {
                                figures.set_entry(each.member, node, Entry::Nothing);
                            }
                        }
                    }
                }
                What::NotApplicable(node) => {
                    figures.set_entry(each.member, *node, Entry::NotApplicable);
                    set_at.insert((each.member, *node), each.stage);
                }
                What::Points(node, points) => {
                    for above in self.set.tree.ancestors(*node) {
                        if set_at.get(&(each.member, above)).is_some_and(|earlier| *earlier < each.stage) {
                            figures.set_entry(each.member, above, Entry::Nothing);
                        }
                    }
                    figures.set_entry(each.member, *node, Entry::Points(points.clone()));
                    set_at.insert((each.member, *node), each.stage);
                }
            }
        }
        figures
    }

    /// The same, sheet by sheet.
    #[must_use]
    pub fn sheets(&self, stage: usize) -> Vec<Sheet> {
        let figures = self.figures(stage);
        (0..figures.seats()).filter_map(|seat| figures.sheet(seat)).collect()
    }

    /// What was entered up to a stage, stage by stage, and in each the figures first. The rows are walked again for each instead of
    /// sorted: a sorted list of a million rows takes more time and room.
    fn by_stage(&self, stage: usize) -> impl Iterator<Item = &Entered> {
        let is_value = |each: &Entered| matches!(each.what, What::Value(..));
        let last = self.entered.iter().map(|each| each.stage).filter(|of| *of <= stage).max();
        let turns = last.into_iter().flat_map(|last| (0..=last).flat_map(|of| [(of, true), (of, false)]));
        turns.flat_map(move |(of, values)| {
            self.entered.iter().filter(move |each| each.stage == of && is_value(each) == values)
        })
    }
}
