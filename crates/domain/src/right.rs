//! Who may do what, where and when: one table, from which pages, checks and tests are derived.
//!
//! Whatever the table does not grant is refused.

mod act;
mod appointment;
mod own;
mod remit;
mod role;

use parindex_rulebook::lang::{Lang, Say};

pub use act::Act;
pub use appointment::{Appointment, UnitPath, Within};
pub use own::{Candidate, OwnUnit, Owners, UnitTies};
pub use remit::{NoRemit, Remit};
pub use role::Role;

/// Where a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere, whatever unit the role is held for: lists that everybody may read.
    All,
    /// The unit for which the role is held and the units below it; everywhere when it is held for none.
    Below,
    /// The standing body’s own unit alone: about its points it decides nothing itself, and whoever does sees its sheet for it.
    StandingBody,
}

/// Who may do what. Every signed-in person may look after his own account.
pub const TABLE: [(Act, &[(Role, Reach)]); 25] = [
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
    (Act::ChangeSets, &[(Role::StandingBody, Reach::Below)]),
    (Act::ReadAudit, &[(Role::Auditor, Reach::All)]),
    (Act::SeeJobs, &[(Role::Administrator, Reach::All), (Role::Auditor, Reach::All)]),
    (Act::ChangeCalendar, &[(Role::Administrator, Reach::All)]),
    (Act::SeeCampaigns, IN_CAMPAIGNS),
    (Act::BeginCampaigns, &[(Role::StandingBody, Reach::Below)]),
    (Act::RunCampaigns, &[(Role::StandingBody, Reach::Below)]),
    (Act::SeeScores, ABOVE_UNITS),
    (
        Act::SeeSheets,
        &[
            (Role::StandingBody, Reach::Below),
            (Role::Chair, Reach::Below),
            (Role::ViceChair, Reach::Below),
            (Role::Member, Reach::Below),
            (Role::Secretary, Reach::Below),
            (Role::Substitute, Reach::StandingBody),
            (Role::Appraiser, Reach::Below),
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
    (
        Act::Appraise,
        &[
            (Role::Appraiser, Reach::Below),
            (Role::Chair, Reach::StandingBody),
            (Role::Substitute, Reach::StandingBody),
        ],
    ),
    (
        Act::EnterExternalPoints,
        &[
            (Role::StandingBody, Reach::Below),
            (Role::SurveyBody, Reach::Below),
            (Role::Chair, Reach::StandingBody),
            (Role::Substitute, Reach::StandingBody),
        ],
    ),
    (
        Act::Vote,
        &[(Role::Chair, Reach::Below), (Role::ViceChair, Reach::Below), (Role::Member, Reach::Below)],
    ),
    (
        Act::RunCouncil,
        &[
            (Role::StandingBody, Reach::Below),
            (Role::Chair, Reach::StandingBody),
            (Role::Substitute, Reach::StandingBody),
        ],
    ),
    (Act::NameSubstitute, &[(Role::Chair, Reach::Below)]),
    (Act::ApproveCampaigns, &[(Role::Chair, Reach::Below)]),
];

/// Whoever has a part in a campaign. The administrator and the auditor have none by virtue of their roles.
const IN_CAMPAIGNS: &[(Role, Reach)] = EVERYBODY.split_at(2).1;

/// Who sees the points of all units while they are still worked on.
const ABOVE_UNITS: &[(Role, Reach)] = &[
    (Role::StandingBody, Reach::Below),
    (Role::Chair, Reach::Below),
    (Role::ViceChair, Reach::Below),
    (Role::Member, Reach::Below),
    (Role::Secretary, Reach::Below),
    (Role::Substitute, Reach::Below),
    (Role::Appraiser, Reach::Below),
    (Role::Observer, Reach::Below),
];

const EVERYBODY: [(Role, Reach); 14] = [
    (Role::Administrator, Reach::All),
    (Role::Auditor, Reach::All),
    (Role::StandingBody, Reach::All),
    (Role::Chair, Reach::All),
    (Role::ViceChair, Reach::All),
    (Role::Member, Reach::All),
    (Role::Secretary, Reach::All),
    (Role::Substitute, Reach::All),
    (Role::Appraiser, Reach::All),
    (Role::Officer, Reach::All),
    (Role::Head, Reach::All),
    (Role::Delegate, Reach::All),
    (Role::SurveyBody, Reach::All),
    (Role::Observer, Reach::All),
];

/// The administrator of the system stands first and sees no criteria by virtue of it.
const WITHOUT_ADMINISTRATORS: &[(Role, Reach)] = EVERYBODY.split_at(1).1;

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Something of a unit.
    Unit(UnitPath),
    /// Something that belongs to no unit, or to all.
    Everything,
    /// Something of the standing body’s own unit in a campaign.
    OfStandingBody,
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
        let who =
            granted(self.act).map(|(role, reach)| named(role, reach, lang)).collect::<Vec<_>>().join(", ");
        if self.elsewhere {
            return lang.pick(
                format!("Bạn được {act}, nhưng không phải ở đơn vị này."),
                format!("You are authorised to {act}, but not for this unit."),
            );
        }
        let given = self.given(lang);
        lang.pick(
            format!("Vai trò của bạn không được {act}. Người có quyền: {who}{given}."),
            format!("You are not authorised to {act}. Authorised: {who}{given}."),
        )
    }
}

