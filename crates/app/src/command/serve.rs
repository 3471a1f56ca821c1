//! `parindex serve`: the server.

use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::Duration;

use clap::ArgMatches;
use parindex_domain::moment::written;
use parindex_package::system_words;
use parindex_rulebook::lang::{Lang, Say};
use parindex_service::sheet::expire::Expired;
use parindex_web::{App, Limits, Server};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::CommandResult;
use super::server::{app, open, wait};
use super::worker::worker;
use crate::console::Console;
use crate::descriptors;
use crate::failure::CommandFailure;
use crate::private;

/// Lines to the figures for Prometheus.
const LINES_INSIDE: usize = 100;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> CommandResult {
    log(arguments.get_flag("log-json"));
    wait(serve(arguments, console))
}

/// The log goes to standard error; what is logged is set by `PARINDEX_LOG`.
pub fn log(json: bool) {
    let filter =
        EnvFilter::try_from_env("PARINDEX_LOG").unwrap_or_else(|_unset| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber would be a fault of ours that changes nothing for the server.
    let _already = if json { log.json().try_init() } else { log.compact().try_init() };
}

async fn serve(arguments: &ArgMatches, console: &Console) -> CommandResult {
    let (settings, store) = open(arguments).await?;
    let app = app(&settings, store).await?;
    private::narrow(&settings);
    encrypt(&app).await?;
    tokio::spawn(keep_time(app.clone()));
    tokio::spawn(expire(app.clone()));
    let (router, figures) = (parindex_web::router(app.clone()), parindex_web::metrics_router(app));
    let working = if arguments.get_flag("no-worker") { None } else { Some(beside(arguments)?) };
    let (stop, (tell, told)) = (stopped(), watch::channel(false));
    let mut servers = tokio::task::JoinSet::new();
    let lines = descriptors::raised() / 2;
    let limits = Limits::new(lines, settings.trusted_proxies.value.clone());
    // Whoever watches the server gets in also while all lines of the pages are taken.
    let (pages, inside) = (Server::new(limits), Server::new(Limits::new(LINES_INSIDE, Vec::new())));
    let pages = settings.listen.value.iter().map(|address| (address, &pages, &router));
    let inside = settings.metrics_listen.value.iter().map(|address| (address, &inside, &figures));
    for (address, server, router) in pages.chain(inside) {
        servers.spawn(server.clone().serve(bound(address).await?, router.clone(), told.clone()));
    }
    let (url, lang) = (&settings.base_url.value, console.lang);
    Console::remark(&lang.pick(
        format!("parindex đang chạy tại {url} (dừng bằng Ctrl+C)"),
        format!("parindex runs at {url} (stop it with Ctrl+C)"),
    ));
    stop.await;
    tracing::info!(
        event = "server.stopping",
        "told to stop: what is under way is ended, nothing new is taken; told once more, it stops at once"
    );
    let _all_at_once = tell.send(true);
    while let Some(ended) = servers.join_next().await {
        ended.map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    }
    // A job under way is ended before the process goes.
    if let Some(working) = working {
        let _its_panic_is_logged = working.join();
    }
    Ok(())
}

/// How often the time is kept.
const TICK: Duration = Duration::from_secs(10);

/// Keeps the time in the database, so that neither this server nor another is before it when its clock goes back; says when the
/// clock of this machine is behind, and when it no longer is.
async fn keep_time(app: App) {
    let mut was_behind = false;
    loop {
        match app.keep_time().await {
            Ok(Some(behind)) if !was_behind => {
                let (clock, log) = (written(behind.host, Lang::En), written(behind.newest, Lang::En));
                tracing::error!(
                    event = "clock.behind",
                    clock,
                    log,
                    "the clock of this machine is behind the log; the time of the log counts. Set the clock right, or see `parindex audit clock`"
                );
                was_behind = true;
            }
            Ok(None) if was_behind => {
                tracing::info!(
                    event = "clock.caught_up",
                    "the clock of this machine is no longer behind the log"
                );
                was_behind = false;
            }
            // The pages say what is wrong with a database that is away.
            Ok(_) | Err(_) => {}
        }
        tokio::time::sleep(TICK).await;
    }
}

/// How often deadlines are looked at.
const MINUTE: Duration = Duration::from_mins(1);

/// The log says within a minute of a deadline what nobody touched until then.
async fn expire(app: App) {
    let mut expired = Expired::default();
    loop {
        match expired.look(&app.service).await {
            Ok(0) => {}
            Ok(sheets) => {
                tracing::info!(
                    event = "deadline.passed",
                    sheets,
                    "deadlines have passed: what nobody touched counts as not done"
                );
            }
            Err(error) => {
                tracing::warn!(
                    event = "deadline.failed",
                    ?error,
                    "deadlines could not be looked at; the next try is in a minute"
                );
            }
        }
        tokio::time::sleep(MINUTE).await;
    }
}

/// Secrets of a database from before, or of a key that was replaced, get the key in use.
async fn encrypt(app: &App) -> CommandResult {
    let found = parindex_service::second_factor::encrypt_old(&app.service, &app.settings.keys).await;
    let found = found.map_err(|error| CommandFailure::message(error.to_string(), error.to_string()))?;
    if found.newly > 0 {
        tracing::info!(
            event = "key.applied",
            secrets = found.newly,
            "secrets were encrypted with the key in use"
        );
    }
    if found.unreadable > 0 {
        tracing::warn!(
            event = "key.missing",
            secrets = found.unreadable,
            "second factors were encrypted with a key that is not in the key file; their owners need a recovery code"
        );
    }
    Ok(())
}

async fn bound(address: &SocketAddr) -> Result<TcpListener, CommandFailure> {
    let bound = TcpListener::bind(address).await;
    // Where the address leaves the port to the system, the log alone says which one it is.
    bound.inspect(log_address).map_err(|error| {
        let error = system_words(&error);
        CommandFailure::message(
            format!("không mở được cổng {address}: {error}"),
            format!("the address {address} cannot be opened: {error}"),
        )
    })
}

fn log_address(line: &TcpListener) {
    if let Ok(address) = line.local_addr() {
        tracing::info!(event = "server.listening", %address, "listening");
    }
}

/// Work of the night goes on in a thread with a runtime and a connection of its own, so that no page waits for it.
fn beside(arguments: &ArgMatches) -> Result<JoinHandle<()>, CommandFailure> {
    let arguments = arguments.clone();
    let work = move || match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(persistent(&arguments)),
        Err(error) => tracing::error!(event = "worker.failed", %error, "no jobs are done here"),
    };
    Ok(std::thread::Builder::new().name("worker".to_owned()).spawn(work)?)
}

