//! The library of criteria sets.

pub mod copy;
pub mod difference;
pub mod download;
pub mod edit;
pub mod list;
pub mod settle;
pub mod show;
pub mod try_rule;
pub mod upload;

use parindex_package::load::compile;
use parindex_package::set;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lint::naming;
use parindex_rulebook::set::{Compiled, CriteriaSet as Content, Places};
use parindex_store::criteria_set::Uploaded;
use parindex_store::{Store, StoreError};

use crate::failure::Failure;

/// A version as it is worked with.
pub struct Opened {
    /// The table as it is kept.
    pub text: String,
    /// What it holds.
    pub content: Content,
    /// Where each node stands in it.
    pub places: Places,
}

/// The page of a version that has come in.
pub fn place(uploaded: &Uploaded) -> String {
    format!("/criteria-sets/{}/{}", uploaded.set, uploaded.number)
}

/// Reads a version of the library.
///
/// # Errors
/// [`Failure::NotFound`]; a table that was once read and cannot be read now is a fault inside.
pub async fn open(store: &Store, set: i64, number: i64) -> Result<Opened, Failure> {
    let text = store.version_text(set, number).await?.ok_or(Failure::NotFound)?;
    let read = set::read("criteria.csv", text.clone().into_bytes());
    let read = read.map_err(|findings| StoreError::Inconsistent {
        table: "criteria_version",
        row: set,
        what: format!("{findings:?}"),
    })?;
    Ok(Opened { text, content: read.set, places: read.places })
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
