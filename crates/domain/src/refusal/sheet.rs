//! Why a sheet stays as it is, or is not decided about.

use parindex_rulebook::lang::{Lang, Say};

/// Why a sheet stays as it is, or is not decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetRefusal {
    /// Something was entered on the sheet, or decided about it.
    Used,
    /// The unit changed its sheet after it was looked at.
    Changed,
}

impl Say for SheetRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Used => (
                "Phiếu của đơn vị đã có nội dung nên không đưa ra được. Hãy đặt diện «miễn» hoặc «không xếp hạng» kèm lý do.",
                "Something stands on the sheet of this unit, so it stays. Make it exempt or unranked, with the reason.",
            ),
            Self::Changed => (
                "Đơn vị vừa sửa số liệu, tài liệu hoặc giải trình sau khi bạn mở trang này; chưa ghi kết luận nào. Trang đã hiện nội dung mới: hãy xem lại rồi kết luận.",
                "The unit changed figures, documents or its explanation after you opened this page; nothing was decided. The page shows what is new: look again, then decide.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
