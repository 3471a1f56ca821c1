//! Names that another one has already, each said as what it names: only a login is somebody's.

use parindex_rulebook::lang::{Lang, Say};

/// What is called so already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InUse {
    /// The login of a person.
    Login(String),
    /// The code of a unit, on a day on which both would be there.
    Unit(String),
    /// The provinces and communes of the official lists are there.
    ReferenceUnits,
    /// The code of a campaign.
    Campaign(String),
    /// The code of a block of the campaign.
    Block(String),
    /// A unit of the campaign, by its name.
    Member(String),
    /// The code of a criteria set.
    Set(String),
    /// A part of a sheet that this body fills in already.
    Delegation {
        /// The criterion or domain.
        criterion: String,
        /// The body.
        unit: String,
    },
    /// A criterion of the sheet that waits for the council already.
    Motion(String),
}

impl Say for InUse {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Login(login) => {
                lang.pick(format!("«{login}» đã có người dùng."), format!("Somebody signs in as “{login}” already."))
            }
            Self::Unit(code) => lang.pick(
                format!("Đã có đơn vị mang mã «{code}» trong thời gian này; hãy chọn mã khác, hoặc sửa ngày hiệu lực."),
                format!("A unit has the code “{code}” at that time; choose another one, or correct the days."),
            ),
            Self::ReferenceUnits => lang
                .pick(
                    "Danh mục tỉnh, huyện, xã đã được nạp rồi; chưa nạp thêm gì.",
                    "The provinces, districts and communes are there already; nothing was added.",
                )
                .to_owned(),
            Self::Campaign(code) => lang.pick(
                format!("Đã có đợt đánh giá mang mã «{code}»; hãy chọn mã khác."),
                format!("A campaign has the code “{code}” already; choose another one."),
            ),
            Self::Block(code) => lang.pick(
                format!("Đợt đánh giá này đã có khối mang mã «{code}»; chưa thêm gì. Hãy chọn mã khối khác."),
                format!("A block of this campaign has the code “{code}” already; nothing was added. Choose another code."),
            ),
            Self::Member(name) => lang.pick(
                format!("«{name}» đã có trong đợt đánh giá này; chưa thêm gì. Hãy bỏ đơn vị ấy khỏi danh sách."),
                format!("“{name}” is in this campaign already; nothing was added. Leave that unit out."),
            ),
            Self::Set(code) => lang.pick(
                format!("Đã có bộ tiêu chí khác mang mã «{code}»; hãy chọn mã khác."),
                format!("Another criteria set has the code “{code}” already; choose another one."),
            ),
            Self::Delegation { criterion, unit } => lang.pick(
                format!("Phần {criterion} đã giao cho {unit} rồi."),
                format!("{criterion} was given to {unit} already."),
            ),
            Self::Motion(criterion) => lang.pick(
                format!("Tiêu chí {criterion} của đơn vị này đang chờ Hội đồng quyết định rồi."),
                format!("Criterion {criterion} of this unit waits for the council already."),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only a login is somebody's; a code of something else is told with what has it.
    #[test]
    fn only_a_login_is_in_use_by_a_person() {
        assert!(InUse::Login("ha.tt".to_owned()).say(Lang::Vi).contains("đã có người dùng"));
        let named = |make: fn(String) -> InUse| make("X-1".to_owned()).say(Lang::Vi);
        for (said, what) in [
            (named(InUse::Unit), "đơn vị mang mã «X-1»"),
            (named(InUse::Campaign), "đợt đánh giá mang mã «X-1»"),
            (named(InUse::Block), "khối mang mã «X-1»"),
            (named(InUse::Member), "«X-1» đã có trong đợt đánh giá này"),
            (named(InUse::Set), "bộ tiêu chí khác mang mã «X-1»"),
            (named(InUse::Motion), "Tiêu chí X-1 của đơn vị này"),
        ] {
            assert!(said.contains(what) && !said.contains("người dùng"), "{said}");
        }
    }
}
