//! Whoever has signed in again finds what he typed in its fields; he looks at it and sends it himself.

use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use parindex_store::unsent::Unsent;

use super::over::browser_cookie;
use super::refill::Why;
use super::show::{self, NoticeWords, SentForm};
use super::{html_of, is_html, page, with_html};
use crate::address::{parameter, with};
use crate::app::App;
use crate::failure::Failure;
use crate::sent::SentFields;
use crate::sent::has_secrets;
use crate::visitor::Visitor;
use parindex_service::token::hash_of;

/// Which form an address gives back.
pub fn asked(uri: &Uri) -> Option<i64> {
    parameter(uri, "unsent")?.parse().ok()
}

/// Whose it has to be: of this browser and of this person.
fn whose(app: &App, visitor: &Visitor, parts: &Parts) -> Option<(String, i64)> {
    let jar = CookieJar::from_headers(&parts.headers);
    let secret = jar.get(browser_cookie(app))?;
    Some((hash_of(secret.value()), visitor.complete()?.person.id))
}

/// Gives it back on the page that was asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn give(
    app: &App,
    visitor: &Visitor,
    (parts, id): (&Parts, i64),
    mut response: Response,
) -> Result<Response, Failure> {
    if visitor.complete().is_none() || has_secrets(parts.uri.path()) {
        return Ok(response);
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    if let Some(to) = to.and_then(|to| HeaderValue::try_from(with(to, "unsent", id)).ok()) {
        // A page that leads on leads to where it is given back.
        response.headers_mut().insert(header::LOCATION, to);
        return Ok(response);
    }
    if !is_html(&response) {
        return Ok(response);
    }
    let kept = match whose(app, visitor, parts) {
        Some((browser, person)) => app.store.unsent(id, (&browser, person), app.now()).await?,
        None => None,
    };
    let (head, html) = html_of(response).await;
    let html = html.ok_or(Failure::BadRequest)?;
    let html = match kept.and_then(|kept| read(app, kept)) {
        Some((kept, sent)) => {
            let form = SentForm { action: &kept.action, sent: &sent, page: None };
            show::filled(app, visitor, &html, &form, (Why::Back, &NoticeWords::late(visitor, kept.at)))
        }
        // Too long ago, or another's: the page says no more than that nothing is kept.
        None if head.status == StatusCode::OK => show::gone(app, visitor, &html),
        None => html,
    };
    Ok(with_html(head, html))
}

fn read(app: &App, kept: Unsent) -> Option<(Unsent, SentFields)> {
    let text = app.settings.keys.decrypt(kept.person, &kept.content).ok()?;
    let sent = serde_json::from_str(&text).ok()?;
    Some((kept, sent))
}

/// Forgets what was sent after all.
pub async fn sent(app: &App, visitor: &Visitor, parts: &Parts) {
    let from = page::came_from(&parts.headers, &app.settings.base_url);
    let Some((id, (browser, person))) = from.as_ref().and_then(asked).zip(whose(app, visitor, parts)) else {
        return;
    };
    let action = parts.uri.path();
    if let Err(error) = app.store.forget_unsent((id, action), (&browser, person)).await {
        tracing::warn!(event = "form.not_cleared", %error, "a form that was sent stays kept until it is swept");
    }
}
