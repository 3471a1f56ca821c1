//! One's own unit: nobody decides about its points, and who does instead.
//!
//! Own is where somebody works, and what he fills in, signs, or fills in a part of; not what stands above it.

use parindex_rulebook::lang::{Lang, Say};

use super::{Act, Appointment, Subject, UnitPath, permit};

/// What ties somebody to units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTies {
    /// Where he works.
    works_at: Option<UnitPath>,
    /// The units for which he fills in or signs sheets; what stands below them too.
    fills_in: Vec<UnitPath>,
}

impl UnitTies {
    /// Of the place where somebody works and the roles that he holds: one that is held for another campaign ties too, as whoever
    /// fills in sheets of a unit is not above it.
    #[must_use]
    pub fn new(works_at: Option<UnitPath>, held: &[Appointment]) -> Self {
        let fills_in = held.iter().filter(|held| held.role.fills_in());
        Self { works_at, fills_in: fills_in.filter_map(|held| held.unit.clone()).collect() }
    }

    fn fill_in(&self, unit: &UnitPath) -> bool {
        self.fills_in.iter().any(|path| path.holds(unit))
    }
}

/// Whose a sheet is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// Its unit, and the units that it became.
    pub units: Vec<UnitPath>,
    /// The units that fill in a part of it.
    pub parts: Vec<UnitPath>,
    /// Where those work who run its campaign: the standing body.
    pub run_from: Vec<UnitPath>,
    /// Whether no other unit is assessed in its campaign.
    pub alone: bool,
}

impl Owners {
    /// Whether the sheet is somebody's own.
    ///
    /// ```
    /// use parindex_domain::right::{Appointment, Owners, Role, UnitTies, UnitPath};
    /// let at = |path: &str| UnitPath(path.to_owned());
    /// let province = Owners { units: vec![at("/1/")], ..Owners::default() };
    /// let department = Owners { units: vec![at("/1/7/")], ..Owners::default() };
    /// // Whoever works at a department has its sheet for his own, and not that of the province above it.
    /// let works = UnitTies::new(Some(at("/1/7/")), &[]);
    /// assert!(department.are(&works) && !province.are(&works));
    /// // Whoever fills in the sheet of the province fills in what is below it too.
    /// let officer = Appointment { unit: Some(at("/1/")), ..Appointment::everywhere(Role::Officer) };
    /// let fills = UnitTies::new(None, &[officer]);
    /// assert!(department.are(&fills) && province.are(&fills));
    /// ```
    #[must_use]
    pub fn are(&self, ties: &UnitTies) -> bool {
        let own = |unit: &UnitPath| ties.works_at.as_ref() == Some(unit) || ties.fill_in(unit);
        self.units.iter().any(own) || self.parts.iter().any(|part| ties.fill_in(part))
    }

    /// Whether the unit is the standing body itself.
    #[must_use]
    pub fn are_the_standing_body(&self) -> bool {
        self.units.iter().any(|unit| self.run_from.contains(unit))
    }

    /// Whether the campaign is about one unit, which runs it itself: nobody else would be left to decide.
    #[must_use]
    pub fn run_it_alone(&self) -> bool {
        let within = |at: &UnitPath| self.units.iter().any(|unit| unit.holds(at));
        self.alone && !self.run_from.is_empty() && self.run_from.iter().all(within)
    }

    /// Whether somebody decides nothing about the sheet, because it is his own.
    #[must_use]
    pub fn bar(&self, ties: &UnitTies) -> bool {
        self.are(ties) && !self.run_it_alone()
    }

    /// What a right to decide about the sheet is asked over.
    #[must_use]
    pub fn subject(&self) -> Subject {
        if self.are_the_standing_body() { Subject::OfStandingBody } else { Subject::Everything }
    }
}

/// Somebody who may do something in a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The row of the account.
    pub person: i64,
    pub name: String,
    /// The roles that count in the campaign.
    pub held: Vec<Appointment>,
    /// What ties him to units.
    pub ties: UnitTies,
}

impl Candidate {
    /// Whether he may do something about a sheet, which is not his own.
    #[must_use]
    pub fn can(&self, act: Act, owners: &Owners) -> bool {
        permit(&self.held, act, &owners.subject()).is_ok() && !owners.bar(&self.ties)
    }
}

