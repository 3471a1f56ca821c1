//! The whole server: what answers on which route, how much it takes and how long it may take.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_RANGES;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, patch, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::{
    account, appraisal, arrival, assets, audit, award, calendar, campaign, council, criteria_set, guard,
    headers, health, home, job, once, person, phrase, preference, session, sheet, sign_in, unit, unsent,
    visit,
};

mod table;

pub use table::{Needs, ROUTES, Route};

/// Forms are small; workbooks have a route with a limit of its own.
pub const MOST_FORM: usize = 256 * 1024;
/// A criteria set or a list of units as a workbook.
const MOST_WORKBOOK: usize = 12 * 1024 * 1024;

/// A document as evidence, which is never held in memory whole.
const MOST_DOCUMENT: usize = 2049 * 1024 * 1024;
/// Pages are answered long before.
const PATIENCE: Duration = Duration::from_mins(1);
/// A workbook over a slow line, and its turn to be read.
const PATIENCE_WITH_WORKBOOKS: Duration = Duration::from_mins(15);
/// A large document over a slow line takes its time, as long as it comes on at all, which is watched over.
const PATIENCE_WITH_DOCUMENTS: Duration = Duration::from_hours(12);

fn timeout(patience: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, patience)
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
    Router::new()
        .merge(open())
        .merge(own())
        .merge(units())
        .merge(people())
        .merge(sets())
        .merge(campaigns())
        .merge(preparation())
        .merge(sheets())
        .merge(appraisal())
        .route("/calendar", get(calendar::list::page).post(calendar::add::act))
        .route("/calendar/{day}/remove", post(calendar::remove::act))
        .route("/jobs", get(job::page))
        .route("/audit", get(audit::list::page))
        .route("/audit/head", get(audit::list::head))
        .route("/audit/verify", post(audit::verify::act))
        .layer(timeout(PATIENCE))
        .merge(workbooks().layer(timeout(PATIENCE_WITH_WORKBOOKS)))
        .merge(documents())
        .route_layer(from_fn_with_state(app.clone(), once::second))
        .route_layer(from_fn_with_state(app.clone(), guard::guard))
        .fallback(get(async || crate::failure::Failure::NotFound))
        .layer(from_fn_with_state(app.clone(), guard::fallback))
        .layer(DefaultBodyLimit::max(MOST_FORM))
        .with_state(app.clone())
}

fn open() -> Router<App> {
    Router::new()
        .route("/", get(home::page))
        .route("/assets/{name}", get(assets::file))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/preference", post(preference::act))
        .route("/sign-in", get(sign_in::password::page).post(sign_in::password::act))
        .route("/sign-in/provider", get(sign_in::provider::go))
        .route("/sign-in/provider/back", get(sign_in::provider::come))
        .route("/sign-in/provider/out", get(sign_in::provider::leave))
        .route("/sign-in/code", get(sign_in::code::page).post(sign_in::code::act))
        .route("/sign-out", post(sign_in::out::act))
        .route("/session", get(session::lasts).post(session::go_on))
        .route("/invitation/{link}", get(sign_in::invitation::page).post(sign_in::invitation::act))
}

fn own() -> Router<App> {
    Router::new()
        .route("/account", get(account::show::page))
        .route("/account/password", post(account::password::act))
        .route("/account/second-factor/begin", post(account::second_factor::begin))
        .route("/account/second-factor", post(account::second_factor::enrol))
        .route("/account/second-factor/drop", post(account::second_factor::drop))
        .route("/account/browser/{id}/end", post(account::browser::end))
        .route("/account/provider/link", post(account::provider::link))
        .route("/account/provider/unlink", post(account::provider::unlink))
}

fn units() -> Router<App> {
    Router::new()
        .route("/units", get(unit::list::page))
        .route("/units/tree", get(unit::tree::page))
        .route("/units/new", get(unit::add::page).post(unit::add::act))
        .route("/units/import/list", get(unit::import::empty_list))
        .route("/units/{id}/succeed", get(unit::succeed::page).post(unit::succeed::act))
        .route("/units/reference", post(unit::reference::act))
        .route("/units/{id}", get(unit::show::page))
        .route("/units/{id}/edit", get(unit::edit::page).post(unit::edit::act))
}

