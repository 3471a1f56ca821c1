//! Why a backup is not restored.

use parindex_rulebook::lang::{Lang, Say};

/// Why a backup is not restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreRefusal {
    /// A backup is restored into an empty database only.
    NotEmpty,
}

impl Say for RestoreRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::NotEmpty => (
                "Cơ sở dữ liệu này đã có dữ liệu; bản sao lưu chỉ phục hồi vào một cơ sở dữ liệu mới, để không ghi đè gì.",
                "This database holds data; a backup is restored into a new one, so that nothing is overwritten.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
