//! A fresh database for each test: SQLite always, PostgreSQL where the test command has started one.

use std::path::PathBuf;
use std::time::Duration;

use parindex_files::{FilePlace, Files};
use parindex_store::Store;
use sea_orm::{ConnectionTrait, Database as Sea, DatabaseConnection};
use tempfile::TempDir;

/// Where the test command says that PostgreSQL listens: `postgres://user@host:port`.
const VARIABLE: &str = "PARINDEX_TEST_POSTGRES";

/// A database that ends with the test.
pub struct Database {
    /// What it is, for messages.
    pub kind: &'static str,
    /// Its address.
    pub url: String,
    /// The store over it, migrated.
    pub store: Store,
    folder: TempDir,
}

/// One of each kind.
///
/// # Panics
/// When one cannot be made: then no test means anything.
pub async fn databases() -> Vec<Database> {
    let mut all = vec![sqlite().await];
    if let Ok(server) = std::env::var(VARIABLE) {
        all.push(postgres(&server).await);
    }
    all
}

/// One of each kind as an earlier version left it, brought up to this one.
///
/// # Panics
/// When one cannot be made or brought up.
pub async fn earlier(sqlite_dump: &str, postgres_dump: &str) -> Vec<Database> {
    let (folder, url) = new_sqlite();
    // A dump names its tables in the order of their letters, not of what points to what.
    let dump = format!("PRAGMA foreign_keys = OFF;\n{sqlite_dump}");
    run(&url, &dump).await.expect("the dump is read");
    let mut all = vec![Database { kind: "SQLite", store: opened(&url).await, url, folder }];
    if let Ok(server) = std::env::var(VARIABLE) {
        let (folder, url) = (folder_of_a_test(), empty_postgres(&server).await);
        run(&url, postgres_dump).await.expect("the dump is read");
        all.push(Database { kind: "PostgreSQL", store: opened(&url).await, url, folder });
    }
    all
}

fn folder_of_a_test() -> TempDir {
    TempDir::new().expect("a folder for a test")
}

fn new_sqlite() -> (TempDir, String) {
    let folder = folder_of_a_test();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("test.db").display());
    (folder, url)
}

async fn sqlite() -> Database {
    let (folder, url) = new_sqlite();
    Database { folder, ..Database::at("SQLite", url).await }
}

async fn postgres(server: &str) -> Database {
    Database::at("PostgreSQL", empty_postgres(server).await).await
}

async fn run(url: &str, statements: &str) -> Result<(), String> {
    let db = Sea::connect(url).await.expect("the database opens");
    db.execute_unprepared(statements).await.map(|_| ()).map_err(|error| error.to_string())
}

/// The address of an empty database on a server.
pub async fn empty_postgres(server: &str) -> String {
    let token = parindex_service::token::Token::new().expect("randomness").hash();
    let name = format!("t{}", token.chars().take(20).collect::<String>());
    let admin: DatabaseConnection = Sea::connect(format!("{server}/postgres")).await.expect("PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database for a test");
    format!("{server}/{name}")
}

/// Runs statements on a database, as somebody with access to the server could.
///
/// # Errors
/// What the database says.
pub async fn behind_the_back_of(url: &str, statements: &str) -> Result<(), String> {
    run(url, statements).await
}

async fn opened(url: &str) -> Store {
    let store = Store::connect(url).await.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    store
}

impl Database {
    /// At an address, migrated.
    pub(crate) async fn at(kind: &'static str, url: String) -> Self {
        Self { kind, store: opened(&url).await, url, folder: folder_of_a_test() }
    }

    /// The folder of its files.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Files beside it, as many handles as a test wants.
    #[must_use]
    pub fn files(&self) -> Files {
        Files::open(&FilePlace::Folder(self.files_folder())).expect("the folder of files opens")
    }

    /// Cuts every line to a PostgreSQL and accepts no new one for a while, as when it restarts.
    pub async fn cut(&self, wait: Duration) {
        self.close().await;
        tokio::time::sleep(wait).await;
        self.reopen().await;
    }

    /// Cuts every line to a PostgreSQL and accepts no new one.
    ///
    /// # Panics
    /// When the server itself cannot be reached.
    pub async fn close(&self) {
        let (admin, name) = self.admin();
        let closed = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        run(&admin, &closed).await.expect("the database closes");
        let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        run(&admin, &cut).await.expect("the lines are cut");
    }

    /// Accepts lines again.
    ///
    /// # Panics
    /// When the server itself cannot be reached.
    pub async fn reopen(&self) {
        let (admin, name) = self.admin();
        let open = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        run(&admin, &open).await.expect("the database opens");
    }

    /// The address from which databases are governed, and the name of this one.
    fn admin(&self) -> (String, &str) {
        let (server, name) = self.url.rsplit_once('/').expect("an address with a name");
        (format!("{server}/postgres"), name)
    }

    /// Runs a statement behind the back of the store, as somebody with access to the server could.
    ///
    /// # Panics
    /// When there is no connection.
    pub async fn behind_its_back(&self, statement: &str) -> Result<(), String> {
        run(&self.url, statement).await
    }
}