/// Somebody may not do something about a sheet, because it is his own; and who can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnUnit {
    pub act: Act,
    /// About the sheet of which unit.
    pub unit: String,
    /// Whether it is the standing body itself, for which the chair names somebody.
    pub standing_body: bool,
    /// The names of those who can.
    pub able: Vec<String>,
}

/// Names in a sentence: of a few people one is asked, nobody reads more.
const MAX_NAMES: usize = 5;

impl OwnUnit {
    /// Of a unit's sheet, among those who may do it elsewhere.
    #[must_use]
    pub fn new(act: Act, unit: &str, (owners, candidates): (&Owners, &[Candidate])) -> Self {
        let able = candidates.iter().filter(|each| each.can(act, owners)).map(|each| each.name.clone());
        Self {
            act,
            unit: unit.to_owned(),
            standing_body: owners.are_the_standing_body(),
            able: able.collect(),
        }
    }

    /// What a page says before anything is tried.
    #[must_use]
    pub fn notice(&self, lang: Lang) -> String {
        let (unit, who, act) = (&self.unit, self.who(lang), self.what(lang));
        lang.pick(
            format!("Đây là đơn vị của bạn nên bạn không được {act} {unit}; nếu vẫn gửi, việc này được ghi vào nhật ký. {who}"),
            format!("This is your own unit ({unit}), so you do not {act} it; an attempt is recorded in the log. {who}"),
        )
    }

    fn what(&self, lang: Lang) -> &'static str {
        match self.act {
            Act::Vote => lang.pick("biểu quyết về", "vote on"),
            Act::EnterExternalPoints => lang.pick("ghi điểm cho", "enter points for"),
            Act::RunCouncil => lang.pick("đưa ra Hội đồng hay kết luận về", "table or close points of"),
            _ => lang.pick("thẩm định", "appraise"),
        }
    }

    /// Who can, or what to do where nobody can.
    #[must_use]
    pub fn who(&self, lang: Lang) -> String {
        if self.able.is_empty() {
            return self.nobody(lang).to_owned();
        }
        let names = self.able.iter().take(MAX_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
        match self.able.len().saturating_sub(MAX_NAMES) {
            0 => lang.pick(format!("Người làm được: {names}."), format!("Those who can: {names}.")),
            more => lang.pick(
                format!("Người làm được: {names} và {more} người khác."),
                format!("Those who can: {names} and {more} others."),
            ),
        }
    }

    fn nobody(&self, lang: Lang) -> &'static str {
        if self.standing_body {
            return lang.pick(
                "Chưa ai làm được: Chủ tịch Hội đồng ủy quyền cho một người của đơn vị khác ở trang Hội đồng.",
                "Nobody can yet: the chair names somebody of another unit on the page of the council.",
            );
        }
        lang.pick(
            "Chưa ai làm được: hãy đề nghị giao vai trò cho một người của đơn vị khác.",
            "Nobody can yet: ask that somebody of another unit is given the role.",
        )
    }
}

