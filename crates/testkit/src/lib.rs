//! The whole application for tests: a fresh database of each kind, people of every role, a browser without a window.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "only tests use it; a test may stop"
)]

mod browser;
mod database;
mod office;
mod own_postgres;
pub mod small_disk;

pub use browser::{Browser, Reply};
pub use database::{Database, behind_the_back_of, databases, earlier, empty_postgres};
pub use office::{Office, PASSWORD, app_over};
pub use own_postgres::OwnPostgres;
