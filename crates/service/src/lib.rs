//! What the product does beyond one table: it reads and writes through the store and the files, and knows neither HTTP nor HTML.

pub mod appraisal;
pub mod calendar;
pub mod campaign;
pub mod cipher;
pub mod criteria_set;
pub mod day;
mod error;
pub mod evidence;
pub mod export;
pub mod own;
pub mod password;
pub mod provider;
pub mod scan;
pub mod second_factor;
pub mod sheet;
pub mod task;
pub mod token;
pub mod typed;
pub mod viewer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use parindex_files::Files;
use parindex_rulebook::set::Compiled;
use parindex_store::{Clock, Store, StoreError};

use tokio::sync::Semaphore;

use campaign::load::{BoardKey, Loaded};
pub use error::ServiceError;
use scan::Scanner;

/// What files that come in are held against.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The scanner for malicious content, where there is one.
    pub scanner: Option<Scanner>,
    /// The bytes that the documents of a unit may take; without a limit where there is none.
    pub quota: Option<u64>,
}

/// The database, the files and the time, with what is kept ready of them.
#[derive(Clone)]
pub struct Service {
    /// The database.
    pub store: Store,
    parts: Arc<ServiceParts>,
}

/// What stands behind a [`Service`].
pub struct ServiceParts {
    /// The files that people sent.
    pub files: Files,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What files that come in are held against.
    pub intake: Intake,
    /// Documents are set, and pictures cleaned, a few at a time, so that whoever asks for many starves nobody.
    pub heavy: Arc<Semaphore>,
    /// Final criteria sets, ready for scoring, by set and number: they never change.
    sets: Mutex<HashMap<(i64, i64), Arc<Compiled>>>,
    /// Campaigns with everything that was entered, by campaign; each with what it was loaded for.
    boards: Mutex<HashMap<i64, (BoardKey, Arc<Loaded>)>>,
}

impl Service {
    /// A service over a database, files and a clock.
    #[must_use]
    pub fn new(store: Store, files: Files, clock: Arc<dyn Clock>, intake: Intake) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let heavy = Arc::new(Semaphore::new((cores / 2).max(1)));
        let (sets, boards) = (Mutex::default(), Mutex::default());
        Self { store, parts: Arc::new(ServiceParts { files, clock, intake, heavy, sets, boards }) }
    }

    /// The same service, which asks the database through one connection at one moment ([`Store::snapshot`]).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn snapshot(&self) -> Result<Self, StoreError> {
        Ok(Self { store: self.store.snapshot().await?, parts: Arc::clone(&self.parts) })
    }

    /// Now, in microseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now()
    }
}

impl std::ops::Deref for Service {
    type Target = ServiceParts;
    fn deref(&self) -> &ServiceParts {
        &self.parts
    }
}
