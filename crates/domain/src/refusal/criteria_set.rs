//! Why a version of a criteria set is not used or changed.

use parindex_rulebook::lang::{Lang, Say};

/// Why a version of a criteria set is not used or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriteriaSetRefusal {
    /// Only a draft can be edited.
    NotDraft,
    /// Only a settled version can be used.
    NotSettled,
    /// A criteria set without a code or a title would be a version of every other one without.
    Unnamed,
}

impl Say for CriteriaSetRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::NotDraft => (
                "Bản này đã chốt nên không sửa được; hãy tạo bản mới từ nó.",
                "This version is final and cannot be edited; make a new one from it.",
            ),
            Self::NotSettled => (
                "Bản này còn là nháp; hãy chốt trong thư viện trước.",
                "This version is a draft; finalise it in the library first.",
            ),
            Self::Unnamed => (
                "Bộ tiêu chí cần có mã và tên: không có thì không biết đây là phiên bản của bộ nào. Hãy ghi ở các hàng @mã bộ và @tên bộ.",
                "A criteria set needs a code and a title: without them nobody knows of which set this is a version. Write them in the rows @mã bộ and @tên bộ.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
