//! Units, people and campaigns: who is assessed, against which criteria set, in which stages; who may do what; what was done.

pub mod audit;
pub mod campaign;
pub mod doubt;
pub mod moment;
pub mod person;
pub mod procedure;
pub mod refusal;
pub mod right;
pub mod search;
pub mod size;
pub mod sort;
pub mod unit;
