//! The course of a campaign: windows that open and lock by themselves, sheets that are submitted and given back, approval.
//!
//! Times are microseconds since 1970 in UTC and come in as arguments. What is open follows from them alone: a server that was
//! down at a deadline finds everything as locked as if it had been there.

mod appraisal;
mod campaign;
mod council;
mod course;
mod entry;
mod life;
mod locked;
mod round;
mod sheet;
mod unsettled;
mod visibility;
mod window;

pub use appraisal::{Ruling, RulingKind, Side};
pub use campaign::{Block, Campaign, CampaignDetail, Member, Stage};
pub use council::{Base, Choice, Count, VoteRefusal};
pub use entry::EntryKind;
pub use life::{Life, LifeRefusal, LifeStep, Missing};
pub use locked::Locked;
pub use round::Round;
pub use sheet::{SheetAct, SheetState};
pub use unsettled::Unsettled;
pub use visibility::Visibility;
pub use window::{InvalidWindow, Phase, Window};

pub use crate::moment::Moment;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The name, as the log keeps it.
    pub by: String,
    pub at: Moment,
}