/// Begins anew after a minute when the worker cannot begin: a database that is away for a moment must not cost a night.
async fn persistent(arguments: &ArgMatches) {
    let mut stop = std::pin::pin!(stopped());
    loop {
        let why = match worker(arguments).await {
            Ok(worker) => return worker.run(stop).await,
            Err(failure) => failure.say(Lang::En),
        };
        tracing::error!(event = "worker.failed", why, "no jobs are done here; the next try is in a minute");
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(Duration::from_mins(1)) => {}
        }
    }
}

/// Ctrl+C or the word of the service manager; requests and jobs under way are ended first. It is heard from the moment that this
/// is called, not only once somebody waits for it. Whoever says it twice does not want to wait: the process goes at once, and what
/// was under way is written as a whole or not at all, as when the power fails.
pub fn stopped() -> impl Future<Output = ()> {
    let (tell, told) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        signal().await;
        let _whoever_waits = tell.send(());
        signal().await;
        tracing::warn!(
            event = "server.stopped_at_once",
            "told to stop once more: what is under way is cut off"
        );
        std::process::exit(1);
    });
    async move {
        let _told = told.await;
    }
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let terminated = async {
            match terminated {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { _ = interrupted => {}, () = terminated => {} }
    }
    #[cfg(not(unix))]
    {
        let _interrupted = interrupted.await;
    }
}
