//! Who may do what, where and when: one table, from which pages, checks and tests are derived.
//!
//! Whatever the table does not grant is refused.

use parindex_rulebook::lang::{Lang, Say};

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
    pub const ALL: [Self; 13] = [
        Self::Administrator,
        Self::Auditor,
        Self::StandingBody,
        Self::Chair,
        Self::ViceChair,
        Self::Member,
        Self::Secretary,
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
    /// who may give roles could give himself all of them.
    #[must_use]
    pub fn giving(self) -> Act {
        match self {
            Self::Administrator | Self::Auditor | Self::StandingBody => Act::AppointSystem,
            _ => Act::Appoint,
        }
    }

    /// Whether the role is held for one unit.
    #[must_use]
    pub fn needs_unit(self) -> bool {
        matches!(self, Self::Officer | Self::Head | Self::Delegate)
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
    /// Look at campaigns: who is in them, when which step is open, how far everybody is.
    SeeCampaigns,
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
    /// Vote in the council.
    Vote,
    /// Approve the result of a campaign.
    ApproveCampaigns,
    /// Change one's own password, second factor, sessions.
    ChangeOwnAccount,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 21] = [
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
        Self::SeeCampaigns,
        Self::RunCampaigns,
        Self::SeeScores,
        Self::SeeSheets,
        Self::FillSheets,
        Self::FillParts,
        Self::SubmitSheets,
        Self::Appraise,
        Self::Vote,
        Self::ApproveCampaigns,
        Self::ChangeOwnAccount,
    ];
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
            Self::SeeCampaigns => ("xem cuộc chấm điểm", "look at campaigns"),
            Self::RunCampaigns => ("tổ chức cuộc chấm điểm", "run campaigns"),
            Self::SeeScores => ("xem điểm của mọi đơn vị", "look at the points of all units"),
            Self::SeeSheets => ("xem phiếu của đơn vị", "look at the unit’s sheet"),
            Self::FillSheets => ("nhập phiếu của đơn vị", "fill in the unit’s sheet"),
            Self::FillParts => ("nhập phần phiếu được giao", "fill in the delegated part of a sheet"),
            Self::SubmitSheets => ("nộp phiếu của đơn vị", "submit the unit’s sheet"),
            Self::Appraise => ("thẩm định điểm", "appraise points"),
            Self::Vote => ("biểu quyết trong Hội đồng", "vote in the council"),
            Self::ApproveCampaigns => ("phê duyệt kết quả", "approve the result"),
            Self::ChangeOwnAccount => ("sửa tài khoản của mình", "change one’s own account"),
        };
        lang.pick(vi, en).to_owned()
    }
}

/// Where a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    All,
    /// The unit for which the role is held and the units below it.
    Below,
}

/// Who may do what. Every signed-in person may look after his own account.
pub const TABLE: [(Act, &[(Role, Reach)]); 20] = [
    (Act::SeeUnits, &EVERYBODY),
    (Act::ChangeUnits, &[(Role::Administrator, Reach::All), (Role::StandingBody, Reach::Below)]),
    (
        Act::SeePeople,
        &[(Role::Administrator, Reach::All), (Role::Auditor, Reach::All), (Role::StandingBody, Reach::Below)],
    ),
    (Act::ChangePeople, &[(Role::Administrator, Reach::All), (Role::StandingBody, Reach::Below)]),
    (Act::Appoint, &[(Role::Administrator, Reach::All), (Role::StandingBody, Reach::Below)]),
    (Act::AppointSystem, &[(Role::Administrator, Reach::All)]),
    (Act::SeeSets, WITHOUT_ADMINISTRATORS),
    (Act::ChangeSets, &[(Role::StandingBody, Reach::All)]),
    (Act::ReadAudit, &[(Role::Auditor, Reach::All)]),
    (Act::SeeJobs, &[(Role::Administrator, Reach::All), (Role::Auditor, Reach::All)]),
    (Act::SeeCampaigns, IN_CAMPAIGNS),
    (Act::RunCampaigns, &[(Role::StandingBody, Reach::Below)]),
    (Act::SeeScores, ABOVE_UNITS),
    (
        Act::SeeSheets,
        &[
            (Role::StandingBody, Reach::All),
            (Role::Chair, Reach::All),
            (Role::ViceChair, Reach::All),
            (Role::Member, Reach::All),
            (Role::Secretary, Reach::All),
            (Role::Appraiser, Reach::All),
            (Role::Officer, Reach::Below),
            (Role::Head, Reach::Below),
        ],
    ),
    (Act::FillSheets, &[(Role::Officer, Reach::Below), (Role::Head, Reach::Below)]),
    (
        Act::FillParts,
        &[(Role::Delegate, Reach::Below), (Role::Officer, Reach::Below), (Role::Head, Reach::Below)],
    ),
    (Act::SubmitSheets, &[(Role::Head, Reach::Below)]),
    (Act::Appraise, &[(Role::Appraiser, Reach::All)]),
    (Act::Vote, &[(Role::Chair, Reach::All), (Role::ViceChair, Reach::All), (Role::Member, Reach::All)]),
    (Act::ApproveCampaigns, &[(Role::Chair, Reach::All)]),
];