impl Denied {
    /// For which campaigns such a role must be held: its holder in another campaign finds his own role among those who may.
    fn given(&self, lang: Lang) -> &'static str {
        let of_campaigns = granted(self.act).any(|(role, _)| role.can_be_for_a_campaign());
        match self.act {
            Act::SeeUnits | Act::SeeSets => "",
            act if act.is_for_one_campaign() => lang.pick(
                " (vai trò được giao cho đợt đánh giá đó hoặc cho mọi đợt)",
                " (roles given for that campaign or for all)",
            ),
            _ if of_campaigns => {
                lang.pick(" (vai trò được giao cho mọi đợt đánh giá)", " (roles given for all campaigns)")
            }
            _ => "",
        }
    }
}

/// A role, and where it reaches one unit alone, which.
fn named(role: Role, reach: Reach, lang: Lang) -> String {
    let role = role.say(lang);
    match reach {
        Reach::All | Reach::Below => role,
        Reach::StandingBody => lang.pick(
            format!("{role} (chỉ với đơn vị của cơ quan thường trực)"),
            format!("{role} (for the standing body’s own unit alone)"),
        ),
    }
}

/// The roles that may do something, and how far.
pub fn granted(act: Act) -> impl Iterator<Item = (Role, Reach)> {
    TABLE.into_iter().filter(move |(of, _)| *of == act).flat_map(|(_, roles)| roles.iter().copied())
}

/// Those of somebody's roles that allow an act, and how far. A role for one campaign allows only what is done in one.
pub fn allowing(held: &[Appointment], act: Act) -> impl Iterator<Item = (&Appointment, Reach)> {
    let counts = move |each: &&Appointment| each.campaign.is_none() || act.is_for_one_campaign();
    granted(act).flat_map(move |(role, reach)| {
        held.iter().filter(counts).filter(move |each| each.role == role).map(move |each| (each, reach))
    })
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
    if allowing(held, act).any(|(appointment, reach)| reaches(reach, appointment, subject)) {
        return Ok(());
    }
    Err(Denied { act, elsewhere: allowing(held, act).next().is_some() })
}

/// Whether somebody acts in the place of the standing body, about its own unit.
#[must_use]
pub fn stands_in(held: &[Appointment], act: Act) -> bool {
    allowing(held, act).any(|(each, reach)| reach == Reach::StandingBody && each.unit.is_none())
}

