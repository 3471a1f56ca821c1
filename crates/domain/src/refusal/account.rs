//! Why an account is not used or changed now.

use parindex_rulebook::lang::{Lang, Say};

/// Why an account is not used or changed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The link was used or is too old.
    LinkSpent,
    /// The account is closed.
    Closed,
    /// The last administrator stays.
    LastAdministrator,
    /// The code was used or is wrong.
    WrongCode,
    /// The account, or the person at the service, is linked already.
    Linked,
}

impl Say for AccountRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::LinkSpent => (
                "Liên kết này đã dùng rồi hoặc đã quá hạn. Hãy xin người quản trị gửi liên kết mới.",
                "This link has been used or is too old. Ask the administrator for a new one.",
            ),
            Self::Closed => (
                "Tài khoản đã khóa. Người quản trị có thể mở lại.",
                "The account is closed. The administrator can open it again.",
            ),
            Self::LastAdministrator => (
                "Đây là người quản trị cuối cùng còn hoạt động; hãy giao vai trò cho người khác trước.",
                "This is the last active administrator; appoint another one first.",
            ),
            Self::WrongCode => (
                "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại.",
                "The code is wrong or was used. Enter the one that your phone shows now.",
            ),
            Self::Linked => (
                "Tài khoản này hoặc người này ở dịch vụ đã được gắn rồi; hãy bỏ gắn trước.",
                "This account, or this person at the service, is linked already; unlink first.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
