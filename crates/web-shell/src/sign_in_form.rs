//! Why the sign-in form stands in the place of an answer, and what it says of the form that was sent.

/// What the page says of a form that came after its session had ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// Nothing: nobody sent a form.
    #[default]
    No,
    /// That it was over.
    Plain,
    /// That what was typed waits.
    Kept,
    /// That what was typed stands below.
    Shown,
}

/// Why the sign-in form stands in the place of an answer.
#[derive(Clone, Debug, Default)]
pub struct Ended {
    /// The address to go on to after signing in.
    pub next: String,
    /// What the page says of the form that was sent.
    pub over: Over,
    /// The fields that cannot be kept, as HTML to be copied from.
    pub missing: String,
}
