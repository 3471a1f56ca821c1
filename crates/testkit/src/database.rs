//! A fresh database for each test: SQLite always, PostgreSQL where the test command has started one.

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
    _folder: Option<TempDir>,
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

async fn sqlite() -> Database {
    let folder = TempDir::new().expect("a folder for a test");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let store = opened(&url).await;
    Database { kind: "SQLite", url, store, _folder: Some(folder) }
}

async fn postgres(server: &str) -> Database {
    let url = empty_postgres(server).await;
    let store = opened(&url).await;
    Database { kind: "PostgreSQL", url, store, _folder: None }
}

/// The address of an empty database on a server.
pub async fn empty_postgres(server: &str) -> String {
    let token = parindex_web::Token::new().expect("randomness").hash();
    let name = format!("t{}", token.chars().take(20).collect::<String>());
    let admin: DatabaseConnection = Sea::connect(format!("{server}/postgres")).await.expect("PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database for a test");
    format!("{server}/{name}")
}

async fn opened(url: &str) -> Store {
    let store = Store::connect(url).await.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    store
}

impl Database {
    /// Runs a statement behind the back of the store, as somebody with access to the server could.
    ///
    /// # Panics
    /// When there is no connection.
    pub async fn behind_its_back(&self, statement: &str) -> Result<(), String> {
        let db = Sea::connect(&self.url).await.expect("the database opens");
        db.execute_unprepared(statement).await.map(|_| ()).map_err(|error| error.to_string())
    }
}
