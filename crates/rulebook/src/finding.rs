//! What is wrong, where, and what to do: one shape for readers, linter and packages.

use std::fmt;

use crate::lang::{Lang, Say};

/// Where something stands in what a person wrote.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Place {
    /// The file; empty when there is none.
    pub file: String,
    /// The sheet of a workbook; empty for a CSV file.
    pub sheet: String,
    /// The row as the person's program numbers it; 0 for the whole file.
    pub row: u32,
    /// The column's header; empty for the whole row.
    pub column: String,
}

impl Place {
    /// A place that is a whole file.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// The same place in another column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        column.clone_into(&mut self.column);
        self
    }
}

impl Say for Place {
    fn say(&self, lang: Lang) -> String {
        let mut parts = vec![self.file.clone()];
        if !self.sheet.is_empty() {
            parts.push(format!("{} «{}»", lang.pick("trang tính", "sheet"), self.sheet));
        }
        if self.row > 0 {
            parts.push(format!("{} {}", lang.pick("hàng", "row"), self.row));
        }
        if !self.column.is_empty() {
            parts.push(format!("{} «{}»", lang.pick("cột", "column"), self.column));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can go on until it is mended.
    Error,
    /// It works, but somebody should look.
    Warning,
}

/// One thing found at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<P> {
    /// How bad.
    pub severity: Severity,
    pub place: Place,
    /// What, and what to do.
    pub problem: P,
}

impl<P> Finding<P> {
    /// An error at a place.
    pub fn error(place: Place, problem: P) -> Self {
        Self { severity: Severity::Error, place, problem }
    }

    /// A warning at a place.
    pub fn warning(place: Place, problem: P) -> Self {
        Self { severity: Severity::Warning, place, problem }
    }
}

impl<P: Say> Finding<P> {
    /// The same finding with its sentences made, so that findings of all kinds can stand in one list.
    pub fn spoken(&self) -> Finding<Text> {
        let (vi, en, command) =
            (self.problem.say(Lang::Vi), self.problem.say(Lang::En), self.problem.command());
        let problem = Text { vi, en, command };
        Finding { severity: self.severity, place: self.place.clone(), problem }
    }
}

impl<P: Say> Say for Finding<P> {
    fn say(&self, lang: Lang) -> String {
        let place = self.place.say(lang);
        let problem = self.problem.say(lang);
        if place.is_empty() { problem } else { format!("{place}: {problem}") }
    }
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
    /// The command that mends it.
    pub command: Option<&'static str>,
}

impl Say for Text {
    fn say(&self, lang: Lang) -> String {
        lang.pick(&self.vi, &self.en).clone()
    }

    fn command(&self) -> Option<&'static str> {
        self.command
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.vi)
    }
}
