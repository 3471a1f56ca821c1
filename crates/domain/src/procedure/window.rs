//! The time in which a step is done.

use parindex_rulebook::lang::{Lang, Say};

use super::Moment;

/// From a moment, before another one.
///
/// ```
/// use parindex_domain::procedure::{Phase, Window};
/// let window = Window::new(100, 200)?;
/// assert_eq!(window.phase(None, 99), Phase::Before(100));
/// assert_eq!(window.phase(None, 199), Phase::Open(200));
/// assert_eq!(window.phase(None, 200), Phase::After(200));
/// // One unit was given more time.
/// assert_eq!(window.phase(Some(250), 240), Phase::Open(250));
/// # Ok::<(), parindex_domain::procedure::InvalidWindow>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    opens: Moment,
    closes: Moment,
}

/// Where a moment stands to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It opens then.
    Before(Moment),
    /// It is open until then.
    Open(Moment),
    /// It closed then.
    After(Moment),
}

/// A window that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidWindow {
    /// It would close before it opens.
    Backwards,
}

impl Say for InvalidWindow {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Backwards => lang
                .pick("hạn cuối phải sau lúc bắt đầu", "the deadline has to come after the beginning")
                .to_owned(),
        }
    }
}

impl Window {
    /// A window from its first moment to its last.
    ///
    /// # Errors
    /// [`InvalidWindow::Backwards`].
    pub fn new(opens: Moment, closes: Moment) -> Result<Self, InvalidWindow> {
        if opens < closes { Ok(Self { opens, closes }) } else { Err(InvalidWindow::Backwards) }
    }

    /// The first moment at which it is open.
    #[must_use]
    pub fn opens(self) -> Moment {
        self.opens
    }

    /// When it closes for all who were given no more time.
    #[must_use]
    pub fn closes(self) -> Moment {
        self.closes
    }

    /// Where a moment stands, for a unit that was given time until `more`. More time never shortens a window.
    #[must_use]
    pub fn phase(self, more: Option<Moment>, now: Moment) -> Phase {
        let closes = more.map_or(self.closes, |more| more.max(self.closes));
        if now < self.opens {
            Phase::Before(self.opens)
        } else if now < closes {
            Phase::Open(closes)
        } else {
            Phase::After(closes)
        }
    }
}
