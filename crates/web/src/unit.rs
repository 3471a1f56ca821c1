//! Units.

pub mod add;
pub mod edit;
mod form;
pub mod import;
pub mod list;
pub mod reference;
pub mod show;
pub mod succeed;
pub mod tree;
