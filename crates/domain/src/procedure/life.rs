//! The life of a campaign: prepared, running, approved.

use parindex_rulebook::lang::{Lang, Say};

use super::{Done, Moment, Unsettled};

/// How far a campaign is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Life {
    /// The standing body prepares it; units do not see it.
    Draft,
    /// It runs.
    Running(Done),
    /// The chair has approved the result.
    Approved {
        /// When it was opened, and by whom.
        opened: Done,
        /// When it was approved, and by whom.
        approved: Done,
    },
}

/// What moves a campaign on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LifeStep {
    /// The standing body opens it; what is still missing stands in the way.
    Open(Vec<Missing>),
    /// The chair approves it; what is still open stands in the way.
    Approve(Unsettled),
}

/// What a campaign still needs before it can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No block has a unit.
    Units,
    /// A block has no unit.
    BlockEmpty(String),
    /// A block's criteria set is a draft that can still change.
    SetNotSettled(String),
    /// The window of self-assessment is not set.
    Window,
    /// The window of self-assessment is over already.
    WindowOver(Moment),
    /// A unit stands in no list of units, so nobody can fill in its sheet.
    UnitUnknown(String),
    /// Nobody can fill in the sheet of a unit.
    NoOfficer(String),
    /// Nobody can submit the sheet of a unit.
    NoHead(String),
    /// No appraiser was given a domain of a block.
    NoAppraiser {
        /// The remit that would hold it: `so/3`.
        remit: String,
        /// The name of the domain.
        domain: String,
    },
}

impl Missing {
    /// Whether the campaign can open all the same; people can be appointed later.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        matches!(self, Self::NoOfficer(_) | Self::NoHead(_) | Self::NoAppraiser { .. })
    }
}

impl Say for Missing {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Units => {
                lang.pick("chưa có đơn vị nào để đánh giá", "there is no unit to assess").to_owned()
            }
            Self::BlockEmpty(block) => lang
                .pick(format!("khối «{block}» chưa có đơn vị"), format!("the block “{block}” has no unit")),
            Self::SetNotSettled(block) => lang.pick(
                format!("bộ tiêu chí của khối «{block}» còn là bản nháp; hãy chốt trong thư viện"),
                format!("the criteria set of the block “{block}” is a draft; finalise it in the library"),
            ),
            Self::Window => lang
                .pick("chưa đặt thời gian tự đánh giá", "the time of self-assessment is not set")
                .to_owned(),
            Self::WindowOver(closed) => {
                let at = crate::moment::written(*closed, lang);
                lang.pick(
                    format!("hạn tự đánh giá {at} đã qua"),
                    format!("the deadline of self-assessment, {at}, is over"),
                )
            }
            Self::UnitUnknown(unit) => lang.pick(
                format!("«{unit}» chưa có trong danh sách đơn vị, nên không ai vào phiếu được"),
                format!("“{unit}” is in no list of units, so nobody can open its sheet"),
            ),
            Self::NoOfficer(unit) => lang.pick(
                format!("«{unit}» chưa có cán bộ nhập phiếu"),
                format!("nobody can fill in the sheet of “{unit}”"),
            ),
            Self::NoHead(unit) => lang.pick(
                format!("«{unit}» chưa có thủ trưởng để duyệt và nộp"),
                format!("nobody can submit the sheet of “{unit}”"),
            ),
            Self::NoAppraiser { remit, domain } => lang.pick(
                format!("chưa giao ai thẩm định {remit} «{domain}»"),
                format!("nobody was given {remit} “{domain}” to appraise"),
            ),
        }
    }
}

/// Why a campaign does not move on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LifeRefusal {
    Missing(Vec<Missing>),
    /// It is open already.
    Running,
    /// It is not open.
    Draft,
    Approved,
    /// Something is still open.
    Unsettled(Unsettled),
}

impl Say for LifeRefusal {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Missing(missing) => {
                let all: Vec<String> = missing.iter().map(|each| each.say(lang)).collect();
                let all = all.join("; ");
                lang.pick(format!("Chưa mở được: {all}."), format!("It cannot open yet: {all}."))
            }
            Self::Running => lang.pick("Đợt đánh giá đã mở rồi.", "The campaign is open already.").to_owned(),
            Self::Draft => lang.pick("Đợt đánh giá chưa mở.", "The campaign is not open.").to_owned(),
            Self::Approved => lang
                .pick(
                    "Kết quả đã được phê duyệt, không đổi được nữa.",
                    "The result is approved; nothing changes any more.",
                )
                .to_owned(),
            Self::Unsettled(open) => {
                let open = open.say(lang);
                lang.pick(format!("Chưa phê duyệt được: {open}."), format!("Not to be approved yet: {open}."))
            }
        }
    }
}

impl Life {
    /// The campaign one step further.
    ///
    /// # Errors
    /// [`LifeRefusal`]; then the campaign stays as it is.
    pub fn after(self, act: LifeStep, done: Done) -> Result<Self, LifeRefusal> {
        match (self, act) {
            (Self::Draft, LifeStep::Open(missing)) => {
                let missing: Vec<Missing> = missing.into_iter().filter(|each| !each.can_wait()).collect();
                if missing.is_empty() { Ok(Self::Running(done)) } else { Err(LifeRefusal::Missing(missing)) }
            }
            (Self::Running(_), LifeStep::Open(_)) => Err(LifeRefusal::Running),
            (Self::Running(opened), LifeStep::Approve(open)) if open.is_settled() => {
                Ok(Self::Approved { opened, approved: done })
            }
            (Self::Running(_), LifeStep::Approve(open)) => Err(LifeRefusal::Unsettled(open)),
            (Self::Draft, LifeStep::Approve(_)) => Err(LifeRefusal::Draft),
            (Self::Approved { .. }, _) => Err(LifeRefusal::Approved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done() -> Done {
        Done { by: "Ai đó".to_owned(), at: 1 }
    }

    #[test]
    fn a_campaign_opens_only_when_nothing_is_missing_that_cannot_wait() {
        let missing = vec![Missing::Window, Missing::NoHead("Sở Tư pháp".to_owned())];
        let refused = Life::Draft.after(LifeStep::Open(missing), done()).unwrap_err();
        assert_eq!(refused.say(Lang::Vi), "Chưa mở được: chưa đặt thời gian tự đánh giá.");
        let opened =
            Life::Draft.after(LifeStep::Open(vec![Missing::NoHead("Sở Tư pháp".to_owned())]), done());
        assert_eq!(opened, Ok(Life::Running(done())));
    }

    #[test]
    fn nothing_is_approved_while_something_is_open() {
        let rounds = vec!["Thẩm định lần 1".to_owned()];
        let open = Unsettled { sheets: 1, undecided: 3, rounds, ..Unsettled::default() };
        let refused = Life::Running(done()).after(LifeStep::Approve(open), done()).unwrap_err();
        let said = refused.say(Lang::Vi);
        for each in ["còn 1 phiếu chưa nộp", "còn 3 mục chưa ai kết luận", "«Thẩm định lần 1» chưa công bố"]
        {
            assert!(said.contains(each), "{said}");
        }
        let approved = Life::Running(done()).after(LifeStep::Approve(Unsettled::default()), done());
        assert_eq!(approved, Ok(Life::Approved { opened: done(), approved: done() }));
    }

    #[test]
    fn nothing_moves_an_approved_campaign() {
        let approved = Life::Approved { opened: done(), approved: done() };
        for act in [LifeStep::Open(Vec::new()), LifeStep::Approve(Unsettled::default())] {
            assert_eq!(approved.clone().after(act, done()), Err(LifeRefusal::Approved));
        }
    }
}
