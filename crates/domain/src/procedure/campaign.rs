//! A campaign as its procedure sees it: its stages with windows, its blocks, the units in them.

use parindex_rulebook::set::{Criterion, Method};

use super::{Base, Life, Moment, Phase, Round, SheetState, Visibility};
use crate::campaign::{About, Standing};

/// One year's determination of the index as it runs: who may do what, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// The row.
    pub id: i64,
    /// What it is called, and which days it is about.
    pub about: About,
    /// How far it is.
    pub life: Life,
    /// Grows with everything that can change a point.
    pub revision: i64,
    /// What units see of each other.
    pub visibility: Visibility,
    /// Of whom more than half decide in the council.
    pub base: Base,
    /// Its stages in order.
    pub stages: Vec<Stage>,
}

impl std::ops::Deref for Campaign {
    type Target = About;

    fn deref(&self) -> &About {
        &self.about
    }
}

/// A stage with its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The row.
    pub id: i64,
    /// Its place; the first is self-assessment.
    pub place: i64,
    /// A short code.
    pub code: String,
    pub name: String,
    /// The methods that count; all when `None`.
    pub counts: Option<Vec<Method>>,
    /// When it is open, and what became of its draft.
    pub round: Round,
}

impl Stage {
    /// Whether a criterion is scored at this stage.
    #[must_use]
    pub fn counts(&self, criterion: &Criterion) -> bool {
        criterion.is_scored_among(self.counts.as_deref())
    }

    /// Where a moment stands; a stage without a window has not opened.
    #[must_use]
    pub fn phase(&self, more: Option<Moment>, now: Moment) -> Phase {
        self.round.window.map_or(Phase::Before(Moment::MAX), |window| window.phase(more, now))
    }
}

/// A block and the version of the criteria set that it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The row.
    pub id: i64,
    /// A short code.
    pub code: String,
    pub name: String,
    /// The criteria set.
    pub set: i64,
    /// The number of its version.
    pub number: i64,
    /// Whether the version is a draft that can still change.
    pub draft: bool,
}

/// A unit in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The row.
    pub id: i64,
    pub campaign: i64,
    pub block: i64,
    /// The unit of the list, where it is in one.
    pub unit: Option<i64>,
    pub code: String,
    pub name: String,
    /// The code of the unit above, where points depend on it.
    pub parent: Option<String>,
    /// Whether it is assessed and ranked.
    pub standing: Standing,
    /// How far its sheet is.
    pub sheet_state: SheetState,
    /// Until when it was given more time.
    pub more: Option<Moment>,
}

/// A campaign with its stages, its blocks and all its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignDetail {
    pub campaign: Campaign,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// All members, block by block, in order.
    pub members: Vec<Member>,
}

/// What can be asked of a campaign can be asked of one with its members.
impl std::ops::Deref for CampaignDetail {
    type Target = Campaign;

    fn deref(&self) -> &Campaign {
        &self.campaign
    }
}

impl CampaignDetail {
    /// The rows of all members.
    #[must_use]
    pub fn ids(&self) -> Vec<i64> {
        self.members.iter().map(|member| member.id).collect()
    }

    /// A block by its row.
    #[must_use]
    pub fn block(&self, id: i64) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == id)
    }

    /// A member by its row.
    #[must_use]
    pub fn member(&self, id: i64) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }
}
