//! One file per table, nothing else: what a column means is said by the word of the same name in `domain`.
#![expect(missing_docs, reason = "a column is named like the field of the domain that it keeps")]

pub mod appointment;
pub mod attempt;
pub mod audit;
pub mod audit_head;
pub mod block;
pub mod campaign;
pub mod criteria_set;
pub mod criteria_version;
pub mod delegation;
pub mod entry;
pub mod entry_history;
pub mod evidence;
pub mod extension;
pub mod file;
pub mod invitation;
pub mod job;
pub mod member;
pub mod motion;
pub mod person;
pub mod phrase;
pub mod recovery_code;
pub mod remark;
pub mod sent;
pub mod session;
pub mod stage;
pub mod succession;
pub mod unit;
pub mod unsent;
pub mod verdict;
pub mod visit;
pub mod visit_photo;
pub mod vote;
