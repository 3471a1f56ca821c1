//! The nearest way to write what could not be read: the text is changed a little where reading stopped, until it can be read.

use super::cursor::Parsed;
use super::names::Names;
use super::{Advice, InvalidRule, Problem};
use crate::table::tidied;

mod change;
mod edit;
mod keep;
mod literal;
mod words;

use change::changes;
use keep::Kept;

/// What a text is: a rule, the inputs of a criterion, or cross-checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Rule,
    Inputs,
    Checks,
}

/// Longer texts are answered with an example: nobody mends 600 bytes at a glance.
const MAX_LENGTH: usize = 600;
/// So many changes of one text are tried, fewer where it is long.
const MAX_TRIED: usize = 250;
const MAX_BYTES: usize = 40_000;
/// So many changes are put on top of each other.
const MAX_CHANGES: usize = 5;

/// How much may still be read in search of what could be written instead, in bytes: one for all cells of a table.
#[derive(Debug)]
pub(crate) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(200_000)
    }
}

impl Budget {
    /// Takes so many bytes; none when they are not left.
    fn take(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.checked_sub(bytes)?;
        Some(())
    }
}

/// A text with a change, and where reading it stops.
struct Tried {
    text: String,
    error: InvalidRule,
}

impl Tried {
    /// How many characters are left unread.
    fn rest(&self) -> usize {
        if self.error.found.is_empty() { 0 } else { self.length().saturating_sub(self.error.at) + 1 }
    }

    fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether reading came further: less is left, or as much is left behind more that was read.
    fn is_beyond(&self, other: &Self) -> bool {
        let (left, other_left) = (self.rest(), other.rest());
        left < other_left
            || (left == other_left
                && self.length().saturating_sub(left) > other.length().saturating_sub(other_left))
    }
}

/// The error with what could be written instead, which can be read and says the same.
pub(crate) fn advised(
    text: &str,
    of: (Kind, &Names),
    error: InvalidRule,
    budget: &mut Budget,
) -> InvalidRule {
    let advice = match &error.problem {
        Problem::Ambiguous(readings) => readings.first().cloned(),
        Problem::TooLong => None,
        _ if text.len() > MAX_LENGTH => None,
        _ => nearest(text, of, &error, budget),
    };
    let advice = advice.map_or_else(|| Advice::Example(words::example(of.0, text)), Advice::Nearest);
    InvalidRule { advice, ..error }
}

/// Whether a text is read as what it should be, under these names.
fn read(text: &str, kind: Kind, names: &Names) -> Parsed<()> {
    match kind {
        Kind::Rule => super::rule(text, names).map(drop),
        Kind::Inputs => super::inputs(text).map(drop),
        Kind::Checks => super::checks(text, names).map(drop),
    }
}

fn nearest(
    text: &str,
    (kind, names): (Kind, &Names),
    error: &InvalidRule,
    budget: &mut Budget,
) -> Option<String> {
    let text = tidied(text).unwrap_or_else(|| text.to_owned());
    let (declared, strict) = (keep::declared(names), names.strict());
    let written = Kept::of(&text, &declared);
    let mut left = (MAX_BYTES / text.len().max(1)).min(MAX_TRIED);
    let mut at = Tried { text, error: error.clone() };
    for _ in 0..MAX_CHANGES {
        let mut best: Option<Tried> = None;
        for text in changes(&at.text, &at.error, (kind, names)) {
            left = left.checked_sub(1)?;
            budget.take(text.len())?;
            match read(&text, kind, &strict) {
                Ok(()) if written.is_in(&Kept::of(&text, &declared)) && read(&text, kind, names).is_ok() => {
                    return Some(text);
                }
                Ok(()) => {}
                Err(error) => {
                    let tried = Tried { text, error };
                    let further =
                        best.as_ref().map_or_else(|| tried.is_beyond(&at), |best| tried.rest() < best.rest());
                    if further {
                        best = Some(tried);
                    }
                }
            }
        }
        at = best?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that overlap have as many readings as there are ways to cut them.
    #[test]
    fn the_search_ends_soon_whatever_is_written() {
        let names = Names::new(["a", "a x a", "a x a x a", "a x a x a x a"]);
        let spent = |text: &str, budget: &mut Budget| {
            let before = budget.0;
            let error = super::super::rule(text, &names).unwrap_err();
            let advised = advised(text, (Kind::Rule, &names), error, budget);
            assert!(matches!(advised.advice, Advice::Example(_)), "{advised:?}");
            before - budget.0
        };
        for end in [" ×", " ?", " b"] {
            let text = format!("công thức a{}{end}", " x a".repeat(140));
            let tries = spent(&text, &mut Budget::default()) / text.len();
            assert!((1..=MAX_BYTES / text.len() + 1).contains(&tries), "{tries} tries of «{text}»");
            // In a table of such cells nothing is tried when nothing is left.
            let mut budget = Budget(2 * text.len());
            let all: usize = (0..3).map(|_| spent(&text, &mut budget)).sum();
            assert!((1..=2 * text.len()).contains(&all), "{all} bytes");
        }
    }

    #[test]
    fn nothing_is_offered_beyond_the_budget() {
        let names = Names::new(["a", "b"]);
        let (text, mut none) = ("theo ty le a/b", Budget(0));
        let error = super::super::rule(text, &names).unwrap_err();
        let poor = advised(text, (Kind::Rule, &names), error.clone(), &mut none);
        assert!(matches!(poor.advice, Advice::Example(_)), "{poor:?}");
        let rich = advised(text, (Kind::Rule, &names), error, &mut Budget::default());
        assert_eq!(rich.advice, Advice::Nearest("theo tỷ lệ a/b".to_owned()));
    }
}