/// Whoever has a part in a campaign. The administrator and the auditor have none by virtue of their roles.
const IN_CAMPAIGNS: &[(Role, Reach)] = EVERYBODY.split_at(2).1;

/// Who sees the points of all units while they are still worked on.
const ABOVE_UNITS: &[(Role, Reach)] = &[
    (Role::StandingBody, Reach::All),
    (Role::Chair, Reach::All),
    (Role::ViceChair, Reach::All),
    (Role::Member, Reach::All),
    (Role::Secretary, Reach::All),
    (Role::Appraiser, Reach::All),
    (Role::Observer, Reach::All),
];

const EVERYBODY: [(Role, Reach); 13] = [
    (Role::Administrator, Reach::All),
    (Role::Auditor, Reach::All),
    (Role::StandingBody, Reach::All),
    (Role::Chair, Reach::All),
    (Role::ViceChair, Reach::All),
    (Role::Member, Reach::All),
    (Role::Secretary, Reach::All),
    (Role::Appraiser, Reach::All),
    (Role::Officer, Reach::All),
    (Role::Head, Reach::All),
    (Role::Delegate, Reach::All),
    (Role::SurveyBody, Reach::All),
    (Role::Observer, Reach::All),
];

/// The administrator of the system stands first and sees no criteria by virtue of it.
const WITHOUT_ADMINISTRATORS: &[(Role, Reach)] = EVERYBODY.split_at(1).1;

/// A role that somebody holds, everywhere or for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Which role.
    pub role: Role,
    /// For which unit, by its path of identifiers from the top; `None` is everywhere.
    pub unit: Option<UnitPath>,
    /// Which domains an appraiser was given.
    pub remit: Remit,
}

impl Appointment {
    /// A role without a unit.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        Self { role, unit: None, remit: Remit::default() }
    }
}

/// The domains of which blocks an appraiser was given, by their codes with spaces between them: `3` in every block, `so/3` in
/// one, `so/` all of one; everything where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remit(pub String);

impl Remit {
    /// Whether a domain of a block is in it.
    ///
    /// ```
    /// use parindex_domain::right::Remit;
    /// let remit = Remit("so/3 5".to_owned());
    /// assert!(remit.covers("so", "3") && remit.covers("xa", "5"));
    /// assert!(!remit.covers("xa", "3"));
    /// assert!(Remit::default().covers("so", "1"));
    /// ```
    #[must_use]
    pub fn covers(&self, block: &str, domain: &str) -> bool {
        let covers = |word: &str| match word.split_once('/') {
            Some((of, "")) => of == block,
            Some((of, which)) => of == block && which == domain,
            None => word == domain,
        };
        self.0.trim().is_empty() || self.0.split_whitespace().any(covers)
    }
}

/// A unit by the identifiers of all units above it and its own: `/1/34/512/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPath(pub String);

impl UnitPath {
    /// Whether a unit is this one or stands below it.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The rows of the unit and of all above it, topmost first.
    #[must_use]
    pub fn units(&self) -> Vec<i64> {
        self.0.split('/').filter_map(|id| id.parse().ok()).collect()
    }

    /// The row of the unit itself.
    ///
    /// ```
    /// use parindex_domain::right::UnitPath;
    /// assert_eq!(UnitPath("/1/34/".to_owned()).unit(), Some(34));
    /// ```
    #[must_use]
    pub fn unit(&self) -> Option<i64> {
        self.units().pop()
    }
}

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Something of a unit.
    Unit(UnitPath),
    /// Something that belongs to no unit, or to all.
    Everything,
    /// Something somewhere; which units it touches is settled by what is then shown.
    Somewhere,
}

