//! Work that the server does by itself: one file per job. Backups, because a job makes one every night.

pub mod archive;
mod backup;
pub mod check_files;
mod check_log;
mod failed;
mod night;
mod plan;
mod sweep;
mod worker;

pub use plan::{Backups, Plan};
pub use worker::Worker;
