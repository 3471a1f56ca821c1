//! What people are in the work of the index.

use parindex_rulebook::lang::{Lang, Say};

use super::Act;

/// What a person is in the work of the index. The administrator of the system sees no scores by virtue of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Quản trị hệ thống: accounts, units, settings.
    Administrator,
    /// Kiểm toán: reads the log.
    Auditor,
    /// Cơ quan thường trực (Sở Nội vụ).
    StandingBody,
    /// Chủ tịch Hội đồng.
    Chair,
    /// Phó Chủ tịch Hội đồng.
    ViceChair,
    /// Ủy viên Hội đồng.
    Member,
    /// Thư ký Hội đồng.
    Secretary,
    /// Người được Chủ tịch Hội đồng ủy quyền: decides in the chair’s place about the standing body’s own unit.
    Substitute,
    /// Người thẩm định, by domain.
    Appraiser,
    /// Cán bộ của đơn vị, who fills in its sheet.
    Officer,
    /// Thủ trưởng đơn vị, who signs.
    Head,
    /// Cán bộ của cơ quan được giao một phần phiếu.
    Delegate,
    /// Cơ quan điều tra xã hội học.
    SurveyBody,
    /// Người theo dõi.
    Observer,
}

impl Role {
    /// All roles, in the order in which people are shown them.
    pub const ALL: [Self; 14] = [
        Self::Administrator,
        Self::Auditor,
        Self::StandingBody,
        Self::Chair,
        Self::ViceChair,
        Self::Member,
        Self::Secretary,
        Self::Substitute,
        Self::Appraiser,
        Self::Officer,
        Self::Head,
        Self::Delegate,
        Self::SurveyBody,
        Self::Observer,
    ];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
            Self::StandingBody => "standing-body",
            Self::Chair => "chair",
            Self::ViceChair => "vice-chair",
            Self::Member => "member",
            Self::Secretary => "secretary",
            Self::Substitute => "substitute",
            Self::Appraiser => "appraiser",
            Self::Officer => "officer",
            Self::Head => "head",
            Self::Delegate => "delegate",
            Self::SurveyBody => "survey-body",
            Self::Observer => "observer",
        }
    }

    /// The role of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The act of giving or taking this role. Roles of the system are not for whoever runs campaigns to give, else one
    /// who may give roles could give himself all of them. Nor does the standing body choose who decides about its own unit: the
    /// chair names him for a campaign, or an administrator writes down that he did.
    #[must_use]
    pub fn giving(self) -> Act {
        match self {
            Self::Administrator | Self::Auditor | Self::StandingBody | Self::Substitute => Act::AppointSystem,
            _ => Act::Appoint,
        }
    }

    /// Whether the role can be held for one campaign. The administrator and the auditor have none.
    #[must_use]
    pub fn can_be_for_a_campaign(self) -> bool {
        !matches!(self, Self::Administrator | Self::Auditor)
    }

    /// Whether who holds the role fills in or signs sheets of the unit that it is held for, or a part of others: they are his own.
    #[must_use]
    pub fn fills_in(self) -> bool {
        matches!(self, Self::Officer | Self::Head | Self::Delegate)
    }

    /// Whether the role is held for one unit.
    #[must_use]
    pub fn needs_unit(self) -> bool {
        self.fills_in()
    }
}

impl Say for Role {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Administrator => ("Quản trị hệ thống", "System administrator"),
            Self::Auditor => ("Người kiểm tra nhật ký", "Auditor"),
            Self::StandingBody => ("Cơ quan thường trực", "Standing body"),
            Self::Chair => ("Chủ tịch Hội đồng", "Council chair"),
            Self::ViceChair => ("Phó Chủ tịch Hội đồng", "Council vice-chair"),
            Self::Member => ("Ủy viên Hội đồng", "Council member"),
            Self::Secretary => ("Thư ký Hội đồng", "Council secretary"),
            Self::Substitute => ("Người được Chủ tịch Hội đồng ủy quyền", "Substitute of the council chair"),
            Self::Appraiser => ("Người thẩm định", "Appraiser"),
            Self::Officer => ("Cán bộ đơn vị", "Unit officer"),
            Self::Head => ("Thủ trưởng đơn vị", "Unit head"),
            Self::Delegate => ("Cán bộ cơ quan phối hợp", "Delegated officer"),
            Self::SurveyBody => ("Cơ quan điều tra xã hội học", "Survey body"),
            Self::Observer => ("Người theo dõi", "Observer"),
        };
        lang.pick(vi, en).to_owned()
    }
}
