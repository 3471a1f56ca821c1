//! The council: open points, votes in session or in writing, minutes; whom the chair has named for the standing body’s own unit.

pub mod cast;
pub mod conclude;
pub mod show;
pub mod substitute;
pub mod table;
