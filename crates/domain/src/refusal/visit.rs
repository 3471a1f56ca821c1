//! Why a check on the spot is not recorded or withdrawn.

use parindex_rulebook::lang::{Lang, Say};

/// Why a check on the spot is not recorded or withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitRefusal {
    /// Nobody checks his own unit.
    OwnUnit,
    /// Somebody else put it on record.
    NotRecorder,
}

impl Say for VisitRefusal {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::OwnUnit => (
                "Đây là đơn vị của bạn, nên bạn không ghi hoặc rút biên bản kiểm tra ở đây.",
                "This is your own unit, so you neither record nor withdraw a check of it.",
            ),
            Self::NotRecorder => (
                "Chỉ người ghi biên bản hoặc cơ quan thường trực rút được biên bản này.",
                "Only who recorded this check, or the standing body, can withdraw it.",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
