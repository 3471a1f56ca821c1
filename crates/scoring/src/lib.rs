//! From facts to points, index, rank and class, each number with the sentence that explains it.
//!
//! ```text
//! Figures (what all units of a block entered at one stage, in columns)
//!   -> Sheet (one unit's values and entered points)
//!   -> UnitScore (points of every node, total, index)   by a Compiled set
//!   -> Board (all units of a block, ranked; one changed fact recomputes only its path)
//!   -> Explanation (any number, in words)
//! ```

pub mod awaited;
pub mod board;
pub mod check;
mod columns;
pub mod compare;
pub mod explain;
pub mod figures;
pub mod kept;
pub mod ranking;
pub mod sheet;
pub mod unit;
