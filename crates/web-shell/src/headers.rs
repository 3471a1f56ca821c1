//! What every answer carries, and the line in the server's log for it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::App;

/// Nothing inline, nothing from elsewhere, no frame round it, forms only to us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Headers and a log line.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = parindex_service::token::Token::new()
        .map(|token| token.text().chars().take(12).collect::<String>())
        .unwrap_or_default();
    let (method, path) = (request.method().clone(), shown(request.uri().path()));
    let begun = std::time::Instant::now();
    // Every line that is written on the way names the request.
    let span = tracing::info_span!("request", %id);
    let answered = async {
        let response = next.run(request).await;
        let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::info!(event = "request.answered", %method, %path, status = response.status().as_u16(), micros, "answered");
        response
    };
    let mut response = answered.instrument(span).await;
    let answer = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=()",
        ),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        // A document of ours may stand in a frame of ours, and says so itself.
        answer.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.settings.secure() {
        // Browsers that were here once come by HTTPS from then on: nobody on the way can lead them elsewhere.
        answer.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if !answer.contains_key(header::CACHE_CONTROL) {
        // Pages hold what only their reader may see.
        answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// A path for the log: whoever reads it must not learn a link that opens an account.
#[must_use]
pub fn shown(path: &str) -> String {
    if path.starts_with("/invitation/") { "/invitation/…".to_owned() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_link_that_opens_an_account_is_in_no_log() {
        assert_eq!(shown("/invitation/secret"), "/invitation/…");
        assert_eq!(shown("/units/3"), "/units/3");
    }
}
