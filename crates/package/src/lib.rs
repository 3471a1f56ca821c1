//! Campaign packages: the one format for examples, import, export, archive, publication and verification.
//!
//! A package is a folder or a ZIP in the Frictionless Data Package convention. It is read strictly: a file
//! that could be misread is refused with its place and the remedy. The format is specified in
//! `docs/package-format.md`.

pub mod archive;
pub mod beside;
mod bounds;
pub mod csv;
pub mod descriptor;
pub mod export;
pub mod history;
pub mod load;
pub mod manifest;
mod problem;
pub mod published;
pub mod rows;
pub mod set;
pub mod skeleton;
pub mod source;
pub mod text;
pub mod whole;
pub mod xlsx;

pub use bounds::Bounds;
pub use problem::{PackageProblem, system_words};

use parindex_rulebook::finding::{Finding, Text};

/// What stands in the way, each with its place and remedy.
pub type Findings = Vec<Finding<Text>>;
