//! The home page: where one can go and what one is.

use askama::Template;
use axum::routing::get;
use parindex_domain::right::Act;
use parindex_rulebook::lang::Say;
use parindex_store::person::PersonFilter;
use parindex_store::unit::UnitFilter;

use parindex_service::task::{Task, tasks};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::horizon::horizon;
use parindex_web_shell::route::{Needs, Route, Scope};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

pub static ROUTES: &[Route<App>] = &[Route::get("/", Needs::Session, Scope::Shared, || get(show_home))];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    name: String,
    today: String,
    roles: Vec<(String, String)>,
    tasks: Vec<Task>,
    tiles: Vec<Tile>,
    second_factor: bool,
}

struct Tile {
    href: &'static str,
    name: String,
    figure: String,
    what: String,
}

pub async fn show_home(Snapshot(app): Snapshot, visitor: Visitor) -> Answer {
    let frame = Frame::new(&app, &visitor);
    let Some(session) = visitor.complete() else {
        return Err(parindex_web_shell::failure::Failure::NotSignedIn);
    };
    let role = |held: &parindex_store::person::Held| {
        let one = frame.t("chỉ trong một đợt đánh giá", "in one campaign only");
        let reach = match (&held.unit_name, held.appointment.campaign) {
            (Some(unit), Some(_)) => format!("{unit}, {one}"),
            (Some(unit), None) => unit.clone(),
            (None, Some(_)) => one.to_owned(),
            (None, None) => frame.t("toàn hệ thống", "everywhere").to_owned(),
        };
        (held.appointment.role.say(frame.lang), reach)
    };
    let page = HomePage {
        name: session.person.name.clone(),
        today: frame.day(&app.today().to_string()),
        roles: session.held.iter().map(role).collect(),
        tasks: tasks(&app.service, &visitor.viewer, frame.lang).await?,
        tiles: tiles(&app, &visitor, &frame).await?,
        second_factor: session.person.has_second_factor,
        frame,
    };
    Ok(render(&page))
}

async fn tiles(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Vec<Tile>, parindex_store::StoreError> {
    let mut tiles = Vec::new();
    let t = |vi: &str, en: &str| frame.t(vi, en).to_owned();
    if visitor.may(Act::SeeSets) {
        let sets = app.store.criteria_sets().await?.len();
        let what = t("bộ tiêu chí trong thư viện", "criteria sets in the library");
        tiles.push(Tile {
            href: "/criteria-sets",
            name: t("Bộ tiêu chí", "Criteria sets"),
            figure: frame.count(sets),
            what,
        });
    }
    if visitor.may(Act::SeeUnits) {
        let filter = UnitFilter { parent: None, on_day: app.today().to_string() };
        let units = app.store.units_below(&filter).await?.len();
        let what = t("đơn vị cấp trên cùng", "topmost units");
        tiles.push(Tile { href: "/units", name: t("Đơn vị", "Units"), figure: frame.count(units), what });
    }
    if let Some(horizon) = horizon(visitor) {
        let filter = PersonFilter { below: horizon.below(), ..PersonFilter::default() };
        let people = app.store.count_people(&filter).await?;
        let what = t("tài khoản", "accounts");
        tiles.push(Tile {
            href: "/people",
            name: t("Người dùng", "People"),
            figure: frame.count(people),
            what,
        });
    }
    if visitor.may(Act::ReadAudit) {
        let rows = app.store.audit_count().await?;
        let what = t("dòng nhật ký nối nhau", "rows of the log, chained");
        tiles.push(Tile { href: "/audit", name: t("Nhật ký", "Log"), figure: frame.count(rows), what });
    }
    Ok(tiles)
}
