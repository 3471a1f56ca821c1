//! The whole server: all routes, and what stands before them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_RANGES;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::moved::redirect_moved;
use parindex_web_campaign as campaign;
use parindex_web_office as office;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::route::{MAX_FORM, Route};
use parindex_web_shell::routes::Routes;
use parindex_web_shell::{assets, guard, headers, health, once, preference, session, unsent};

/// The routes of the server itself, of the office and of campaigns.
static TABLES: [&[&[Route<App>]]; 3] = [
    &[assets::ROUTES, health::ROUTES, preference::ROUTES, session::ROUTES],
    &office::TABLES,
    &campaign::TABLES,
];

/// All routes. What is not among them does not exist.
pub const ROUTES: Routes<App> = Routes::new(&TABLES);

/// All routes, one after the other.
///
/// ```
/// use parindex_web::{Scope, routes};
/// let ranking = routes().find(|route| route.path == "/campaigns/{campaign}/ranking").unwrap();
/// assert_eq!(ranking.scope, Scope::Campaign);
/// ```
pub fn routes() -> impl Iterator<Item = &'static Route<App>> {
    ROUTES.iter()
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
        .fallback(get(async || Failure::NotFound))
        .layer(from_fn_with_state(app.clone(), guard::fallback))
        .layer(from_fn(redirect_moved))
        // What stands before a route reads forms at most; the route sets its own bound.
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .with_state(app.clone())
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use parindex_web_shell::unsent::page_of_form;

    use super::*;
    use parindex_web_shell::route::Scope;

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

    fn of_referer(referer: &str, path: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERER, referer.parse().unwrap());
        headers.insert(header::HOST, "par.test".parse().unwrap());
        page_of_form(ROUTES, &headers, &path.parse().unwrap(), "https://par.example.vn")
    }

    #[test]
    fn the_browser_says_where_a_form_stands() {
        let page = of_referer("https://par.test/campaigns/7/visits?member=5&unsent=3", "/visits/2/withdraw");
        assert_eq!(page.as_deref(), Some("/campaigns/7/visits?member=5"));
        assert_eq!(of_referer("https://par.example.vn/units", "/units/reference").as_deref(), Some("/units"));
        for elsewhere in
            ["https://evil.test/units", "https://par.test/nothing/here", "https://par.test/campaigns/begin"]
        {
            assert_eq!(of_referer(elsewhere, "/visits/2/withdraw"), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_form_that_was_shown_again_says_so_itself() {
        let said =
            of_referer("https://par.test/sheets/5/extend", "/sheets/5/extend?page=%2Fsheets%2F5%2F1.1.2");
        assert_eq!(said.as_deref(), Some("/sheets/5/1.1.2"));
        let away = of_referer("https://par.test/sheets/5/extend", "/motions/5/vote?page=%2F%2Fevil.test");
        assert_eq!(away, None);
    }

    #[test]
    fn our_routes_know_the_page_where_no_browser_says_it() {
        let of =
            |path: &str| page_of_form(ROUTES, &HeaderMap::new(), &path.parse().unwrap(), "http://par.test");
        for (form, page) in [
            ("/sheets/6/4.1.1/explain", "/sheets/6/4.1.1"),
            ("/sheets/6/4.1.1", "/sheets/6/4.1.1"),
            ("/campaigns/begin", "/campaigns/new"),
            ("/campaigns/3/blocks/9/members", "/campaigns/3/prepare"),
            ("/campaigns/3/release/1", "/campaigns/3"),
            ("/people/8/dismiss/4", "/people/8"),
            ("/appraisal/1/2/12/2.3.1/ask", "/appraisal/1/2/12/2.3.1"),
        ] {
            assert_eq!(of(form).as_deref(), Some(page), "{form}");
        }
    }
}
