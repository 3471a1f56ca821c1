//! Documents that prove what stands on a sheet: which kinds are taken in, how they are kept, how much room they may take.

pub mod keep;
pub mod kind;
mod picture;
pub mod quota;
