//! The council: open points, votes in session or in writing, minutes.

pub mod cast;
pub mod conclude;
pub mod show;
pub mod table;
