//! The course of a campaign: windows that open and lock by themselves, sheets that are submitted and given back, approval.
//!
//! Times are microseconds since 1970 in UTC and come in as arguments. What is open follows from them alone: a server that was
//! down at a deadline finds everything as locked as if it had been there.

mod appraisal;
mod council;
mod entry;
mod life;
mod locked;
mod round;
mod sheet;
mod sight;
mod unsettled;
mod window;

pub use appraisal::{Ruling, RulingKind, Side};
pub use council::{Base, Choice, Count, VoteRefusal};
pub use entry::EntryKind;
pub use life::{Life, LifeRefusal, LifeStep, Missing};
pub use locked::Locked;
pub use round::Round;
pub use sheet::{Paper, SheetAct};
pub use sight::Sight;
pub use unsettled::Unsettled;
pub use window::{InvalidWindow, Phase, Window};

pub use crate::moment::Moment;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The name, as the log keeps it.
    pub by: String,
    /// When.
    pub at: Moment,
}
