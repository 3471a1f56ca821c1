//! A unit’s sheet: opened, compared with itself, looked at when its time runs out.

pub mod expire;
pub mod mismatch;
pub mod not_done;
pub mod open;
pub mod seal;
pub mod sum;
pub mod tree;
pub mod value;

pub use open::{SheetView, open, own_paths, paths_of};
