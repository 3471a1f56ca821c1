//! Why a document is not kept or removed.

use parindex_rulebook::lang::{Lang, Say};

use crate::size::written;

/// Why a document is not kept or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceRefusal {
    /// One document takes the place of one.
    OneVersion,
    /// Another document took its place.
    Replaced,
    /// The documents of the unit take so much room, and so much more is not left of the quota.
    NoRoom {
        /// Bytes that they take.
        taken: u64,
        /// Bytes that are to come.
        more: u64,
        /// Bytes that they may take.
        quota: u64,
    },
}

impl Say for EvidenceRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::OneVersion => (
                "Bản mới của một tài liệu phải là đúng một tệp hoặc một địa chỉ; chưa lưu gì. Hãy chọn lại một tệp hoặc dán một địa chỉ.",
                "The new version of a document is one file or one address; nothing was kept. Choose one file, or paste one address.",
            ),
            Self::Replaced => (
                "Tài liệu này đã có bản mới thay nên chưa lưu gì. Hãy chọn bản mới nhất của nó đang hiện ở tiêu chí; muốn bỏ cả hai thì bỏ bản mới trước.",
                "Another document has taken the place of this one already; nothing was kept. Choose its newest version, which the criterion shows; to remove both, remove the newer one first.",
            ),
            Self::NoRoom { taken, more, quota } => return no_room([*taken, *more, *quota], lang),
        };
        lang.pick(vi, en).to_owned()
    }
}

fn no_room(bytes: [u64; 3], lang: Lang) -> String {
    let [taken, more, quota] = bytes.map(|bytes| written(bytes, lang));
    lang.pick(
        format!("Tài liệu của đơn vị đang chiếm {taken} trong {quota} được phép, không còn chỗ cho {more} nữa; chưa lưu gì. Hãy bỏ tài liệu không cần, nén ảnh quét, dán địa chỉ của văn bản thay cho tệp, hoặc đề nghị người quản trị nâng hạn mức."),
        format!("The documents of the unit take {taken} of {quota}, and {more} more find no room; nothing was kept. Remove documents that nobody needs, scan with fewer dots, paste the address of a document in place of its file, or ask the administrator to raise the quota."),
    )
}
