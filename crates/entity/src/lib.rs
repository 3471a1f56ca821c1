//! One file per table, nothing else: what a column means is said by the word of the same name in `domain`.
#![expect(missing_docs, reason = "a column is named like the field of the domain that it keeps")]

pub mod appointment;
pub mod attempt;
pub mod audit;
pub mod audit_head;
pub mod criteria_set;
pub mod criteria_version;
pub mod file;
pub mod invitation;
pub mod job;
pub mod person;
pub mod recovery_code;
pub mod session;
pub mod succession;
pub mod unit;