fn people() -> Router<App> {
    Router::new()
        .route("/people/import/list", get(person::import::empty_list))
        .route("/people", get(person::list::page))
        .route("/people/new", get(person::invite::page).post(person::invite::act))
        .route("/people/{id}", get(person::show::page))
        .route("/people/{id}/link", post(person::link::act))
        .route("/people/{id}/close", post(person::close::close))
        .route("/people/{id}/reopen", post(person::close::reopen))
        .route("/people/{id}/second-factor/drop", post(person::close::drop_second_factor))
        .route("/people/{id}/appoint", post(person::appoint::appoint))
        .route("/people/{id}/dismiss/{appointment}", post(person::appoint::dismiss))
}

fn sets() -> Router<App> {
    Router::new()
        .route("/criteria-sets", get(criteria_set::list::page))
        .route("/criteria-sets/{set}/{number}", get(criteria_set::show::page))
        .route("/criteria-sets/{set}/{number}/file/{kind}", get(criteria_set::download::file))
        .route("/criteria-sets/{set}/{number}/try/{code}", get(criteria_set::try_rule::page))
        .route(
            "/criteria-sets/{set}/{number}/edit/{code}",
            get(criteria_set::edit::page).post(criteria_set::edit::act),
        )
        .route("/criteria-sets/{set}/{number}/difference/{other}", get(criteria_set::difference::page))
        .route("/criteria-sets/{set}/{number}/settle", post(criteria_set::settle::act))
        .route(
            "/criteria-sets/{set}/{number}/copy",
            get(criteria_set::copy::page).post(criteria_set::copy::act),
        )
}

fn campaigns() -> Router<App> {
    Router::new()
        .route("/campaigns", get(campaign::list::page))
        .route("/campaigns/begin", post(campaign::begin::act))
        .route("/campaigns/{campaign}/package", get(campaign::export::file))
        .route("/campaigns/{campaign}/brought", get(campaign::brought::page))
        .route("/campaigns/{campaign}", get(campaign::show::page))
        .route("/campaigns/{campaign}/release/{round}", post(campaign::release::act))
        .route("/campaigns/{campaign}/documents", get(sheet::evidence::find::page))
        .route("/campaigns/{campaign}/ranking", get(campaign::ranking::page))
        .route("/campaigns/{campaign}/approve", post(campaign::approve::act))
        .route("/campaigns/{campaign}/awards", get(award::list::page))
        .route(
            "/campaigns/{campaign}/awards/{block}/{criterion}",
            get(award::give::page).post(award::give::act),
        )
        .route("/campaigns/{campaign}/council", get(council::show::page).post(council::table::act))
        .route("/campaigns/{campaign}/council/substitute", post(council::substitute::name))
        .route("/campaigns/{campaign}/council/substitute/{appointment}/end", post(council::substitute::end))
        .route("/visits/{visit}/withdraw", post(visit::withdraw::act))
        .route("/phrases", get(phrase::list::page).post(phrase::add::act))
        .route("/phrases/{phrase}/remove", post(phrase::remove::act))
        .route("/motions/{motion}/vote", post(council::cast::act))
        .route("/motions/{motion}/conclude", post(council::conclude::act))
}

/// What is set up before a campaign opens, and corrected after.
fn preparation() -> Router<App> {
    Router::new()
        .route("/campaigns/{campaign}/prepare", get(campaign::prepare::page))
        .route("/campaigns/{campaign}/describe", post(campaign::describe::act))
        .route("/campaigns/{campaign}/remove", post(campaign::remove::act))
        .route("/campaigns/{campaign}/rounds/add", post(campaign::round::add))
        .route("/campaigns/{campaign}/rounds/remove", post(campaign::round::remove))
        .route("/campaigns/{campaign}/link-units", post(campaign::block::link_units))
        .route("/campaigns/{campaign}/explanation/{round}", post(campaign::explanation::act))
        .route("/campaigns/{campaign}/windows", post(campaign::window::act))
        .route("/campaigns/{campaign}/open", post(campaign::open::act))
        .route("/campaigns/{campaign}/blocks", post(campaign::block::add))
        .route(
            "/campaigns/{campaign}/blocks/{block}/move",
            get(campaign::move_set::page).post(campaign::move_set::act),
        )
        .route("/campaigns/{campaign}/blocks/{block}/remove", post(campaign::block::remove))
        .route("/campaigns/{campaign}/blocks/{block}/members", post(campaign::block::add_members))
        .route("/sheets/{member}/standing", post(campaign::block::standing))
        .route("/sheets/{member}/remove", post(campaign::block::remove_member))
}

