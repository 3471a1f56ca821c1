//! XLSX workbooks to tables, and criteria sets to workbooks.

mod guard;
mod read;
mod write_set;

pub use read::{read, shown_number};
pub use write_set::{ABOUT_SHEET, SET_SHEET, write_set};
