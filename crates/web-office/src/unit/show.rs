//! One unit: where it stands, what is below it, what it was made of and became.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use parindex_domain::right::{Act, Subject};
use parindex_domain::unit::level_name;
use parindex_store::unit::{Related, Unit, UnitFilter};
use serde::Deserialize;

use super::list::day_asked;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct UnitQuery {
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "unit/show.html")]
struct ShowPage {
    frame: Frame,
    unit: Unit,
    level: &'static str,
    above: Vec<Unit>,
    below: Vec<Unit>,
    counts: HashMap<i64, i64>,
    became: Vec<Related>,
    made_of: Vec<Related>,
    day: String,
    may_change: bool,
}

pub async fn show_unit(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<UnitQuery>,
) -> Answer {
    let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
    // A unit that has ended shows what was below it on its last day.
    let day = match (&unit.valid_to, asked.day.is_empty()) {
        (Some(last), true) => last.clone(),
        _ => day_asked(&app, &asked.day, visitor.lang).day,
    };
    let below = app.store.units_below(&UnitFilter { parent: Some(id), on_day: day.clone() }).await?;
    let ids: Vec<i64> = below.iter().map(|unit| unit.id).collect();
    let (became, made_of) = app.store.relations(id).await?;
    let frame = Frame::new(&app, &visitor);
    let page = ShowPage {
        level: level_name(&unit.level, frame.lang),
        above: app.store.units_above(&unit).await?,
        counts: app.store.counts_below(&ids, &day).await?,
        may_change: visitor.permit(Act::ChangeUnits, &Subject::Unit(unit.path.clone())).is_ok(),
        frame,
        unit,
        below,
        became,
        made_of,
        day,
    };
    Ok(render(&page))
}
