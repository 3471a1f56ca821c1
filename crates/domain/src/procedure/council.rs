//! A vote of the council: adopted by more than half of its members, whoever was there; nobody votes about his own unit.

use parindex_rulebook::lang::{Lang, Say};

/// How a member of the council votes on a motion.
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
    /// All that can be chosen.
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

/// Of whom more than half decide, where somebody may not vote because it is about his own unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// All members, whoever may not vote among them.
    #[default]
    All,
    /// The members who may vote.
    Voting,
}

impl Base {
    /// All that can be chosen.
    pub const ALL: [Self; 2] = [Self::All, Self::Voting];

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Voting => "voting",
        }
    }

    /// What a stored word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.word() == word)
    }

    /// Of how many more than half decide, in a council of so many members of whom so many may not vote.
    ///
    /// ```
    /// use parindex_domain::procedure::Base;
    /// assert_eq!((Base::All.seats(9, 2), Base::Voting.seats(9, 2)), (9, 7));
    /// ```
    #[must_use]
    pub fn seats(self, members: usize, barred: usize) -> usize {
        match self {
            Self::All => members,
            Self::Voting => members.saturating_sub(barred),
        }
    }
}

impl Say for Base {
    fn say(&self, lang: Lang) -> String {
        let (vi, en) = match self {
            Self::All => ("quá nửa tổng số thành viên Hội đồng", "more than half of all members"),
            Self::Voting => (
                "quá nửa số thành viên được biểu quyết (không tính người của chính đơn vị)",
                "more than half of those who may vote (without those of the unit itself)",
            ),
        };
        lang.pick(vi, en).to_owned()
    }
}

/// The votes on a motion, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Members of the council of whom more than half decide: chair, vice-chairs, members.
    pub members: usize,
    /// Votes for.
    pub yes: usize,
    /// Votes against.
    pub no: usize,
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
pub enum VoteRefusal {
    /// It is concluded.
    Closed,
    /// The time for votes in writing is not over, and not all have voted.
    Open,
    /// The time for votes in writing is over.
    Over,
    /// At the meeting too few have voted.
    TooFew(Count),
}

impl Say for VoteRefusal {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_vote_counts_in_the_base_unless_the_campaign_says_otherwise() {
        // Nine members, two of the unit itself: four votes are not more than half of nine, and are of seven.
        let count = |base: Base| Count::of(base.seats(9, 2), vec![Choice::For; 4]);
        assert!(!count(Base::All).adopted() && count(Base::Voting).adopted());
        assert!(!count(Base::All).is_quorate() && count(Base::Voting).is_quorate());
        assert_eq!(Base::default(), Base::All);
        assert!(Base::ALL.into_iter().all(|base| Base::of(base.word()) == Some(base)));
        assert_ne!(Base::All.say(Lang::Vi), Base::Voting.say(Lang::Vi));
        assert_ne!(Base::All.say(Lang::En), Base::Voting.say(Lang::En));
    }
}
