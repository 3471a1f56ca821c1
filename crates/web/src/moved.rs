//! Addresses of earlier versions, which stand in bookmarks, e-mails and pages that are still open, lead to those of today.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The address of today in place of one of an earlier version; none where no earlier version had it.
///
/// ```
/// use parindex_web::moved;
/// assert_eq!(moved("/campaigns/7/awards/2/1.6").as_deref(), Some("/campaigns/7/external-points/2/1.6"));
/// assert_eq!(moved("/campaigns/7/ranking"), None);
/// ```
#[must_use]
pub fn moved(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let today = match parts.as_slice() {
        ["campaigns", campaign, "awards", rest @ ..] => {
            [&["campaigns", campaign, "external-points"], rest].concat()
        }
        ["arrivals", rest @ ..] => [&["uploads"], rest].concat(),
        _ => return None,
    };
    Some(format!("/{}", today.join("/")))
}

/// Leads from an address of an earlier version to that of today, by the same method; every other request goes on.
pub(crate) async fn redirect_moved(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let Some(path) = moved(uri.path()) else { return next.run(request).await };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::permanent(&format!("{path}{query}")).into_response()
}