fn reaches(reach: Reach, appointment: &Appointment, subject: &Subject) -> bool {
    match (reach, &appointment.unit, subject) {
        (Reach::All, _, _)
        | (Reach::Below, None, _)
        | (_, _, Subject::Somewhere)
        | (Reach::StandingBody, None, Subject::OfStandingBody) => true,
        (Reach::Below, Some(own), Subject::Unit(unit)) => own.holds(unit),
        (Reach::Below, Some(_), Subject::Everything | Subject::OfStandingBody)
        | (Reach::StandingBody, _, Subject::Unit(_) | Subject::Everything | Subject::OfStandingBody) => false,
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
    fn a_role_for_one_unit_reaches_nothing_beside_it() {
        let beside = Subject::Unit(UnitPath("/1/4/".to_owned()));
        let below = Subject::Unit(UnitPath("/1/3/9/".to_owned()));
        for role in [Role::StandingBody, Role::Chair, Role::Secretary, Role::Appraiser, Role::Observer] {
            let own = held(role, Some("/1/3/"));
            for act in [
                Act::SeeSheets,
                Act::SeeScores,
                Act::ChangeSets,
                Act::EnterExternalPoints,
                Act::ApproveCampaigns,
            ] {
                for subject in [&beside, &Subject::Everything] {
                    assert!(permit(&own, act, subject).is_err(), "{role:?} {act:?} {subject:?}");
                }
            }
        }
        assert!(permit(&held(Role::StandingBody, Some("/1/3/")), Act::SeeSheets, &below).is_ok());
        assert!(permit(&held(Role::StandingBody, None), Act::SeeSheets, &beside).is_ok());
    }

    #[test]
    fn a_standing_body_of_one_campaign_runs_it_and_reaches_no_further() {
        let own = [Appointment { campaign: Some(7), ..Appointment::everywhere(Role::StandingBody) }];
        for (act, may) in [
            (Act::RunCampaigns, true),
            (Act::EnterExternalPoints, true),
            (Act::SeeScores, true),
            (Act::SeeSets, true),
            (Act::BeginCampaigns, false),
            (Act::ChangeSets, false),
            (Act::ChangeUnits, false),
            (Act::SeePeople, false),
            (Act::Appoint, false),
        ] {
            assert_eq!(permit(&own, act, &Subject::Everything).is_ok(), may, "{act:?}");
        }
    }

    #[test]
    fn the_chair_stands_in_for_the_standing_body_at_its_own_unit_and_nowhere_else() {
        for role in [Role::Chair, Role::Substitute] {
            let held = held(role, None);
            for act in [Act::Appraise, Act::EnterExternalPoints, Act::RunCouncil] {
                assert!(stands_in(&held, act) && permit(&held, act, &Subject::OfStandingBody).is_ok());
                for elsewhere in [Subject::Everything, Subject::Unit(UnitPath("/1/3/".to_owned()))] {
                    assert!(permit(&held, act, &elsewhere).is_err(), "{role:?} {act:?} {elsewhere:?}");
                }
            }
        }
        assert!(!stands_in(&held(Role::StandingBody, None), Act::EnterExternalPoints));
        assert!(permit(&held(Role::StandingBody, None), Act::NameSubstitute, &Subject::Everything).is_err());
        let denied =
            permit(&held(Role::Chair, None), Act::EnterExternalPoints, &Subject::Everything).unwrap_err();
        assert!(denied.elsewhere, "at one unit the chair may");
        let denied =
            permit(&held(Role::Member, None), Act::EnterExternalPoints, &Subject::Everything).unwrap_err();
        let said = "Chủ tịch Hội đồng (chỉ với đơn vị của cơ quan thường trực)";
        assert!(denied.say(Lang::Vi).contains(said), "{}", denied.say(Lang::Vi));
    }

    #[test]
    fn whom_the_chair_names_sees_the_sheet_of_the_standing_body_and_no_other() {
        let held = held(Role::Substitute, None);
        assert!(permit(&held, Act::SeeSheets, &Subject::OfStandingBody).is_ok());
        for elsewhere in [Subject::Everything, Subject::Unit(UnitPath("/1/3/".to_owned()))] {
            assert!(permit(&held, Act::SeeSheets, &elsewhere).is_err(), "{elsewhere:?}");
        }
        assert!(permit(&held, Act::SeeScores, &Subject::Everything).is_ok(), "to compare with others");
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
