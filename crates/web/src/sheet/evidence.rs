//! Documents that prove what stands on a sheet.

pub mod attach;
pub mod detach;
pub mod file;
pub mod find;
pub mod keep;
pub mod kind;
