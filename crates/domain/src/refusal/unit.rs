//! Why a unit stays as it is.

use parindex_rulebook::lang::{Lang, Say};

/// Why a unit stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitRefusal {
    /// A unit cannot stand below itself.
    BelowItself,
    /// A unit that has ended, has not begun, or is the same becomes no other one.
    NoSuccession,
    /// Units become another one on a day that is there already.
    SuccessionToCome,
    /// A unit would end before it begins.
    DaysTurned,
}

impl Say for UnitRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::BelowItself => (
                "Đơn vị không thể trực thuộc chính nó hoặc đơn vị bên dưới nó; hãy chọn cấp trên khác.",
                "A unit cannot stand below itself or below one of its own; choose another one.",
            ),
            Self::NoSuccession => (
                "Các đơn vị cũ phải đang tồn tại trước ngày này, chưa kết thúc và khác đơn vị nhận; đơn vị nhận phải tồn tại vào ngày này.",
                "The former units have to be there before that day, not ended, and others than the one they become; that one has to be there on the day.",
            ),
            Self::SuccessionToCome => (
                "Ngày hiệu lực chưa tới nên chưa ghi: đơn vị trực thuộc và người dùng chuyển sang ngay khi ghi. Hãy ghi vào ngày hiệu lực hoặc sau đó.",
                "The day is still to come: what is below the units, and their people, go over at once. Write it down on that day or after it.",
            ),
            Self::DaysTurned => (
                "Với các ngày này, một đơn vị kết thúc trước khi bắt đầu; chưa ghi gì. Hãy xem lại cột «từ ngày», «đến ngày» cùng ngày đã có ở trang đơn vị.",
                "With these days a unit would end before it begins; nothing was written. Look at the columns “from” and “to”, and at the days on the page of the unit.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
