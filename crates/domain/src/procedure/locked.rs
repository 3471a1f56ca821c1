//! Why something cannot be changed, since when, and who can change that.

use parindex_rulebook::lang::{Lang, Say};

use super::{Done, Moment};
use crate::moment::written;

/// A lock on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// The campaign is still being prepared.
    Draft,
    /// The window has not opened.
    Early(Moment),
    /// The window has closed.
    Late(Moment),
    /// The head has submitted it.
    Submitted(Done),
    /// The result is approved.
    Approved(Done),
    /// The unit is not assessed in this campaign.
    Exempt,
    /// The draft of the round was shown to the units.
    Released(Done),
    /// A draft of the appraisal was shown: what units assessed themselves stays, they explain it.
    Drafted(Done),
    /// The draft of the round was not shown to the units.
    NotReleased,
    /// The draft was released without time for explanations.
    NotExplained,
    /// The unit still works on its sheet.
    NotSubmitted,
    /// The round has no window.
    NoWindow,
    /// The criterion is not scored by whoever tries.
    NotYours,
    /// The figures of these criteria do not satisfy the cross-checks of the set, and nobody gave a reason.
    Unexplained(Vec<String>),
}

impl Say for Locked {
    fn say(&self, lang: Lang) -> String {
        let plain = |(vi, en): Sentence| lang.pick(vi, en).to_owned();
        match self {
            Self::Early(opens) => early(*opens, lang),
            Self::Late(closed) => late(*closed, lang),
            Self::Unexplained(criteria) => unexplained(criteria, lang),
            Self::Submitted(done) => done.locked(lang, SUBMITTED),
            Self::Approved(done) => done.locked(lang, APPROVED),
            Self::Released(done) => done.locked(lang, RELEASED),
            Self::Drafted(done) => done.locked(lang, DRAFTED),
            Self::Draft => plain(DRAFT),
            Self::Exempt => plain(EXEMPT),
            Self::NotReleased => plain(NOT_RELEASED),
            Self::NotExplained => plain(NOT_EXPLAINED),
            Self::NotSubmitted => plain(NOT_SUBMITTED),
            Self::NoWindow => plain(NO_WINDOW),
            Self::NotYours => plain(NOT_YOURS),
        }
    }
}

/// In Vietnamese and in English.
type Sentence = (&'static str, &'static str);

const DRAFT: Sentence = (
    "Đợt đánh giá chưa mở. Cơ quan thường trực đang chuẩn bị và sẽ mở.",
    "The campaign is not open. The standing body prepares it and will open it.",
);
const EXEMPT: Sentence = ("Đơn vị không thuộc diện đánh giá lần này.", "The unit is not assessed this time.");
const NOT_RELEASED: Sentence = (
    "Dự thảo chưa được công bố cho đơn vị. Cơ quan thường trực công bố khi thẩm định xong.",
    "The draft is not released to the units. The standing body does so when the round is done.",
);
const NOT_EXPLAINED: Sentence = (
    "Dự thảo vòng này được công bố mà không mở giải trình. Cơ quan thường trực có thể gia hạn cho đơn vị.",
    "The draft of this round was released without time for explanations. The standing body can give the unit some.",
);
const NOT_SUBMITTED: Sentence = (
    "Đơn vị chưa nộp phiếu và còn thời gian; hãy chờ đơn vị nộp hoặc hết hạn.",
    "The unit has not submitted its sheet and still has time; wait for it or for the deadline.",
);
const NO_WINDOW: Sentence = (
    "Vòng này chưa có thời gian thẩm định. Cơ quan thường trực đặt ở trang chuẩn bị.",
    "This round has no window. The standing body sets it on the page of preparation.",
);
const NOT_YOURS: Sentence = (
    "Tiêu chí này không do đơn vị tự chấm; điểm đến từ điều tra hoặc cơ quan khác.",
    "The unit does not score this criterion; its points come from the survey or another body.",
);
const SUBMITTED: Sentence = (
    "đã duyệt và nộp. Cơ quan thường trực có thể trả lại.",
    "submitted it. The standing body can give it back.",
);
const APPROVED: Sentence =
    ("đã phê duyệt kết quả; từ đó không sửa được nữa.", "approved the result; from then on nothing changes.");
const RELEASED: Sentence = (
    "đã công bố dự thảo của vòng này; vòng sau ghi tiếp.",
    "released the draft of this round; the next round goes on.",
);
const DRAFTED: Sentence = (
    "đã công bố dự thảo thẩm định nên phiếu tự chấm giữ nguyên; đơn vị giải trình và bổ sung tài liệu ở mục Giải trình.",
    "released a draft of the appraisal, so the self-assessment stays; the unit explains itself and adds documents there.",
);

fn early(opens: Moment, lang: Lang) -> String {
    let at = written(opens, lang);
    lang.pick(format!("Chưa đến lúc: mở từ {at}."), format!("Not yet: it opens at {at}."))
}

fn late(closed: Moment, lang: Lang) -> String {
    let at = written(closed, lang);
    lang.pick(
        format!("Đã khóa từ {at} vì hết hạn. Cơ quan thường trực có thể gia hạn cho đơn vị, có lý do và công khai."),
        format!("Locked since {at}, because the time is over. The standing body can give the unit more, with a reason that all see."),
    )
}

fn unexplained(criteria: &[String], lang: Lang) -> String {
    let criteria = criteria.join(", ");
    lang.pick(
        format!("Chưa nộp được: số liệu của {criteria} không khớp nhau. Đề nghị sửa số liệu, hoặc ghi lý do nếu số liệu đúng như vậy."),
        format!("Not submitted: the figures of {criteria} do not agree. Correct them, or give a reason where they are right."),
    )
}

impl Done {
    /// Since when, and because of whom.
    fn locked(&self, lang: Lang, (vi, en): Sentence) -> String {
        let (at, by) = (written(self.at, lang), &self.by);
        lang.pick(format!("Đã khóa từ {at} vì {by} {vi}"), format!("Locked since {at}, because {by} {en}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 17:00 on 30 November 2023 in Hà Nội.
    const EVENING: Moment = 1_701_338_400_000_000;

    #[test]
    fn a_lock_says_why_since_when_and_who_can_open_it() {
        let said = Locked::Late(EVENING).say(Lang::Vi);
        assert_eq!(
            said,
            "Đã khóa từ 17:00 ngày 30/11/2023 vì hết hạn. Cơ quan thường trực có thể gia hạn cho đơn vị, có lý do và công khai."
        );
        let done = Done { by: "Đặng Quốc Việt".to_owned(), at: EVENING };
        assert!(Locked::Submitted(done).say(Lang::Vi).contains("Đặng Quốc Việt đã duyệt và nộp"));
    }
}
