//! What every request can reach.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::response::Response;
use axum_extra::extract::CookieJar;
use parindex_domain::right::Role;
use parindex_files::Files;
use parindex_store::audit::Behind;
use parindex_store::{Clock, SteadyClock, Store, StoreError};
use tokio::sync::Semaphore;

use crate::failure::Failure;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::routes::Routes;
use crate::sign_in_form::Ended;
use crate::turn::Turns;
use crate::visitor::Visitor;
use parindex_service::cipher::Keys;
use parindex_service::password::Hasher;
use parindex_service::provider::{Client, Provider};
use parindex_service::{Intake, Service};

/// How the server was set up.
#[derive(Clone, Debug)]
pub struct WebSettings {
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
    /// What files that come in are held against.
    pub intake: Intake,
    /// By this the backups made here are known.
    pub backups: BackupKeys,
}

/// What people should know of the backups made here.
#[derive(Clone, Debug, Default)]
pub struct BackupKeys {
    /// The fingerprint of the key that signs them.
    pub fingerprint: String,
    /// The public key for which they are encrypted, where they are.
    pub recipient: Option<String>,
}

impl WebSettings {
    /// Whether browsers come by HTTPS, so that cookies may be bound to it.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// The sign-in form in the place of an answer that needs a session.
pub type RenderSignIn = fn(&App, &Visitor, CookieJar, Ended) -> Result<(CookieJar, Response), Failure>;

/// What the parts of the work give to the shell.
#[derive(Clone, Copy)]
pub struct Pages {
    pub routes: Routes<App>,
    /// Writes the sign-in form.
    pub sign_in_form: RenderSignIn,
}

/// The application.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// What computes over the database and the files.
    pub service: Service,
    parts: Arc<AppParts>,
}

/// What is behind it.
pub struct AppParts {
    /// The files that people sent.
    pub files: Files,
    /// How it was set up.
    pub settings: WebSettings,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is counted.
    pub metrics: Metrics,
    /// The sign-in service, where there is one.
    pub provider: Option<Client>,
    /// How fast somebody may ask.
    pub pace: Option<Pace>,
    /// Workbooks, lists and packages are read in turn.
    pub turns: Turns,
    /// Packages with their documents are few at a time: each keeps a thread and the place of the files busy for as long as it is sent.
    pub sending: Arc<Semaphore>,
    /// Hashes and compares passwords.
    pub hasher: Hasher,
    /// The pages of all parts of the work.
    pub pages: Pages,
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
        settings: WebSettings,
        clock: Arc<dyn Clock>,
        pages: Pages,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let provider = settings.provider.clone().map(|of| Client::new(of, &settings.base_url)).transpose()?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let hasher = Hasher::new(cores);
        let clock: Arc<dyn Clock> = Arc::new(SteadyClock::over(clock, store.clone()));
        let metrics = Metrics::default();
        let service = Service::new(store.clone(), files.clone(), Arc::clone(&clock), settings.intake.clone());
        let pace = settings.requests.map(Pace::new);
        let turns = Turns::default();
        let sending = Arc::new(Semaphore::new(MAX_SENT));
        let parts =
            AppParts { files, settings, clock, metrics, provider, pace, turns, sending, hasher, pages };
        Ok(Self { store, service, parts: Arc::new(parts) })
    }

    /// The same application, which asks the database through one connection at one moment ([`Store::snapshot`]).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn snapshot(&self) -> Result<Self, StoreError> {
        let service = self.service.snapshot().await?;
        Ok(Self { store: service.store.clone(), service, parts: Arc::clone(&self.parts) })
    }

    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// What the clock of the machine shows, for what other clocks are compared with.
    #[must_use]
    pub fn host_now(&self) -> i64 {
        self.clock.host()
    }

    /// Keeps the time and learns that of other servers; says when the clock of the machine is behind.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_time(&self) -> Result<Option<Behind>, StoreError> {
        self.store.keep_time(self.host_now()).await
    }

    /// Today where the administration is.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        parindex_domain::moment::local(self.now()).date()
    }
}

impl std::ops::Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.parts
    }
}
