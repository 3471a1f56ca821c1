//! What an appraiser can decide about a criterion, and the two sides that talk about it.

/// A decision of an appraiser about one criterion of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The points that stand there are right.
    Accept,
    /// These points instead, as files write them: a decimal point, at most as many digits as the set declares.
    Adjust(String),
    /// The council decides.
    Council,
}

impl Ruling {
    /// The decision without its points.
    #[must_use]
    pub fn kind(&self) -> RulingKind {
        match self {
            Self::Accept => RulingKind::Accept,
            Self::Adjust(_) => RulingKind::Adjust,
            Self::Council => RulingKind::Council,
        }
    }
}

/// What was decided, without the points: they stand on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RulingKind {
    /// The points that stood there are right.
    Accept,
    /// Other points were given.
    Adjust,
    /// The council decides.
    Council,
}

impl RulingKind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Adjust, Self::Council];

    /// The word that is stored, and that packages write.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Adjust => "adjust",
            Self::Council => "council",
        }
    }

    /// What a stored word stands for.
    ///
    /// ```
    /// use parindex_domain::procedure::RulingKind;
    /// assert!(RulingKind::ALL.into_iter().all(|kind| RulingKind::from_word(kind.word()) == Some(kind)));
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Who says something about a criterion after a draft was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The unit explains itself.
    Unit,
    /// The appraiser asks.
    Appraiser,
}

impl Side {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Unit, Self::Appraiser];

    /// The word that is stored, and that packages write.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Appraiser => "appraiser",
        }
    }

    /// What a stored word stands for.
    ///
    /// ```
    /// use parindex_domain::procedure::Side;
    /// assert!(Side::ALL.into_iter().all(|side| Side::from_word(side.word()) == Some(side)));
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.word() == word)
    }
}
