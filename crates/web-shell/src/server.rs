//! The door to the network: lines to browsers, each with deadlines. Whoever sends half a request, drips one or does not read the
//! answer is let go of; one place cannot take all lines; and a server that is told to stop has stopped within a known time.

mod answer;
mod body;
mod crowd;
mod line;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use answer::answered;
use crowd::{Connection, Crowd};
use line::TimedLine;

/// The head of a request is refused beyond it, and no more of a body is read ahead.
const MAX_READ_AHEAD: usize = 64 * 1024;
/// After a line could not be taken, for want of file descriptors.
const REST: Duration = Duration::from_millis(200);
/// Whoever waits for nothing is let go of at once when the server stops; this long for what is still on its way out.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How long what may take, and how much may be open.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the first byte of a request, or the beginning of the line, to the end of its head.
    pub head: Duration,
    /// Between an answer and the next request; longer than proxies keep a line for later.
    pub idle: Duration,
    /// In such a time 64 kB of a body have to come, for as long as somebody waits for them.
    pub body: Duration,
    /// So long a browser may take nothing of its answer: a download can be paused, and goes on later.
    pub unread: Duration,
    /// What is under way when the server is told to stop is ended within it, or cut off.
    pub drain: Duration,
    /// Open lines in all.
    pub lines: usize,
    /// Open lines of one place: an address, or a network of the newer kind.
    pub lines_of_a_place: usize,
    /// Proxies, before which many places look like one.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Limits {
    /// For so many open lines in all.
    #[must_use]
    pub fn new(lines: usize, trusted_proxies: Vec<IpAddr>) -> Self {
        Self {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(75),
            body: Duration::from_mins(1),
            unread: Duration::from_mins(5),
            drain: Duration::from_secs(30),
            lines,
            // An office of 300 with six lines each; the oldest that nobody uses makes room for one more.
            lines_of_a_place: 1_000.min(lines / 2).max(1),
            trusted_proxies,
        }
    }

    /// How often somebody looks at the deadlines.
    fn look(&self) -> Duration {
        (self.head.min(self.idle).min(self.unread) / 5)
            .clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}

/// A server, at one address or several.
#[derive(Clone)]
pub struct Server {
    limits: Arc<Limits>,
    crowd: Arc<Crowd>,
}

impl Server {
    /// With its limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let limits = Arc::new(limits);
        Self { crowd: Arc::new(Crowd::new(Arc::clone(&limits))), limits }
    }

    /// Serves at an address until it is told to stop and what was under way has ended, or its time is over.
    pub async fn serve(self, listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
        let (mut lines, mut look) = (JoinSet::new(), tokio::time::interval(self.limits.look()));
        let told = stop.clone();
        loop {
            tokio::select! {
                () = is_told(&mut stop) => break,
                Some(_ended) = lines.join_next() => {}
                _now = look.tick() => self.crowd.let_go(),
                taken = listener.accept() => match taken {
                    Ok((stream, peer)) => if let Some(seat) = self.crowd.seat(peer.ip()) {
                        lines.spawn(attend(stream, seat, (peer, self.limits.body), router.clone(), told.clone()));
                    },
                    Err(error) => no_line(&error).await,
                },
            }
        }
        drop(listener);
        self.drain(lines).await;
    }

    /// What is under way has a while to end.
    async fn drain(&self, mut lines: JoinSet<()>) {
        let ended = async { while lines.join_next().await.is_some() {} };
        if tokio::time::timeout(self.limits.drain, ended).await.is_err() {
            let (cut, seconds) = (lines.len(), self.limits.drain.as_secs());
            tracing::warn!(
                event = "server.cut_off",
                cut,
                seconds,
                "the server stops: requests that were not done in this time are cut off"
            );
            lines.shutdown().await;
        }
    }
}

/// Waits for the word to stop. Where nobody is left who could say it, it has been said.
async fn is_told(stop: &mut watch::Receiver<bool>) {
    let _told = stop.wait_for(|stop| *stop).await;
}

/// A line could not be taken: the browser went away meanwhile, or there is no file descriptor left, and then it takes a while.
async fn no_line(error: &std::io::Error) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(event = "connection.failed", %error, "a connection cannot be taken");
        tokio::time::sleep(REST).await;
    }
}

/// Answers on one line until it ends.
async fn attend(
    stream: TcpStream,
    seat: Connection,
    (peer, pace): (SocketAddr, Duration),
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let _slower_without_it = stream.set_nodelay(true);
    let pulse = Arc::clone(&seat.pulse);
    let service = service_fn(|request| answered(router.clone(), request, (peer, pace), Arc::clone(&pulse)));
    let mut http = http1::Builder::new();
    // Deadlines are ours: theirs for a head is also the one between two requests, and none stands in for a slow body.
    http.header_read_timeout(None).max_buf_size(MAX_READ_AHEAD);
    let line = http.serve_connection(TokioIo::new(TimedLine::new(stream, Arc::clone(&pulse))), service);
    let mut line = std::pin::pin!(line);
    tokio::select! {
        _ended = line.as_mut() => return,
        () = pulse.let_go() => return,
        () = is_told(&mut stop) => {}
    }
    line.as_mut().graceful_shutdown();
    if pulse.works() {
        let _ended = line.await;
    } else {
        let _ended = tokio::time::timeout(LAST_WORDS, line).await;
    }
}
