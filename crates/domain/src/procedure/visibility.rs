//! What units see of each other while a campaign runs, and after.

use parindex_rulebook::lang::{Lang, Say};

/// What units see of the points of their block. Their own points they always see, once a draft is released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Their own alone, also after the approval.
    #[default]
    Own,
    /// The ranking of their block, once the result is approved.
    Result,
    /// The ranking of their block from the first draft on.
    Drafts,
}

impl Visibility {
    /// All of them, from the narrowest to the widest.
    pub const ALL: [Self; 3] = [Self::Own, Self::Result, Self::Drafts];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Result => "result",
            Self::Drafts => "drafts",
        }
    }

    /// What a stored word stands for.
    ///
    /// ```
    /// use parindex_domain::procedure::Visibility;
    /// assert!(Visibility::ALL.into_iter().all(|each| Visibility::of(each.word()) == Some(each)));
    /// ```
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.word() == word)
    }
}

impl Say for Visibility {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Own => ("chỉ điểm của đơn vị mình", "their own points alone"),
            Self::Result => (
                "thêm bảng xếp hạng của khối sau khi phê duyệt",
                "and the ranking of their block once it is approved",
            ),
            Self::Drafts => (
                "thêm bảng xếp hạng của khối từ dự thảo đầu tiên",
                "and the ranking of their block from the first draft on",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}
