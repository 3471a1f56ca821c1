//! Nothing that somebody typed is lost because its form could not be carried out: it stands in its fields again, on its page.
//!
//! A form that is refused comes back with what was typed (`refused`). One that came after its session had ended is kept, encrypted,
//! for half an hour (`over`) and given back to the same person in the same browser (`back`); nothing is ever sent by itself.

mod back;
mod form;
mod over;
mod page;
mod refill;
mod refused;
mod show;

pub use back::{asked, give, sent as was_sent};
pub use over::{answer, is_sent, remember};
pub use page::of as page_of_form;
pub use refused::layer;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::response::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::form::read_form;
use crate::sent::{has_secrets, record_instead};
use crate::visitor::Visitor;

/// More than any page has, in bytes.
const MAX_PAGE: usize = 32 * 1024 * 1024;
/// What comes with a form in parts that goes no further than the door, in bytes.
const MAX_PARTS: usize = 16 * 1024 * 1024;

/// Whether a script asks, and changes the page itself.
#[must_use]
pub fn is_by_script(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request") || headers.contains_key("tus-resumable")
}

/// Reads a form that the door refused, so that it comes back.
pub async fn read_at_the_door(visitor: &Visitor, request: Request) {
    if has_secrets(request.uri().path()) || crate::protected::same_origin(request.headers()).is_err() {
        return;
    }
    let known = |token: &str| visitor.form_token.as_deref() == Some(token);
    let (sent, _token) = read_form(request, MAX_PARTS, known).await;
    record_instead(sent);
}

/// The text of a page, when it is one.
async fn html_of(response: Response) -> (Parts, Option<String>) {
    let (head, body) = response.into_parts();
    let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return (head, None);
    }
    let bytes = to_bytes(body, MAX_PAGE).await.ok();
    (head, bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()))
}

/// The page with another text.
fn with_html(mut head: Parts, html: String) -> Response {
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(html))
}

/// Whether a response is a page.
fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}
