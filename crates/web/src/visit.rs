//! On-site checks on record.

pub mod list;
pub mod photo;
pub mod record;
pub mod withdraw;
