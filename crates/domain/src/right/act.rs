//! What can be done.

use parindex_rulebook::lang::{Lang, Say};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Look at units.
    SeeUnits,
    /// Add or change units.
    ChangeUnits,
    /// Look at people and what they hold.
    SeePeople,
    /// Open and close accounts, send new links.
    ChangePeople,
    /// Give and take roles of campaigns.
    Appoint,
    /// Give and take roles of the system: administrator, auditor, standing body.
    AppointSystem,
    /// Look at the library of criteria sets.
    SeeSets,
    /// Upload, copy and edit criteria sets.
    ChangeSets,
    /// Read and check the log.
    ReadAudit,
    /// Look at what the server does by itself.
    SeeJobs,
    /// Add and remove days off and worked days of the whole server.
    ChangeCalendar,
    /// Look at campaigns: who is in them, when which step is open, how far everybody is.
    SeeCampaigns,
    /// Begin campaigns, and keep what all of them share: the common reasons.
    BeginCampaigns,
    /// Prepare campaigns, open them, set their windows, release drafts, give sheets back.
    RunCampaigns,
    /// Look at the points of all units.
    SeeScores,
    /// Look at a unit's sheet.
    SeeSheets,
    /// Fill in a unit's sheet, explain it.
    FillSheets,
    /// Look at and fill in what was delegated to a unit of the sheet of another one.
    FillParts,
    /// Submit a unit's sheet.
    SubmitSheets,
    /// Accept or adjust what units gave themselves.
    Appraise,
    /// Enter points that neither units nor appraisers give: of the survey, of leaders, of another body.
    EnterExternalPoints,
    /// Vote in the council.
    Vote,
    /// Put points on the agenda of the council, and close them.
    RunCouncil,
    /// Name who decides in the chair’s place about the standing body’s own unit.
    NameSubstitute,
    /// Approve the result of a campaign.
    ApproveCampaigns,
    /// Change one's own password, second factor, sessions.
    ChangeOwnAccount,
}

impl Act {
    /// All acts that a right is asked for.
    pub const ALL: [Self; 26] = [
        Self::SeeUnits,
        Self::ChangeUnits,
        Self::SeePeople,
        Self::ChangePeople,
        Self::Appoint,
        Self::AppointSystem,
        Self::SeeSets,
        Self::ChangeSets,
        Self::ReadAudit,
        Self::SeeJobs,
        Self::ChangeCalendar,
        Self::SeeCampaigns,
        Self::BeginCampaigns,
        Self::RunCampaigns,
        Self::SeeScores,
        Self::SeeSheets,
        Self::FillSheets,
        Self::FillParts,
        Self::SubmitSheets,
        Self::Appraise,
        Self::EnterExternalPoints,
        Self::Vote,
        Self::RunCouncil,
        Self::NameSubstitute,
        Self::ApproveCampaigns,
        Self::ChangeOwnAccount,
    ];

    /// Whether a role for one campaign lets do it: whatever is done in that campaign, and looking at what it needs. What is shared
    /// by all campaigns, or has nothing to do with any, is for roles that are held everywhere.
    #[must_use]
    pub fn is_for_one_campaign(self) -> bool {
        match self {
            Self::ChangeUnits
            | Self::SeePeople
            | Self::ChangePeople
            | Self::Appoint
            | Self::AppointSystem
            | Self::ChangeSets
            | Self::ReadAudit
            | Self::SeeJobs
            | Self::ChangeCalendar
            | Self::BeginCampaigns => false,
            Self::SeeUnits
            | Self::SeeSets
            | Self::SeeCampaigns
            | Self::RunCampaigns
            | Self::SeeScores
            | Self::SeeSheets
            | Self::FillSheets
            | Self::FillParts
            | Self::SubmitSheets
            | Self::Appraise
            | Self::EnterExternalPoints
            | Self::Vote
            | Self::RunCouncil
            | Self::NameSubstitute
            | Self::ApproveCampaigns
            | Self::ChangeOwnAccount => true,
        }
    }
}

impl Say for Act {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::SeeUnits => ("xem đơn vị", "look at units"),
            Self::ChangeUnits => ("thêm, sửa đơn vị", "change units"),
            Self::SeePeople => ("xem người dùng", "look at people"),
            Self::ChangePeople => ("mở, khóa tài khoản", "open and close accounts"),
            Self::Appoint => ("giao, thôi vai trò", "give and take roles"),
            Self::AppointSystem => ("giao, thôi vai trò của hệ thống", "give and take roles of the system"),
            Self::SeeSets => ("xem bộ tiêu chí", "look at criteria sets"),
            Self::ChangeSets => ("tải lên, sửa bộ tiêu chí", "change criteria sets"),
            Self::ReadAudit => ("đọc nhật ký", "read the log"),
            Self::SeeJobs => ("xem việc nền của máy chủ", "look at the server’s own work"),
            Self::ChangeCalendar => {
                ("sửa ngày nghỉ, ngày làm bù của máy chủ", "change the days off of the server")
            }
            Self::SeeCampaigns => ("xem đợt đánh giá", "look at campaigns"),
            Self::BeginCampaigns => (
                "lập đợt đánh giá mới và sửa những gì dùng chung",
                "begin campaigns and change what they share",
            ),
            Self::RunCampaigns => ("tổ chức đợt đánh giá", "run campaigns"),
            Self::SeeScores => ("xem điểm của mọi đơn vị", "look at the points of all units"),
            Self::SeeSheets => ("xem phiếu của đơn vị", "look at the unit’s sheet"),
            Self::FillSheets => ("nhập phiếu của đơn vị", "fill in the unit’s sheet"),
            Self::FillParts => ("nhập phần phiếu được giao", "fill in the delegated part of a sheet"),
            Self::SubmitSheets => ("nộp phiếu của đơn vị", "submit the unit’s sheet"),
            Self::Appraise => ("thẩm định điểm", "appraise points"),
            Self::EnterExternalPoints => ("ghi điểm từ nguồn khác", "enter points from other sources"),
            Self::Vote => ("biểu quyết trong Hội đồng", "vote in the council"),
            Self::RunCouncil => (
                "đưa nội dung ra Hội đồng và kết luận",
                "put points on the agenda of the council and close them",
            ),
            Self::NameSubstitute => (
                "ủy quyền quyết định về đơn vị của cơ quan thường trực",
                "name who decides about the standing body’s own unit",
            ),
            Self::ApproveCampaigns => ("phê duyệt kết quả", "approve the result"),
            Self::ChangeOwnAccount => ("sửa tài khoản của mình", "change one’s own account"),
        };
        lang.pick(vi, en).to_owned()
    }
}
