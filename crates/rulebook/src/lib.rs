//! Criteria sets and their rules.
pub mod calendar;
pub mod diff;
pub mod eval;
pub mod expr;
pub mod finding;
pub mod input;
pub mod lang;
pub mod lint;
pub mod notation;
pub mod number;
pub mod rule;
pub mod set;
pub mod settings;
pub mod slot;
pub mod table;
pub mod trace;
pub mod word;
