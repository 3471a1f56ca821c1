//! Units on a day: the topmost ones, those below one, or what a search finds.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use parindex_domain::right::Act;
use parindex_store::unit::{MOST_FOUND, Unit, UnitFilter};
use serde::Deserialize;

use super::level_name;
use crate::app::App;
use crate::failure::Answer;
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "unit/list.html")]
struct ListPage {
    frame: Frame,
    q: String,
    day: String,
    units: Vec<Unit>,
    parents: HashMap<i64, Unit>,
    below: HashMap<i64, i64>,
    full: bool,
    may_change: bool,
}

impl ListPage {
    fn level(&self, unit: &Unit) -> &'static str {
        level_name(&unit.level, self.frame.lang)
    }

    fn above(&self, unit: &Unit) -> &str {
        unit.parent.and_then(|parent| self.parents.get(&parent)).map_or("", |parent| &parent.name)
    }
}

/// The day that is meant: what was typed, or today.
pub fn day_asked(app: &App, typed: &str) -> String {
    let day = typed.parse::<jiff::civil::Date>().unwrap_or_else(|_no_day| app.today());
    day.to_string()
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let day = day_asked(&app, &asked.day);
    let q: String = asked.q.trim().chars().take(100).collect();
    let units = if q.is_empty() {
        app.store.units_below(&UnitFilter { parent: None, on_day: day.clone() }).await?
    } else {
        app.store.search_units(&q, &day).await?
    };
    let ids: Vec<i64> = units.iter().map(|unit| unit.id).collect();
    let above: Vec<i64> = units.iter().filter_map(|unit| unit.parent).collect();
    let page = ListPage {
        full: u64::try_from(units.len()).is_ok_and(|count| count == MOST_FOUND),
        parents: app.store.units_by_id(&above).await?,
        below: app.store.counts_below(&ids, &day).await?,
        may_change: visitor.may(Act::ChangeUnits),
        frame: Frame::new(&app, &visitor),
        q,
        day,
        units,
    };
    Ok(render(&page))
}
