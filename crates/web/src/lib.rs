//! The server: the routes of every part of the work, and what stands before them.

mod moved;
mod routes;

use std::sync::Arc;

use parindex_files::Files;
use parindex_store::{Clock, Store};
use parindex_web_shell::app::Pages;

pub use moved::moved;
pub use parindex_web_shell::app::{App, BackupKeys, WebSettings};
pub use parindex_web_shell::metrics_page::router as metrics_router;
pub use parindex_web_shell::route::{Limit, Needs, Scope};
pub use parindex_web_shell::server::{Limits, Server};
pub use routes::{ROUTES, router, routes};

/// A route of the server.
pub type AppRoute = parindex_web_shell::route::Route<App>;

/// The application over a database and files.
///
/// # Errors
/// When the sign-in service has an address that is none.
pub fn app(
    store: Store,
    files: Files,
    settings: WebSettings,
    clock: Arc<dyn Clock>,
) -> Result<App, Box<dyn std::error::Error + Send + Sync>> {
    let pages = Pages { routes: ROUTES, sign_in_form: parindex_web_office::sign_in_form };
    App::new(store, files, settings, clock, pages)
}