fn sheets() -> Router<App> {
    Router::new()
        .route("/sheets/{member}", get(sheet::show::first))
        .route("/sheets/{member}/adjusted", get(sheet::adjusted::page))
        .route("/sheets/{member}/workbook/file", get(sheet::workbook::file))
        .route("/sheets/{member}/pack/{kind}", get(sheet::pack::file))
        .route("/sheets/{member}/sealed", get(sheet::submit::sealed))
        .route("/sheets/{member}/submit", get(sheet::submit::page).post(sheet::submit::act))
        .route("/sheets/{member}/reason", post(sheet::reason::act))
        .route("/sheets/{member}/extend", post(campaign::extend::act))
        .route("/sheets/{member}/give-back", post(campaign::give_back::act))
        .route("/sheets/{member}/{criterion}", get(sheet::show::page).post(sheet::keep::act))
        .route("/sheets/{member}/{criterion}/explain", post(sheet::explain::act))
        .route("/sheets/{member}/{criterion}/delegate", post(sheet::delegate::act))
        .route("/delegations/{delegation}/end", post(sheet::delegate::take_back))
        .route("/evidence/{evidence}/remove", post(sheet::evidence::detach::act))
}

/// Workbooks, lists and packages, which are read in turn.
fn workbooks() -> Router<App> {
    Router::new()
        .route("/units/import", get(unit::import::page).post(unit::import::act))
        .route("/people/import", get(person::import::page).post(person::import::act))
        .route("/criteria-sets/upload", get(criteria_set::upload::page).post(criteria_set::upload::act))
        .route("/campaigns/new", get(campaign::add::page).post(campaign::add::act))
        .route("/sheets/{member}/workbook", get(sheet::workbook::page).post(sheet::workbook::act))
        .layer(DefaultBodyLimit::max(MOST_WORKBOOK))
}

fn documents() -> Router<App> {
    let large = |of: MethodRouter<App>| within(of, PATIENCE_WITH_DOCUMENTS);
    let form = |of: MethodRouter<App>| large(of.layer(DefaultBodyLimit::max(MOST_DOCUMENT)));
    let page = |of: MethodRouter<App>| within(of, PATIENCE);
    let visits = page(get(visit::list::page)).merge(form(post(visit::record::act)));
    // Parts are written as they come; the protocol bounds them by what was announced.
    let arrival = page(get(arrival::state).delete(arrival::discard)).merge(large(patch(arrival::receive)));
    Router::new()
        .route("/sheets/{member}/{criterion}/evidence", form(post(sheet::evidence::attach::act)))
        .route("/campaigns/{campaign}/visits", visits)
        .route("/visits/photo/{photo}", page(get(visit::photo::file)))
        .route("/evidence/{evidence}", page(get(sheet::evidence::file::file)))
        .route("/arrivals", page(post(arrival::begin).options(arrival::able)))
        .route("/arrivals/{arrival}", arrival)
}

fn within(route: MethodRouter<App>, patience: Duration) -> MethodRouter<App> {
    route.layer(timeout(patience))
}

fn appraisal() -> Router<App> {
    let decide = get(appraisal::decide::page).post(appraisal::decide::act);
    Router::new()
        .route("/appraisal/{campaign}/{round}", get(appraisal::queue::page))
        .route("/appraisal/{campaign}/{round}/accept", post(appraisal::accept::act))
        .route("/appraisal/{campaign}/{round}/{member}/{criterion}", decide)
        .route("/appraisal/{campaign}/{round}/{member}/{criterion}/ask", post(appraisal::ask::act))
}
