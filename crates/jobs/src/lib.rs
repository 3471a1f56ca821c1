//! Work that the server does by itself: one file per job. Backups, because a job makes one every night.

pub mod archive;
pub mod check_files;
mod check_log;
mod night;
mod sweep;
mod worker;

pub use worker::{Backups, Plan, Worker};
