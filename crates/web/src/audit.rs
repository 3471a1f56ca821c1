//! The log.

pub mod list;
pub mod verify;