/// Why an act is refused: deny by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// What was tried.
    pub act: Act,
    /// Whether the person may do it elsewhere.
    pub elsewhere: bool,
}

impl Say for Denied {
    fn say(&self, lang: Lang) -> String {
        let act = self.act.say(lang);
        let who = granted(self.act).map(|(role, _)| role.say(lang)).collect::<Vec<_>>().join(", ");
        if self.elsewhere {
            return lang.pick(
                format!("Bạn được {act}, nhưng không phải ở đơn vị này."),
                format!("You may {act}, but not for this unit."),
            );
        }
        lang.pick(
            format!("Vai trò của bạn không được {act}. Người có quyền: {who}."),
            format!("Your roles do not allow you to {act}. Those who may: {who}."),
        )
    }
}

/// The roles that may do something, and how far.
pub fn granted(act: Act) -> impl Iterator<Item = (Role, Reach)> {
    TABLE.into_iter().filter(move |(of, _)| *of == act).flat_map(|(_, roles)| roles.iter().copied())
}

/// Whether the holder of these roles may do it.
///
/// ```
/// use parindex_domain::right::{Act, Appointment, Role, Subject, UnitPath, permit};
/// let standing = Appointment { unit: Some(UnitPath("/1/".to_owned())), ..Appointment::everywhere(Role::StandingBody) };
/// let within = Subject::Unit(UnitPath("/1/34/".to_owned()));
/// assert!(permit(&[standing.clone()], Act::ChangePeople, &within).is_ok());
/// assert!(permit(&[standing], Act::ChangePeople, &Subject::Unit(UnitPath("/2/".to_owned()))).is_err());
/// ```
///
/// # Errors
/// [`Denied`], whose sentence says who may.
pub fn permit(held: &[Appointment], act: Act, subject: &Subject) -> Result<(), Denied> {
    if act == Act::ChangeOwnAccount {
        return Ok(());
    }
    let mut elsewhere = false;
    for (role, reach) in granted(act) {
        for appointment in held.iter().filter(|each| each.role == role) {
            if reaches(reach, appointment, subject) {
                return Ok(());
            }
            elsewhere = true;
        }
    }
    Err(Denied { act, elsewhere })
}

fn reaches(reach: Reach, appointment: &Appointment, subject: &Subject) -> bool {
    match (reach, &appointment.unit, subject) {
        (Reach::All, _, _) | (Reach::Below, None, _) | (Reach::Below, _, Subject::Somewhere) => true,
        (Reach::Below, Some(own), Subject::Unit(unit)) => own.holds(unit),
        (Reach::Below, Some(_), Subject::Everything) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(role: Role, unit: Option<&str>) -> [Appointment; 1] {
        [Appointment { unit: unit.map(|path| UnitPath(path.to_owned())), ..Appointment::everywhere(role) }]
    }

    #[test]
    fn whoever_holds_nothing_may_only_look_after_himself() {
        for act in Act::ALL {
            assert_eq!(
                permit(&[], act, &Subject::Somewhere).is_ok(),
                act == Act::ChangeOwnAccount,
                "{act:?}"
            );
        }
    }

    #[test]
    fn the_administrator_sees_no_criteria_and_no_log() {
        for act in [Act::SeeSets, Act::ChangeSets, Act::ReadAudit] {
            assert!(permit(&held(Role::Administrator, None), act, &Subject::Everything).is_err(), "{act:?}");
        }
    }

    #[test]
    fn a_path_holds_what_is_below_it_and_not_its_neighbour() {
        let own = held(Role::StandingBody, Some("/1/3/"));
        let of = |path: &str| permit(&own, Act::ChangeUnits, &Subject::Unit(UnitPath(path.to_owned())));
        assert!(of("/1/3/").is_ok() && of("/1/3/9/").is_ok());
        assert!(of("/1/34/").is_err() && of("/1/").is_err());
        assert!(permit(&own, Act::ChangeUnits, &Subject::Everything).is_err());
    }

    #[test]
    fn a_refusal_says_who_may() {
        let denied = permit(&held(Role::Officer, Some("/1/")), Act::ReadAudit, &Subject::Everything);
        let sentence = denied.unwrap_err().say(Lang::Vi);
        assert_eq!(
            sentence,
            "Vai trò của bạn không được đọc nhật ký. Người có quyền: Người kiểm tra nhật ký."
        );
    }

    #[test]
    fn every_role_reads_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(Role::of(role.word()), Some(role));
        }
    }
}
