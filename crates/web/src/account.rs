//! One's own account.

pub mod browser;
pub mod password;
pub mod second_factor;
pub mod show;