impl Say for OwnUnit {
    fn say(&self, lang: Lang) -> String {
        let (unit, who, act) = (&self.unit, self.who(lang), self.what(lang));
        lang.pick(
            format!("Bạn không được {act} đơn vị của mình ({unit}); chưa ghi gì, việc này đã được ghi vào nhật ký. {who}"),
            format!("Nobody may {act} his own unit ({unit}); nothing was written, and the attempt is in the log. {who}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::right::Role;

    fn at(path: &str) -> UnitPath {
        UnitPath(path.to_owned())
    }

    fn works(path: &str) -> UnitTies {
        UnitTies::new(Some(at(path)), &[])
    }

    fn holds(role: Role, path: &str) -> UnitTies {
        UnitTies::new(None, &[Appointment { unit: Some(at(path)), ..Appointment::everywhere(role) }])
    }

    fn sheet(path: &str) -> Owners {
        Owners { units: vec![at(path)], run_from: vec![at("/1/2/")], ..Owners::default() }
    }

    #[test]
    fn own_is_where_one_works_fills_in_signs_or_is_delegated() {
        let department = sheet("/1/7/");
        let given = Owners { parts: vec![at("/1/9/")], ..sheet("/1/7/") };
        for (ties, own, of_the_part) in [
            (works("/1/7/"), true, true),
            (works("/1/"), false, false),
            (works("/1/7/3/"), false, false),
            (works("/1/9/"), false, false),
            (holds(Role::Officer, "/1/7/"), true, true),
            (holds(Role::Head, "/1/"), true, true),
            (holds(Role::Head, "/1/7/3/"), false, false),
            (holds(Role::Delegate, "/1/9/"), false, true),
            (holds(Role::Appraiser, "/1/7/"), false, false),
            (holds(Role::StandingBody, "/1/7/"), false, false),
        ] {
            assert_eq!((department.are(&ties), given.are(&ties)), (own, of_the_part), "{ties:?}");
        }
    }

    #[test]
    fn whoever_works_at_what_a_unit_became_is_of_that_unit() {
        let merged = Owners { units: vec![at("/1/7/"), at("/1/20/")], ..Owners::default() };
        assert!(merged.are(&works("/1/20/")) && merged.are(&works("/1/7/")));
        // Nor does the standing body cease to be it where it works at what its unit became.
        let merged = Owners { run_from: vec![at("/1/20/")], ..merged };
        assert_eq!(merged.subject(), Subject::OfStandingBody);
    }

    #[test]
    fn a_campaign_about_the_one_unit_that_runs_it_bars_nobody() {
        // The province, scored by its own department.
        let province = Owners { alone: true, ..sheet("/1/") };
        let officer = holds(Role::Officer, "/1/");
        assert!(province.run_it_alone() && province.are(&officer) && !province.bar(&officer));
        // One of several units, or one that somebody else runs, is as everywhere.
        assert!(sheet("/1/").bar(&officer));
        let other = Owners { run_from: vec![at("/3/")], alone: true, ..sheet("/1/") };
        assert!(!other.run_it_alone() && other.bar(&officer));
        let nobody = Owners { run_from: Vec::new(), alone: true, ..sheet("/1/") };
        assert!(nobody.bar(&officer));
    }

    #[test]
    fn for_the_standing_body_the_chair_can_and_whom_he_names() {
        let somebody = |name: &str, role, ties| Candidate {
            person: 0,
            name: name.to_owned(),
            held: vec![Appointment::everywhere(role)],
            ties,
        };
        let all = [
            somebody("Bùi Thị Thu", Role::StandingBody, works("/1/2/")),
            somebody("Trần Văn Sơn", Role::Chair, works("/1/")),
            somebody("Lò Văn Páo", Role::Substitute, works("/1/5/")),
        ];
        let said = |path: &str, act| OwnUnit::new(act, "Sở Nội vụ", (&sheet(path), &all));
        let own = said("/1/2/", Act::EnterExternalPoints);
        assert_eq!((own.standing_body, own.able.join(", ").as_str()), (true, "Trần Văn Sơn, Lò Văn Páo"));
        assert_eq!(
            said("/1/7/", Act::EnterExternalPoints).able,
            ["Bùi Thị Thu"],
            "elsewhere they have no such right"
        );
        let sentence = own.say(Lang::Vi);
        assert_eq!(
            sentence,
            "Bạn không được ghi điểm cho đơn vị của mình (Sở Nội vụ); chưa ghi gì, việc này đã được ghi vào nhật ký. \
             Người làm được: Trần Văn Sơn, Lò Văn Páo."
        );
        assert!(own.say(Lang::En).contains("Those who can: Trần Văn Sơn, Lò Văn Páo."));
        let notice = own.notice(Lang::En);
        assert!(
            notice.starts_with("This is your own unit (Sở Nội vụ), so you do not enter points"),
            "{notice}"
        );
    }

    #[test]
    fn where_nobody_can_it_is_said_what_to_do_and_many_are_counted() {
        let nobody = OwnUnit::new(Act::Appraise, "Sở Y tế", (&sheet("/1/7/"), &[]));
        assert!(nobody.who(Lang::Vi).contains("người của đơn vị khác"), "{}", nobody.who(Lang::Vi));
        let standing = OwnUnit::new(Act::EnterExternalPoints, "Sở Nội vụ", (&sheet("/1/2/"), &[]));
        assert!(standing.who(Lang::En).contains("the chair names somebody"), "{}", standing.who(Lang::En));
        let many = OwnUnit { able: (1..=7).map(|n| format!("Người {n}")).collect(), ..nobody };
        assert!(many.who(Lang::Vi).ends_with("Người 5 và 2 người khác."), "{}", many.who(Lang::Vi));
    }
}
