//! The log.

mod act;
pub mod list;
pub mod verify;
