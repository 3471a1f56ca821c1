//! The pages. A page is a struct with its template; a handler says who, what, right, act, answer.

mod account;
mod app;
mod assets;
mod audit;
mod clock;
mod criteria_set;
mod failure;
mod frame;
mod guard;
mod headers;
mod health;
mod home;
mod person;
mod preference;
mod protected;
mod routes;
mod sign_in;
mod token;
mod unit;
mod upload;
mod visitor;

pub use app::{App, Settings};
pub use clock::{Clock, FixedClock, SystemClock};
pub use routes::{Needs, ROUTES, Route, router};
pub use sign_in::secret::hash_password;
pub use token::{Token, hash_of};
