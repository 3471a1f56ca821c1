//! Why something cannot be done now, and what to do about it: one enum for each word, so that nothing is refused without a sentence.

use parindex_rulebook::lang::{Lang, Say};

use crate::procedure::VoteRefusal;

mod account;
mod calendar;
mod campaign;
mod criteria_set;
mod evidence;
mod restore;
mod role;
mod sheet;
mod unit;
mod visit;

pub use account::AccountRefusal;
pub use calendar::CalendarRefusal;
pub use campaign::CampaignRefusal;
pub use criteria_set::CriteriaSetRefusal;
pub use evidence::EvidenceRefusal;
pub use restore::RestoreRefusal;
pub use role::RoleRefusal;
pub use sheet::SheetRefusal;
pub use unit::UnitRefusal;
pub use visit::VisitRefusal;

/// Why not now, by what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Why an account is not used or changed now.
    Account(AccountRefusal),
    /// Why a special day is not added or removed.
    Calendar(CalendarRefusal),
    /// Why a campaign, its rounds or its members stay as they are.
    Campaign(CampaignRefusal),
    /// Why a version of a criteria set is not used or changed.
    CriteriaSet(CriteriaSetRefusal),
    /// Why a document is not kept or removed.
    Evidence(EvidenceRefusal),
    /// Why a backup is not restored.
    Restore(RestoreRefusal),
    /// Why a role is not given.
    Role(RoleRefusal),
    /// Why a sheet stays as it is, or is not decided about.
    Sheet(SheetRefusal),
    /// Why a unit stays as it is.
    Unit(UnitRefusal),
    /// Why a check on the spot is not recorded or withdrawn.
    Visit(VisitRefusal),
    /// Why the council does not vote, or does not conclude.
    Vote(VoteRefusal),
}

impl Say for NotNow {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Account(why) => why.say(lang),
            Self::Calendar(why) => why.say(lang),
            Self::Campaign(why) => why.say(lang),
            Self::CriteriaSet(why) => why.say(lang),
            Self::Evidence(why) => why.say(lang),
            Self::Restore(why) => why.say(lang),
            Self::Role(why) => why.say(lang),
            Self::Sheet(why) => why.say(lang),
            Self::Unit(why) => why.say(lang),
            Self::Visit(why) => why.say(lang),
            Self::Vote(why) => why.say(lang),
        }
    }
}

impl From<AccountRefusal> for NotNow {
    fn from(why: AccountRefusal) -> Self {
        Self::Account(why)
    }
}

impl From<CalendarRefusal> for NotNow {
    fn from(why: CalendarRefusal) -> Self {
        Self::Calendar(why)
    }
}

impl From<CampaignRefusal> for NotNow {
    fn from(why: CampaignRefusal) -> Self {
        Self::Campaign(why)
    }
}

impl From<CriteriaSetRefusal> for NotNow {
    fn from(why: CriteriaSetRefusal) -> Self {
        Self::CriteriaSet(why)
    }
}

impl From<EvidenceRefusal> for NotNow {
    fn from(why: EvidenceRefusal) -> Self {
        Self::Evidence(why)
    }
}

impl From<RestoreRefusal> for NotNow {
    fn from(why: RestoreRefusal) -> Self {
        Self::Restore(why)
    }
}

impl From<RoleRefusal> for NotNow {
    fn from(why: RoleRefusal) -> Self {
        Self::Role(why)
    }
}

impl From<SheetRefusal> for NotNow {
    fn from(why: SheetRefusal) -> Self {
        Self::Sheet(why)
    }
}

impl From<UnitRefusal> for NotNow {
    fn from(why: UnitRefusal) -> Self {
        Self::Unit(why)
    }
}

impl From<VisitRefusal> for NotNow {
    fn from(why: VisitRefusal) -> Self {
        Self::Visit(why)
    }
}

impl From<VoteRefusal> for NotNow {
    fn from(why: VoteRefusal) -> Self {
        Self::Vote(why)
    }
}
