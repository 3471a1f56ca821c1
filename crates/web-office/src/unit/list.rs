//! Units on a day: the topmost ones, those below one, or what a search finds.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use parindex_domain::right::Act;
use parindex_domain::unit::level_name;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::unit::{MAX_FOUND, Unit, UnitFilter};
use serde::Deserialize;

use parindex_service::day;
use parindex_service::typed::words;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct UnitsQuery {
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
    on: OnDay,
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

/// The day on which units are looked at.
pub struct OnDay {
    /// As it is stored.
    pub day: String,
    /// What stands in the field.
    pub field: String,
    /// What is wrong with what was typed; today is shown then.
    pub wrong: Option<String>,
}

impl OnDay {
    /// The status of the page.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        if self.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
    }
}

/// The day that is meant: what was typed, or today.
pub fn day_asked(app: &App, typed: &str, lang: Lang) -> OnDay {
    let today = app.today();
    match day::read_any(typed) {
        Ok(asked) => {
            let asked = asked.unwrap_or(today);
            OnDay { day: asked.to_string(), field: day::shown(asked), wrong: None }
        }
        Err(wrong) => {
            let sentence = wrong.say(lang);
            let shown = lang.pick("dưới đây là hôm nay", "below is today");
            let wrong = Some(format!("{sentence}; {shown}"));
            OnDay { day: today.to_string(), field: typed.to_owned(), wrong }
        }
    }
}

pub async fn list_units(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<UnitsQuery>,
) -> Answer {
    let on = day_asked(&app, &asked.day, visitor.lang);
    let (day, q) = (on.day.clone(), words(&asked.q, 100));
    let units = if q.is_empty() {
        app.store.units_below(&UnitFilter { parent: None, on_day: day.clone() }).await?
    } else {
        app.store.search_units(&q, &day).await?
    };
    let ids: Vec<i64> = units.iter().map(|unit| unit.id).collect();
    let above: Vec<i64> = units.iter().filter_map(|unit| unit.parent).collect();
    let page = ListPage {
        full: u64::try_from(units.len()).is_ok_and(|count| count == MAX_FOUND),
        parents: app.store.units_by_id(&above).await?,
        below: app.store.counts_below(&ids, &day).await?,
        may_change: visitor.may(Act::ChangeUnits),
        frame: Frame::new(&app, &visitor),
        q,
        day,
        on,
        units,
    };
    Ok(page_with(page.on.status(), &page))
}
