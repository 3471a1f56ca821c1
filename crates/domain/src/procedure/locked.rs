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
}

impl Say for Locked {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Draft => lang
                .pick(
                    "Cuộc chấm điểm chưa mở. Cơ quan thường trực đang chuẩn bị và sẽ mở.",
                    "The campaign is not open. The standing body prepares it and will open it.",
                )
                .to_owned(),
            Self::Early(opens) => {
                let at = written(*opens, lang);
                lang.pick(
                    format!("Chưa đến lúc: phiếu mở từ {at}."),
                    format!("Not yet: the sheet opens at {at}."),
                )
            }
            Self::Late(closed) => {
                let at = written(*closed, lang);
                lang.pick(
                    format!("Đã khóa từ {at} vì hết hạn. Cơ quan thường trực có thể gia hạn cho đơn vị, có lý do và công khai."),
                    format!("Locked since {at}, because the time is over. The standing body can give the unit more, with a reason that all see."),
                )
            }
            Self::Submitted(done) => {
                let (at, by) = (written(done.at, lang), &done.by);
                lang.pick(
                    format!("Đã khóa từ {at} vì {by} đã duyệt và nộp. Cơ quan thường trực có thể trả lại."),
                    format!(
                        "Locked since {at}, because {by} submitted it. The standing body can give it back."
                    ),
                )
            }
            Self::Approved(done) => {
                let (at, by) = (written(done.at, lang), &done.by);
                lang.pick(
                    format!("Kết quả đã được {by} phê duyệt lúc {at}; từ đó không sửa được nữa."),
                    format!("{by} approved the result at {at}; from then on nothing changes."),
                )
            }
            Self::Exempt => lang
                .pick("Đơn vị không thuộc diện đánh giá lần này.", "The unit is not assessed this time.")
                .to_owned(),
        }
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
