//! `parindex serve`: the server.

use std::net::SocketAddr;

use clap::ArgMatches;
use parindex_package::system_words;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::Done;
use super::server::{app, open, wait};
use crate::console::Console;
use crate::failure::Failure;

pub fn run(arguments: &ArgMatches, console: &mut Console) -> Done {
    log(arguments.get_flag("log-json"));
    wait(serve(arguments, console))
}

/// The log goes to standard error; what is logged is set by `PARINDEX_LOG`.
fn log(json: bool) {
    let filter =
        EnvFilter::try_from_env("PARINDEX_LOG").unwrap_or_else(|_unset| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber would be a fault of ours that changes nothing for the server.
    let _already = if json { log.json().try_init() } else { log.compact().try_init() };
}

async fn serve(arguments: &ArgMatches, console: &Console) -> Done {
    let (settings, store) = open(arguments).await?;
    let router = parindex_web::router(app(&settings, store));
    let mut servers = tokio::task::JoinSet::new();
    for address in &settings.listen.value {
        let listener = TcpListener::bind(address).await.map_err(|error| {
            let error = system_words(&error);
            Failure::message(
                format!("không mở được cổng {address}: {error}"),
                format!("the address {address} cannot be opened: {error}"),
            )
        })?;
        let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
        servers.spawn(axum::serve(listener, service).with_graceful_shutdown(stopped()).into_future());
    }
    let (url, lang) = (&settings.base_url.value, console.lang);
    Console::remark(&lang.pick(
        format!("parindex đang chạy tại {url} (dừng bằng Ctrl+C)"),
        format!("parindex runs at {url} (stop it with Ctrl+C)"),
    ));
    while let Some(ended) = servers.join_next().await {
        let ended = ended.map_err(std::io::Error::other).and_then(|ended| ended);
        ended.map_err(|error| Failure::message(error.to_string(), error.to_string()))?;
    }
    Ok(())
}

/// Waits for Ctrl+C or the word of the service manager; requests under way are answered first.
async fn stopped() {
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
