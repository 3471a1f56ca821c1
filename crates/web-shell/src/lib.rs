//! What stands around every page: who asks and whether he may, the frame, failures, forms, what a request may bring and how long it
//! may take. The parts of the work are crates of their own and stand on this one.

extern crate self as parindex_web_shell;

pub mod address;
pub mod app;
pub mod assets;
pub mod download;
pub mod failure;
pub mod failure_page;
pub mod file_name;
pub mod form;
pub mod frame;
pub mod guard;
pub mod headers;
pub mod health;
pub mod horizon;
pub mod identify;
pub mod metrics;
pub mod metrics_page;
pub mod mistake;
pub mod next;
pub mod once;
pub mod pace;
pub mod place;
pub mod preference;
pub mod protected;
pub mod range;
pub mod route;
pub mod routes;
pub mod sending;
pub mod sent;
pub mod server;
pub mod session;
pub mod sign_in_form;
pub mod snapshot;
pub mod spool;
pub mod turn;
pub mod unsaved;
pub mod unsent;
pub mod upload;
pub mod visitor;
