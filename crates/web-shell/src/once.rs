//! What was sent twice is there once: a form carries the identifier of its own rendering, and what it led to is known by that and
//! by its content. A second send of the same leads where the first one led; other content makes something else, and says so.

use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use parindex_domain::right::OwnUnit;
use parindex_rulebook::lang::Say;
use parindex_store::sent::{Made, Once};
use parindex_store::{Change, Refusal, StoreError};

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::sending::ANOTHER;
use crate::visitor::Visitor;

/// Carries out what a form was sent for, or says what the same led to before.
///
/// # Errors
/// [`Refusal`].
pub async fn made<C: Change>(
    app: &App,
    visitor: &Visitor,
    change: C,
    answer: impl FnOnce(&C::Done, bool) -> String + Send + 'static,
) -> Result<Made<C::Done>, Refusal> {
    let Some(sent) = visitor.sending.sent().cloned() else {
        let done = app.store.commit(&visitor.actor(), app.now(), change).await?;
        return Ok(Made { answer: answer(&done, false), done: Some(done), another: false });
    };
    app.store.commit(&visitor.actor(), app.now(), Once { sent, change, answer }).await
}

/// Carries out what a form was sent for, once, and leads on.
///
/// # Errors
/// [`Refusal`].
pub async fn once<C: Change>(
    app: &App,
    visitor: &Visitor,
    change: C,
    to: impl FnOnce(&C::Done) -> String + Send + 'static,
) -> Result<Response, Refusal> {
    let made = made(app, visitor, change, move |done, _another| to(done)).await?;
    Ok(Redirect::to(&made.answer).into_response())
}

/// Makes what a form was sent for, once, and leads on; to a notice where the same form made something else before.
///
/// # Errors
/// [`Refusal`].
pub async fn make<C: Change>(
    app: &App,
    visitor: &Visitor,
    change: C,
    to: impl FnOnce(&C::Done) -> String + Send + 'static,
) -> Result<Response, Refusal> {
    let place = move |done: &C::Done, another: bool| if another { said(&to(done)) } else { to(done) };
    let made = made(app, visitor, change, place).await?;
    Ok(Redirect::to(&made.answer).into_response())
}

/// Carries out what a form was sent for, once, where it may turn out to be about one’s own unit: then it is refused, and the attempt
/// is in the log.
///
/// # Errors
/// The refusal.
pub async fn judged<C, D>(
    app: &App,
    visitor: &Visitor,
    change: C,
    to: impl FnOnce(&D, bool) -> String + Send + 'static,
) -> Answer
where
    C: Change<Done = Result<D, OwnUnit>>,
    D: Send + 'static,
{
    let lang = visitor.lang;
    // A second send is told the same: what it led to is the sentence.
    let led = move |done: &Result<D, OwnUnit>, another: bool| match done {
        Ok(done) => to(done, another),
        Err(own) => own.say(lang),
    };
    let answer = made(app, visitor, change, led).await?.answer;
    if answer.starts_with('/') {
        Ok(Redirect::to(&answer).into_response())
    } else {
        Err(Failure::Impossible(answer))
    }
}

/// Makes what a form was sent for, once, and shows it: no place is kept, as what is shown stands nowhere else.
///
/// # Errors
/// [`Refusal`].
pub async fn shown<C: Change>(
    app: &App,
    visitor: &Visitor,
    change: C,
    answer: impl FnOnce(&C::Done) -> String + Send + 'static,
) -> Result<Made<C::Done>, Refusal> {
    let made = made(app, visitor, change, move |done, _another| answer(done)).await?;
    visitor.sending.set_another(made.another);
    Ok(made)
}

/// A place where it is said that there is another one now: at its top, where the notice stands.
#[must_use]
pub fn said(to: &str) -> String {
    let path = to.split('#').next().unwrap_or(to);
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}{ANOTHER}")
}

/// A page that leads on to another one takes the notice along.
fn with_notice(mut response: Response) -> Response {
    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(said);
    if let Some(to) = to.and_then(|to| HeaderValue::try_from(to).ok()) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Where the same form led before.
///
/// # Errors
/// [`StoreError`].
pub async fn before(app: &App, visitor: &Visitor) -> Result<Option<String>, StoreError> {
    let (Some(session), Some(sent)) = (visitor.complete(), visitor.sending.sent()) else { return Ok(None) };
    app.store.sent(session.person.id, sent).await
}

/// Whatever a second send runs into on its way (the login that the first one took, the file that it has), it leads where the
/// first one led.
pub async fn second(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = request.method() == Method::GET;
    let concerned = |visitor: &&Visitor| !asked || visitor.sending.another();
    let Some(visitor) = request.extensions().get::<Visitor>().filter(concerned).cloned() else {
        return next.run(request).await;
    };
    let response = next.run(request).await;
    let status = response.status();
    if asked {
        return if status.is_redirection() { with_notice(response) } else { response };
    }
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    match before(&app, &visitor).await {
        Ok(Some(to)) if to.starts_with('/') => Redirect::to(&to).into_response(),
        // What could not be looked up leaves the failure that there is.
        Ok(_) | Err(_) => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_stands_where_the_page_begins() {
        assert_eq!(said("/sheets/1/1.1#documents"), "/sheets/1/1.1?another=1");
        assert_eq!(said("/appraisal/1/2?domain=1"), "/appraisal/1/2?domain=1&another=1");
    }
}
