//! A request goes to the pages, its answer back.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use tower::ServiceExt;

use super::body::{BodyProgress, Paced};
use super::line::Pulse;

/// Answers one request.
pub async fn answered(
    router: Router,
    request: Request<Incoming>,
    (peer, pace): (SocketAddr, Duration),
    pulse: Arc<Pulse>,
) -> Result<Response<BodyProgress>, Infallible> {
    pulse.begins();
    let mut request = request.map(|body| Body::new(Paced::new(body, pace)));
    // For handlers that ask for it, as with the library's own server.
    request.extensions_mut().insert(ConnectInfo(peer));
    let answer = router.oneshot(request).await?;
    Ok(answer.map(|body| BodyProgress::new(body, pulse)))
}
