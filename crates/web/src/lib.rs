//! The pages. A page is a struct with its template; a handler says who, what, right, act, answer.

mod account;
mod app;
mod appraisal;
mod assets;
mod audit;
mod campaign;
mod council;
mod criteria_set;
mod failure;
mod frame;
mod guard;
mod headers;
mod health;
mod home;
mod job;
mod metrics;
mod person;
mod preference;
mod protected;
mod routes;
mod sheet;
mod sign_in;
mod token;
mod typed;
mod unit;
mod upload;
mod visitor;

pub use app::{App, Settings};
pub use campaign::from_package::take_in;
pub use metrics::router as metrics_router;
pub use routes::{Needs, ROUTES, Route, router};
pub use sign_in::provider::Provider;
pub use sign_in::secret::hash_password;
pub use token::{Token, hash_of};
