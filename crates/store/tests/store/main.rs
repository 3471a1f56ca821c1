//! The store on both databases.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod audit;
mod disk;
mod fault;
mod leaving;
mod people;
mod servers;
mod sets;
mod snapshot;
mod units;
mod upgrade;

use parindex_store::Actor;

/// Whoever sits at the server.
fn console() -> Actor {
    Actor::console("test")
}

/// Any moment.
const NOW: i64 = 1_772_413_200_000_000;
