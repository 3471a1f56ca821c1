//! One line to a browser, and how it is: whether a request is awaited, half there, or being answered.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::Limits;

/// What happens on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing, since an answer ended.
    Idle,
    /// The head of a request is on its way.
    Head,
    /// A request is being answered.
    Works,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// Since when the browser takes nothing of what is written.
    unread: Option<Instant>,
}

/// How a line is, for whoever watches over all of them.
#[derive(Debug)]
pub struct Pulse {
    state: Mutex<State>,
    let_go: Notify,
}

impl Pulse {
    /// Of a line that begins: its first request is awaited as if it had begun to come.
    pub fn new() -> Self {
        let state = State { phase: Phase::Head, since: Instant::now(), unread: None };
        Self { state: Mutex::new(state), let_go: Notify::new() }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn enter(&self, phase: Phase) {
        self.change(|state| (state.phase, state.since) = (phase, Instant::now()));
    }

    /// A request is there.
    pub fn begins(&self) {
        self.enter(Phase::Works);
    }

    /// Its answer has ended.
    pub fn ends(&self) {
        self.enter(Phase::Idle);
    }

    /// Bytes came. While a request is answered they belong to it.
    fn heard(&self) {
        if self.look(|state| state.phase == Phase::Idle) {
            self.enter(Phase::Head);
        }
    }

    fn written(&self, waits: bool) {
        self.change(|state| state.unread = waits.then(|| state.unread.unwrap_or_else(Instant::now)));
    }

    /// Whether a request is being answered.
    pub fn works(&self) -> bool {
        self.look(|state| state.phase == Phase::Works)
    }

    /// Since when nothing is being answered, where nothing is.
    pub fn waits_since(&self) -> Option<Instant> {
        self.look(|state| (state.phase != Phase::Works && state.unread.is_none()).then_some(state.since))
    }

    /// Whether a deadline has passed.
    pub fn overdue(&self, limits: &Limits, now: Instant) -> bool {
        self.look(|state| {
            let (since, most) = match (state.unread, state.phase) {
                (Some(since), _) => (since, limits.unread),
                (None, Phase::Head) => (state.since, limits.head),
                (None, Phase::Idle) => (state.since, limits.idle),
                (None, Phase::Works) => return false,
            };
            now.saturating_duration_since(since) > most
        })
    }

    /// Has the line let go of.
    pub fn end(&self) {
        self.let_go.notify_one();
    }

    /// When it is to be let go of.
    pub async fn let_go(&self) {
        self.let_go.notified().await;
    }
}

/// The line itself, felt by its pulse.
pub struct TimedLine {
    stream: TcpStream,
    pulse: Arc<Pulse>,
}

impl TimedLine {
    /// A line with its pulse.
    pub fn new(stream: TcpStream, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse }
    }

    fn wrote<T>(&self, written: Poll<T>) -> Poll<T> {
        self.pulse.written(written.is_pending());
        written
    }
}

impl AsyncRead for TimedLine {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        if into.filled().len() > before {
            self.pulse.heard();
        }
        read
    }
}

impl AsyncWrite for TimedLine {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
