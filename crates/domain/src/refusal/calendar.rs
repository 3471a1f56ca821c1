//! Why a special day is not added or removed.

use parindex_rulebook::lang::{Lang, Say};

/// Why a special day is not added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarRefusal {
    /// The server has a special day of that date.
    Exists,
    /// So many approved results rest on the special day.
    Settled(usize),
}

impl Say for CalendarRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Exists => (
                "Ngày này đã có trong danh sách của máy chủ; muốn sửa thì bỏ dòng cũ rồi thêm lại.",
                "This day is in the list of the server already; to change it, remove it, then add it again.",
            ),
            Self::Settled(campaigns) => return settled(*campaigns, lang),
        };
        lang.pick(vi, en).to_owned()
    }
}

fn settled(count: usize, lang: Lang) -> String {
    lang.pick(
        format!("Kết quả đã phê duyệt của {count} đợt đánh giá tính theo ngày này nên không bỏ được. Đợt đánh giá nào tính khác thì ghi ngày ấy vào bảng calendar của gói."),
        format!("The approved results of {count} campaigns rest on this day, so it stays. A campaign that counts otherwise says so in the table calendar of its package."),
    )
}
