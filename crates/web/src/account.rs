//! One's own account.

pub mod browser;
pub mod password;
pub mod provider;
pub mod second_factor;
pub mod show;
