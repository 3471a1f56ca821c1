//! Campaigns as a whole: loaded and scored, taken in from a package, kept as they were approved.

pub mod approved;
pub mod from_package;
pub mod load;
