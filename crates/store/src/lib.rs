//! The database: the only crate that names SeaORM, and `dialect` the only file that names a backend.
//!
//! Reading is a method of [`Store`]. Every change is a [`change::Change`] and goes through [`Store::commit`], which checks the
//! right, writes and appends the audit entry in one transaction.

pub mod attempt;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod campaign;
pub mod change;
pub mod clock;
pub mod council;
pub mod criteria_set;
pub mod delegation;
mod dialect;
mod error;
pub mod evidence;
pub mod external_points;
pub mod file;
mod group;
mod in_use;
pub mod job;
mod lasting;
mod like;
mod migration;
pub mod outage;
mod own;
pub mod person;
pub mod phrase;
mod private_file;
mod reader;
pub mod remark;
mod renewal;
pub mod schema;
pub mod sent;
pub mod session;
pub mod sheet;
pub mod table;
pub mod unit;
pub mod unlogged;
pub mod unsent;
pub mod upkeep;
pub mod verdict;
pub mod visit;
mod write_lock;

pub use change::{Actor, Change, Note, Permit, Work};
pub use clock::{Clock, FixedClock, SteadyClock, SystemClock};
pub use dialect::{DEFAULT_URL, existing_url, file_url};
pub use error::{Refusal, StoreError, Trouble};
pub use in_use::InUse;
pub use outage::Outage;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::{DatabaseConnection, DbErr};

use reader::Reader;

/// How often a server that starts begins anew what another one that starts at the same moment came between.
const TURNS: u64 = 8;

/// The database of an installation.
#[derive(Clone, Debug)]
pub struct Store {
    /// Begins changes.
    pool: DatabaseConnection,
    /// Answers questions.
    db: Reader,
    write_lock: write_lock::WriteLock<Option<group::Group>>,
    tally: Arc<Tally>,
    outages: Arc<outage::Outages>,
    newest: clock::Newest,
}

/// Questions to the database since it was opened; those within a change count too.
#[derive(Debug, Default)]
struct Tally {
    asked: AtomicU64,
    failed: AtomicU64,
    commits: AtomicU64,
}

/// How many questions there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queries {
    pub asked: u64,
    /// Those that the database did not answer.
    pub failed: u64,
    /// Commits of changes: changes that come together share one.
    pub commits: u64,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`; a SQLite file is made where it is missing. One that may only be read is read, and
    /// written once that is possible again ([`Store::outage`]).
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        private_file::make(url);
        let renewal = Arc::default();
        let opened = beside_others(dialect::is_busy, || dialect::connect(url, &renewal)).await?;
        let outages = outage::Outages::new(url, renewal);
        let dialect::Opened { db: mut pool, frozen } = opened;
        let tally = Arc::<Tally>::default();
        let counted = Arc::clone(&tally);
        pool.set_metric_callback(move |query| {
            counted.asked.fetch_add(1, Ordering::Relaxed);
            if query.failed {
                counted.failed.fetch_add(1, Ordering::Relaxed);
            }
        });
        let store = Self {
            db: Reader::Pool(pool.clone()),
            pool,
            write_lock: write_lock::WriteLock::default(),
            tally,
            outages,
            newest: clock::Newest::default(),
        };
        if frozen {
            store.takes_no_writes(Trouble::ReadOnly);
        }
        Ok(store)
    }

    /// How many questions the database was asked.
    #[must_use]
    pub fn tally(&self) -> Queries {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Queries {
            asked: read(&self.tally.asked),
            failed: read(&self.tally.failed),
            commits: read(&self.tally.commits),
        }
    }

    /// Brings the tables up to this version of the program.
    ///
    /// # Errors
    /// [`StoreError::Database`]; what was done stays done, each step whole.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        use sea_orm_migration::MigratorTrait;
        // Each step is whole, so one of two servers makes it, whatever the other was told.
        Ok(beside_others(|_| true, || migration::Migrator::up(&self.pool, None)).await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.pool.ping().await?)
    }
}

/// Does what servers that start together do to one database, again while another one's doing was in the way.
async fn beside_others<T, F>(in_the_way: impl Fn(&DbErr) -> bool, act: impl Fn() -> F) -> Result<T, DbErr>
where
    F: Future<Output = Result<T, DbErr>>,
{
    let mut turns = 0;
    loop {
        match act().await {
            Err(error) if turns < TURNS && in_the_way(&error) => {
                turns += 1;
                tokio::time::sleep(Duration::from_millis(100 * turns)).await;
            }
            answer => return answer,
        }
    }
}
