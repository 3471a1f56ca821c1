//! What can stand in a cell of a sheet.

/// The kind of a cell of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The value of an input.
    Value,
    /// Points that a person gave.
    Points,
    /// The criterion does not apply to the unit.
    NotApplicable,
    /// What the unit says about a criterion; no point follows from it.
    Note,
    /// Why figures that do not agree are right all the same; no point follows from it.
    Reason,
}

impl EntryKind {
    /// All kinds of entries on a sheet.
    pub const ALL: [Self; 5] = [Self::Value, Self::Points, Self::NotApplicable, Self::Note, Self::Reason];

    /// Those that are text for people, from which no point follows.
    pub const TEXTS: [Self; 2] = [Self::Note, Self::Reason];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Points => "points",
            Self::NotApplicable => "na",
            Self::Note => "note",
            Self::Reason => "reason",
        }
    }

    /// What a stored word stands for.
    ///
    /// ```
    /// use parindex_domain::procedure::EntryKind;
    /// assert!(EntryKind::ALL.into_iter().all(|kind| EntryKind::from_word(kind.word()) == Some(kind)));
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
