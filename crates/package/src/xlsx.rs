//! XLSX workbooks to tables, and criteria sets to workbooks.

mod cell;
mod format_code;
mod guard;
mod read;
mod shown;
mod write_set;
mod write_table;

pub use cell::shown_number;
pub use read::{Sheets, read, read_within, sheet_names};
pub use write_set::{ABOUT_SHEET, SET_SHEET, write_set};
pub use write_table::write_table;
