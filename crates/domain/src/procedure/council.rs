//! A vote of the council: adopted by more than half of its members, whoever was there.

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
