//! The whole server: all routes, and what stands before them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_RANGES;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::app::App;
use crate::route::{MAX_FORM, Route};
use crate::{
    account, appraisal, arrival, assets, audit, award, calendar, campaign, council, criteria_set, guard,
    headers, health, home, job, once, person, phrase, preference, session, sheet, sign_in, unit, unsent,
    visit,
};

/// The addresses of every word.
static TABLES: [&[Route]; 21] = [
    home::ROUTES,
    assets::ROUTES,
    health::ROUTES,
    preference::ROUTES,
    sign_in::ROUTES,
    session::ROUTES,
    account::ROUTES,
    unit::ROUTES,
    person::ROUTES,
    criteria_set::ROUTES,
    campaign::ROUTES,
    visit::ROUTES,
    phrase::ROUTES,
    sheet::ROUTES,
    award::ROUTES,
    council::ROUTES,
    arrival::ROUTES,
    appraisal::ROUTES,
    calendar::ROUTES,
    job::ROUTES,
    audit::ROUTES,
];

/// All routes. What is not among them does not exist.
///
/// ```
/// use parindex_web::{Scope, routes};
/// let ranking = routes().find(|route| route.path == "/campaigns/{campaign}/ranking").unwrap();
/// assert_eq!(ranking.scope, Scope::Campaign);
/// ```
pub fn routes() -> impl Iterator<Item = &'static Route> {
    TABLES.into_iter().flatten()
}

/// What is asked for in parts is sent as it is: compressed it would have other parts.
fn whole(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(ACCEPT_RANGES)
}

/// The whole server.
pub fn router(app: App) -> Router {
    // Outside of the routes, so that a form that is refused can be answered with the page that it stands on.
    Router::new()
        .fallback_service(pages(&app))
        .layer(from_fn_with_state(app.clone(), unsent::layer))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(whole)))
        .layer(from_fn_with_state(app.clone(), headers::headers))
        .with_state(app)
}

/// All pages and what they need.
fn pages(app: &App) -> Router {
    routes()
        .fold(Router::new(), |router, route| router.route(route.path, route.answer()))
        .route_layer(from_fn_with_state(app.clone(), once::second))
        .route_layer(from_fn_with_state(app.clone(), guard::guard))
        .fallback(get(async || crate::failure::Failure::NotFound))
        .layer(from_fn_with_state(app.clone(), guard::fallback))
        // What stands before a route reads forms at most; the route sets its own bound.
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .with_state(app.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Scope;

    /// Whatever of a campaign stands in an address is what its route is about, so that no role for another campaign counts.
    #[test]
    fn every_route_is_about_what_its_path_names() {
        for route in routes() {
            let named = Scope::of_path(route.path);
            match route.scope {
                Scope::Installation | Scope::Shared => assert_eq!(named, None, "{}", route.path),
                scope => assert_eq!(named, Some(scope), "{}", route.path),
            }
        }
    }

    #[test]
    fn every_route_stands_once() {
        let all: Vec<_> = routes().map(|route| (&route.method, route.path)).collect();
        for (at, route) in all.iter().enumerate() {
            assert!(!all[..at].contains(route), "{route:?} stands twice");
        }
    }
}
