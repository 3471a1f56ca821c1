//! A vote of the council: adopted by more than half of its members, whoever was there.

use parindex_rulebook::lang::{Lang, Say};

/// How somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Tán thành.
    For,
    /// Không tán thành.
    Against,
    /// Không có ý kiến.
    Abstain,
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::For, Self::Against, Self::Abstain];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Abstain => "abstain",
        }
    }

    /// The choice of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.word() == word)
    }
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Members of the council: chair, vice-chairs, members.
    pub members: usize,
    /// Votes for.
    pub yes: usize,
    /// Votes against.
    pub no: usize,
    /// Abstentions.
    pub abstained: usize,
}

impl Count {
    /// Counts the votes of a council of so many members.
    pub fn of(members: usize, votes: impl IntoIterator<Item = Choice>) -> Self {
        let mut count = Self { members, ..Self::default() };
        for vote in votes {
            match vote {
                Choice::For => count.yes += 1,
                Choice::Against => count.no += 1,
                Choice::Abstain => count.abstained += 1,
            }
        }
        count
    }

    /// How many have voted.
    #[must_use]
    pub fn voted(&self) -> usize {
        self.yes + self.no + self.abstained
    }

    /// Whether enough have voted for a decision at a meeting: more than half of all members, without whom nothing could be
    /// adopted.
    #[must_use]
    pub fn is_quorate(&self) -> bool {
        2 * self.voted() > self.members
    }

    /// Whether more than half of all members are for it: at the meeting or in writing (QĐ 4762/QĐ-UBND of Hà Nội, 2024).
    ///
    /// ```
    /// use parindex_domain::procedure::{Choice, Count};
    /// let five_of_ten = Count::of(10, vec![Choice::For; 5]);
    /// assert!(!five_of_ten.adopted());
    /// assert!(Count::of(10, vec![Choice::For; 6]).adopted());
    /// ```
    #[must_use]
    pub fn adopted(&self) -> bool {
        2 * self.yes > self.members
    }
}

/// Why the council does not vote on it, or does not conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoVote {
    /// It is concluded.
    Closed,
    /// The time for votes in writing is not over, and not all have voted.
    Open,
    /// The time for votes in writing is over.
    Over,
    /// At the meeting too few have voted.
    TooFew(Count),
}

impl Say for NoVote {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::Closed => ("Hội đồng đã kết luận nội dung này.", "The council has decided this point."),
            Self::Open => (
                "Chưa hết hạn lấy ý kiến và chưa đủ người biểu quyết; hãy kết luận khi hết hạn hoặc khi mọi người đã biểu quyết.",
                "The time for votes is not over and not all have voted; close it then.",
            ),
            Self::Over => (
                "Đã hết hạn lấy ý kiến về nội dung này. Thư ký sẽ kết luận theo số phiếu đã có.",
                "The time for votes on this point is over; it will be decided by the votes there are.",
            ),
            Self::TooFew(count) => {
                let (voted, members) = (count.voted(), count.members);
                return lang.pick(
                    format!("Mới có {voted}/{members} thành viên biểu quyết; tại phiên họp cần quá nửa. Hãy chờ thêm phiếu, hoặc lấy ý kiến bằng văn bản có thời hạn."),
                    format!("{voted} of {members} members have voted; a meeting needs more than half. Wait for more, or ask in writing with a deadline."),
                );
            }
        };
        lang.pick(vi, en).to_owned()
    }
}
