//! Versions of the library: read, compiled, and what the linter says of them.

use parindex_package::load::compile;
use parindex_package::set;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lint::naming;
use parindex_rulebook::set::{Compiled, CriteriaSet as Content, Places};
use parindex_store::{Store, StoreError};

use crate::ServiceError;

/// A version as it is worked with.
pub struct OpenedSet {
    /// The table as it is kept.
    pub text: String,
    /// What it holds.
    pub content: Content,
    /// Where each node stands in it.
    pub places: Places,
}

/// Reads a version of the library.
///
/// # Errors
/// [`ServiceError::NotFound`]; a table that was once read and cannot be read now is a fault inside.
pub async fn open(store: &Store, set: i64, number: i64) -> Result<OpenedSet, ServiceError> {
    let text = store.version_text(set, number).await?.ok_or(ServiceError::NotFound)?;
    let read = set::read("criteria.csv", text.clone().into_bytes());
    let read = read.map_err(|findings| StoreError::Inconsistent {
        table: "criteria_version",
        row: set,
        what: format!("{findings:?}"),
    })?;
    Ok(OpenedSet { text, content: read.set, places: read.places })
}

/// What is missing for the set to stand in the library: without a code and a title nobody knows of which set it is a version.
pub fn unnamed(content: &Content, places: &Places) -> Vec<Finding<Text>> {
    naming(content, places).iter().map(Finding::spoken).collect()
}

/// What the linter says of a set; its own rows are named, not the file.
pub fn advice(content: &Content, places: &Places) -> (Option<Compiled>, Vec<Finding<Text>>) {
    match compile(content.clone(), places) {
        Ok((compiled, findings)) => (Some(compiled), findings),
        Err(findings) => (None, findings),
    }
}
