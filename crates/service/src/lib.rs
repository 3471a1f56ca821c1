//! What the product does beyond one table: it reads and writes through the store and the files, and knows neither HTTP nor HTML.

pub mod calendar;
pub mod campaign;
pub mod cipher;
pub mod criteria_set;
mod error;
pub mod password;
pub mod provider;
pub mod scan;
pub mod token;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use parindex_files::Files;
use parindex_rulebook::set::Compiled;
use parindex_store::{Clock, Store};

use campaign::load::{BoardKey, Loaded};
pub use error::ServiceError;

/// The database, the files and the time, with what is kept ready of them.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

/// What stands behind a [`Service`].
pub struct Inner {
    /// The database.
    pub store: Store,
    /// The files that people sent.
    pub files: Files,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Settled criteria sets, ready for scoring, by set and number: they never change.
    sets: Mutex<HashMap<(i64, i64), Arc<Compiled>>>,
    /// Campaigns with everything that was entered, by campaign; each with what it was loaded for.
    boards: Mutex<HashMap<i64, (BoardKey, Arc<Loaded>)>>,
}

impl Service {
    /// A service over a database, files and a clock.
    #[must_use]
    pub fn new(store: Store, files: Files, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { store, files, clock, sets: Mutex::default(), boards: Mutex::default() }))
    }

    /// Now, in microseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now()
    }
}

impl std::ops::Deref for Service {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
