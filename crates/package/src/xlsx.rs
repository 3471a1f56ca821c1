//! XLSX workbooks to tables, and criteria sets to workbooks.

mod guard;
mod read;
mod write_set;
mod write_table;

pub use read::{read, read_within, shown_number};
pub use write_set::{ABOUT_SHEET, SET_SHEET, write_set};
pub use write_table::write_table;
