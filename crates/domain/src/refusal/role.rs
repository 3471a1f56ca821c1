//! Why a role is not given.

use parindex_rulebook::lang::{Lang, Say};

/// Why a role is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRefusal {
    /// The role needs a unit.
    NeedsUnit,
    /// The role is held everywhere.
    NoUnit,
    /// The role has nothing to do with campaigns.
    NoCampaign,
    /// Only appraisers are given domains.
    NoRemit,
    /// Nobody gives himself a role.
    OwnRole,
    /// Whoever is of the standing body decides nothing about it in the place of the chair.
    OfStandingBody,
    /// The person sees less of the campaign than whoever decides in it.
    SeesLess,
}

impl Say for RoleRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::NeedsUnit => (
                "Vai trò này gắn với một đơn vị; hãy chọn đơn vị.",
                "This role is held for a unit; choose one.",
            ),
            Self::NoUnit => (
                "Vai trò này không gắn với một đơn vị nào; hãy để trống ô đơn vị.",
                "This role is held for no single unit; leave the unit empty.",
            ),
            Self::NoCampaign => (
                "Vai trò này không gắn với đợt đánh giá nào; hãy để trống ô đợt đánh giá.",
                "This role has nothing to do with campaigns; leave the campaign empty.",
            ),
            Self::NoRemit => (
                "Chỉ người thẩm định được giao lĩnh vực; hãy để trống ô lĩnh vực.",
                "Only appraisers are given domains; leave the domains empty.",
            ),
            Self::OwnRole => (
                "Không ai tự giao vai trò cho mình; hãy nhờ một người quản trị khác.",
                "Nobody gives himself a role; ask another administrator.",
            ),
            Self::OfStandingBody => (
                "Người này thuộc chính đơn vị của cơ quan thường trực; hãy chọn một người của đơn vị khác.",
                "This is somebody of the standing body’s own unit; choose somebody of another one.",
            ),
            Self::SeesLess => (
                "Người này chưa có vai trò xem điểm của mọi đơn vị trong đợt đánh giá; hãy chọn người trong Hội đồng hoặc người thẩm định.",
                "This person holds no role that sees the points of all units; choose a member of the council or an appraiser.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
