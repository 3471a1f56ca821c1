//! A sign-in service of the administration (`OpenID` Connect): its settings, and what is said between it and this server.

mod claims;
mod client;

pub use client::{Client, Provider};
