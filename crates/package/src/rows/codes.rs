//! Codes of a package and what they stand for.

use std::collections::HashMap;

/// What codes stand for. Rows that follow each other mostly have the same code, which is then not looked up again.
pub(super) struct Codes<'c, T> {
    known: HashMap<&'c str, T>,
    last: Option<(&'c str, T)>,
}

impl<'c, T: Copy> Codes<'c, T> {
    pub(super) fn new(known: HashMap<&'c str, T>) -> Self {
        Self { known, last: None }
    }

    pub(super) fn find(&mut self, code: &str) -> Option<T> {
        if self.last.is_none_or(|(last, _)| last != code) {
            self.last = Some(self.known.get_key_value(code).map(|(code, found)| (*code, *found))?);
        }
        self.last.map(|(_, found)| found)
    }
}
