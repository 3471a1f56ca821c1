//! The door: every request is known to the table of routes, has what its route needs, or goes no further.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use parindex_domain::right::{Act, Subject, Within};
use parindex_store::StoreError;
use parindex_store::session::Session;

use crate::app::App;
use crate::failure::{Failure, of_library};
use crate::failure_page::show;
use crate::identify::{identify, without_session};
use crate::route::{Needs, Route, Scope};
use crate::unsent;
use crate::visitor::Visitor;

/// Lets a request pass that may.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (mut parts, body) = request.into_parts();
    let matched = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    // Asking only for the head of a page is asking for the page.
    let method = if parts.method == Method::HEAD { Method::GET } else { parts.method.clone() };
    let route = matched.and_then(|path| app.pages.routes.find(&method, &path));
    let needs = route.map(|route| route.needs);
    let visitor = match identify(&app, &parts).await {
        Ok(visitor) => visitor,
        // What needs nothing is there also while the database is away.
        Err(_away) if needs == Some(Needs::Nothing) => without_session(&app, &parts),
        Err(error) => return away(&app, error.into(), Request::from_parts(parts, body)).await,
    };
    let strong = needs.map_or(Ok(()), |needs| strong_enough(&app, &visitor, needs));
    let visitor = match within(&app, visitor, route, parts.uri.path()).await {
        Ok(visitor) => visitor,
        Err(error) => return away(&app, error.into(), Request::from_parts(parts, body)).await,
    };
    let passes = match needs {
        // What the table does not know does not exist.
        None => Err(Failure::NotFound),
        Some(needs) => in_pace(&app, &visitor, route).and_then(|()| passes(&visitor, needs)).and(strong),
    };
    parts.extensions.insert(visitor.clone());
    let request = Request::from_parts(parts.clone(), body);
    let response = match passes {
        Ok(()) => next.run(request).await,
        Err(Failure::NotSignedIn) if unsent::is_sent(&method, &parts.headers) => {
            unsent::answer(&app, &visitor, request).await.unwrap_or_else(IntoResponse::into_response)
        }
        Err(failure) => {
            unsent::read_at_the_door(&visitor, request).await;
            failure.into_response()
        }
    };
    let response = typed_before(&app, &visitor, &parts, with_page(&app, &visitor, &method, response)).await;
    let answer = response.unwrap_or_else(|failure| show(&failure, &app, &visitor));
    if let Some(route) = route {
        app.metrics.answered(method.as_str(), route.path, answer.status(), begun.elapsed());
    }
    answer
}

/// The database does not say who asks; what was typed comes back all the same.
async fn away(app: &App, failure: Failure, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let visitor = without_session(app, &parts);
    let mut answer = show(&failure, app, &visitor);
    if parts.method == Method::POST {
        unsent::read_at_the_door(&visitor, Request::from_parts(parts, body)).await;
        answer.extensions_mut().insert(visitor);
    }
    answer
}

/// What was typed before the session began is given back where it is asked for, and forgotten once it was sent.
async fn typed_before(
    app: &App,
    visitor: &Visitor,
    parts: &Parts,
    mut answer: Response,
) -> Result<Response, Failure> {
    match (&parts.method, unsent::asked(&parts.uri)) {
        (&Method::GET, Some(id)) => return unsent::give(app, visitor, (parts, id), answer).await,
        (&Method::POST, _) if answer.status().is_success() || answer.status().is_redirection() => {
            unsent::was_sent(app, visitor, parts).await;
        }
        (&Method::POST, _) => {
            answer.extensions_mut().insert(visitor.clone());
        }
        _ => {}
    }
    Ok(answer)
}

/// The visitor with the roles that count in the campaign of what was asked for. Where an address names nothing of a campaign, roles for
/// one count only if its route says so.
async fn within(
    app: &App,
    visitor: Visitor,
    route: Option<&Route<App>>,
    path: &str,
) -> Result<Visitor, StoreError> {
    let bound = |session: &Session| session.held.iter().any(|held| held.appointment.campaign.is_some());
    if !visitor.viewer.session.as_ref().is_some_and(bound) {
        return Ok(visitor);
    }
    let Some(route) = route else { return Ok(visitor) };
    let Some(thing) = route.thing(path) else {
        return Ok(if route.scope == Scope::Shared { visitor } else { visitor.within(Within::Nothing) });
    };
    let campaign = app.store.campaign_of(thing).await?;
    Ok(visitor.within(campaign.map_or(Within::Nothing, Within::Campaign)))
}

/// Files of ours and signs of life cost nothing, and the first page of a browser needs many of them.
fn in_pace(app: &App, visitor: &Visitor, route: Option<&Route<App>>) -> Result<(), Failure> {
    let free = route.is_some_and(|route| ["/assets/{name}", "/healthz", "/readyz"].contains(&route.path));
    app.pace.as_ref().filter(|_| !free).map_or(Ok(()), |pace| pace.count(visitor))
}

/// A failure becomes its page.
fn with_page(app: &App, visitor: &Visitor, method: &Method, response: Response) -> Response {
    let failure = response.extensions().get::<Arc<Failure>>().cloned();
    match failure.or_else(|| of_the_library(&response, method)) {
        Some(failure) => show(&failure, app, visitor),
        None => response,
    }
}

/// The library refuses in plain text; no handler of ours answers so with such a status.
fn of_the_library(response: &Response, method: &Method) -> Option<Arc<Failure>> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok())?;
    let failure =
        kind.starts_with("text/plain").then(|| of_library(response.status(), method == Method::GET))?;
    failure.map(Arc::new)
}

fn passes(visitor: &Visitor, needs: Needs) -> Result<(), Failure> {
    match needs {
        Needs::HalfSession if visitor.viewer.session.is_some() => Ok(()),
        Needs::HalfSession => Err(Failure::NotSignedIn),
        Needs::Session | Needs::Act(_) | Needs::Either(..) if visitor.complete().is_none() => {
            Err(Failure::NotSignedIn)
        }
        Needs::Nothing | Needs::Session => Ok(()),
        Needs::Act(act) => Ok(visitor.permit(act, &Subject::Somewhere)?),
        Needs::Either(act, other) => {
            let either = visitor.permit(act, &Subject::Somewhere);
            Ok(visitor.permit(other, &Subject::Somewhere).or(either)?)
        }
    }
}

/// Whoever holds a role that needs a second factor sets one up before anything else.
fn strong_enough(app: &App, visitor: &Visitor, needs: Needs) -> Result<(), Failure> {
    let Some(session) = visitor.complete() else { return Ok(()) };
    let weak = !session.person.has_second_factor
        && session.held.iter().any(|held| app.settings.second_factor.contains(&held.appointment.role));
    match needs {
        Needs::Session | Needs::Act(_) | Needs::Either(..)
            if weak && needs != Needs::Act(Act::ChangeOwnAccount) =>
        {
            Err(Failure::SecondFactorRequired)
        }
        _ => Ok(()),
    }
}

/// Paths that no route has, and methods that a route does not have: the same page as for what is not there.
pub async fn fallback(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.extensions().get::<MatchedPath>().is_some() {
        return next.run(request).await;
    }
    let (parts, _body) = request.into_parts();
    match identify(&app, &parts).await {
        Ok(visitor) => show(&Failure::NotFound, &app, &visitor),
        Err(error) => show(&error.into(), &app, &without_session(&app, &parts)),
    }
}
