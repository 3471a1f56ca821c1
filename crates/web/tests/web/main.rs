//! The pages through the whole application, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod appraisal;
mod approved;
mod external_points;

mod border;
mod calendar;
mod campaign;
mod clock;
mod disk;
mod evidence;
mod fault;
mod figures;
mod forms;
mod home;
mod languages;
mod metrics;
mod not_done;
mod package;
mod people;
mod preparation;
mod queries;
mod quota;
mod random_package;
mod range;
mod second_factor;
mod server;
mod sets;
mod sheet;
mod sign_in;
mod travel;
mod turn;
mod twice;
mod typed;
mod typing;
mod units;
mod unlogged;
mod unsent;
mod visit;
mod walk;
