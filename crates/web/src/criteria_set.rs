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

use axum::routing::{get, post};
use parindex_domain::right::Act;
use parindex_package::load::compile;
use parindex_package::set;
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lint::naming;
use parindex_rulebook::set::{Compiled, CriteriaSet as Content, Places};
use parindex_store::criteria_set::Uploaded;
use parindex_store::{Store, StoreError};

use crate::failure::Failure;
use crate::route::{Limit, Needs, Route, Scope};

/// The addresses.
pub static ROUTES: &[Route] = &[
    Route::get("/criteria-sets", Needs::Act(Act::SeeSets), Scope::Shared, || get(list::list_criteria_sets)),
    Route::get("/criteria-sets/upload", Needs::Act(Act::ChangeSets), Scope::Installation, || {
        get(upload::show_criteria_set_upload)
    }),
    Route::post("/criteria-sets/upload", Needs::Act(Act::ChangeSets), Scope::Installation, || {
        post(upload::upload_criteria_set)
    })
    .limit(Limit::Workbook),
    Route::get("/criteria-sets/{set}/{number}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(show::show_criteria_set)
    }),
    Route::get("/criteria-sets/{set}/{number}/file/{kind}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(download::download_criteria_set)
    }),
    Route::get("/criteria-sets/{set}/{number}/try/{code}", Needs::Act(Act::SeeSets), Scope::Shared, || {
        get(try_rule::show_rule_trial)
    }),
    Route::get(
        "/criteria-sets/{set}/{number}/edit/{code}",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || get(edit::show_criterion_form),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/edit/{code}",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(edit::change_criterion),
    ),
    Route::get(
        "/criteria-sets/{set}/{number}/difference/{other}",
        Needs::Act(Act::SeeSets),
        Scope::Shared,
        || get(difference::compare_criteria_sets),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/settle",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(settle::settle_criteria_set),
    ),
    Route::get(
        "/criteria-sets/{set}/{number}/copy",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || get(copy::show_criteria_set_copy),
    ),
    Route::post(
        "/criteria-sets/{set}/{number}/copy",
        Needs::Act(Act::ChangeSets),
        Scope::Installation,
        || post(copy::copy_criteria_set),
    ),
];

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
