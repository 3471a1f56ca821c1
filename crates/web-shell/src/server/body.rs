//! Bodies under watch: one that comes has to come on, and the end of one that goes is told.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::line::Pulse;

/// So much has to come in the time that is given: far less than the slowest line on which somebody would send anything.
const LEAST: usize = 64 * 1024;

/// The rest of a body did not come in time.
#[derive(Debug)]
struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body comes too slowly")
    }
}

impl std::error::Error for TooSlow {}

/// A body that comes in. The time in which we are not waiting for it does not count.
pub struct Paced<B> {
    body: B,
    time: Duration,
    left: Duration,
    had: usize,
    waits: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<B> Paced<B> {
    /// With the time for each 64 kB.
    pub fn new(body: B, time: Duration) -> Self {
        Self { body, time, left: time, had: 0, waits: None }
    }

    fn came(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waits.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        self.had += bytes;
        if self.had >= LEAST {
            (self.had, self.left) = (0, self.time);
        }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Paced<B>
where
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
            self.came(data.map_or(0, Bytes::len));
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let left = self.left;
        let (_, timer) = self.waits.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        timer.as_mut().poll(cx).map(|()| Some(Err(BoxError::from(TooSlow))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that goes out; where it ends, whole or not, the line waits for the next request.
pub struct BodyProgress {
    body: axum::body::Body,
    pulse: Arc<Pulse>,
}

impl BodyProgress {
    /// With the pulse of its line.
    pub fn new(body: axum::body::Body, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl Drop for BodyProgress {
    fn drop(&mut self) {
        self.pulse.ends();
    }
}

impl Body for BodyProgress {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
