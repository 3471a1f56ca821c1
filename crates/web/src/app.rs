//! What every request can reach.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};

use parindex_domain::right::Role;
use parindex_files::Files;
use parindex_rulebook::set::Compiled;
use parindex_store::audit::Behind;
use parindex_store::{Clock, SteadyClock, Store, StoreError};
use tokio::sync::Semaphore;

use crate::campaign::scored::Loaded;
use crate::cipher::Keys;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::scan::Scanner;
use crate::sign_in::provider::{Client, Provider};
use crate::turn::Turns;

/// How the server was set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address by which people reach it: `https://parindex.hanoi.gov.vn`.
    pub base_url: String,
    /// Addresses of proxies whose word on the visitor's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// The name in the top bar.
    pub title: String,
    /// Roles whose holders need a second factor before they can do anything else.
    pub second_factor: Vec<Role>,
    /// What encrypts the secrets that stand in the database.
    pub keys: Keys,
    /// A sign-in service beside the passwords.
    pub provider: Option<Provider>,
    /// How many requests a second a browser may send; as many as it likes when none.
    pub requests: Option<NonZeroU32>,
    /// What looks uploads through, where there is one.
    pub scanner: Option<Scanner>,
    /// Bytes that the documents of a unit may take; as many as they like when none.
    pub quota: Option<u64>,
    /// By this the backups made here are known.
    pub backups: Backups,
}

/// What people should know of the backups made here.
#[derive(Clone, Debug, Default)]
pub struct Backups {
    /// The fingerprint of the key that signs them.
    pub fingerprint: String,
    /// The public key for which they are encrypted, where they are.
    pub recipient: Option<String>,
}

impl Settings {
    /// Whether browsers come by HTTPS, so that cookies may be bound to it.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// The application.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What a board that is kept ready stands for: a revision of the campaign, the hash of its approved result, and whose sheets are
/// still open.
type BoardKey = (i64, Option<String>, Vec<i64>);

/// What is behind it.
pub struct Inner {
    /// The database.
    pub store: Store,
    /// The files that people sent.
    pub files: Files,
    /// How it was set up.
    pub settings: Settings,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is counted.
    pub metrics: Metrics,
    /// Settled criteria sets, ready for scoring: they never change.
    pub sets: Mutex<HashMap<(i64, i64), Arc<Compiled>>>,
    /// Campaigns with all that was entered, by what they stand for.
    pub boards: Mutex<HashMap<i64, (BoardKey, Arc<Loaded>)>>,
    /// The sign-in service, where there is one.
    pub provider: Option<Client>,
    /// How fast somebody may ask.
    pub pace: Option<Pace>,
    /// Documents are set one after the other, so that whoever asks for many starves nobody.
    pub setting: Arc<Semaphore>,
    /// Workbooks, lists and packages are read in turn.
    pub turns: Turns,
    /// Packages with their documents are few at a time: each keeps a thread and the place of the files busy for as long as it is sent.
    pub sending: Arc<Semaphore>,
    /// Passwords are hashed on as many threads as there are cores, so that sign-ins cannot starve the pages.
    pub hashing: Arc<Semaphore>,
}

/// Packages with documents that are on their way at a time.
const MAX_SENT: usize = 2;

impl App {
    /// Puts it together.
    ///
    /// # Errors
    /// When the sign-in service has an address that is none.
    pub fn new(
        store: Store,
        files: Files,
        settings: Settings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let provider = settings.provider.clone().map(|of| Client::new(of, &settings.base_url)).transpose()?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let hashing = Arc::new(Semaphore::new(cores));
        let clock: Arc<dyn Clock> = Arc::new(SteadyClock::over(clock, store.clone()));
        let (metrics, sets, boards) = (Metrics::new(), Mutex::default(), Mutex::default());
        let pace = settings.requests.map(Pace::new);
        let setting = Arc::new(Semaphore::new((cores / 2).max(1)));
        let turns = Turns::default();
        let sending = Arc::new(Semaphore::new(MAX_SENT));
        let inner = Inner {
            store,
            files,
            settings,
            clock,
            metrics,
            sets,
            boards,
            provider,
            pace,
            setting,
            turns,
            sending,
            hashing,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    /// What the clock of the machine shows, for what other clocks are compared with.
    #[must_use]
    pub fn host_now(&self) -> i64 {
        self.0.clock.host()
    }

    /// Keeps the time and learns that of other servers; says when the clock of the machine is behind.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_time(&self) -> Result<Option<Behind>, StoreError> {
        self.0.store.keep_time(self.host_now()).await
    }

    /// Today where the administration is.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        crate::frame::day_of(self.now())
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
