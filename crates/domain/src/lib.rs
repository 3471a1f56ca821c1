//! Units and campaigns: who is assessed, against which criteria set, in which stages.

pub mod campaign;
pub mod search;
pub mod unit;
