//! People: by name or login, with the roles they hold.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use parindex_domain::right::Act;
use parindex_rulebook::lang::Say;
use parindex_store::person::{Held, MAX_PEOPLE, Person, PersonFilter};
use parindex_store::unit::Unit;
use serde::Deserialize;

use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::horizon::horizon;
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct PeopleQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    closed: String,
}

#[derive(Template)]
#[template(path = "person/list.html")]
struct ListPage {
    frame: Frame,
    q: String,
    closed: bool,
    people: Vec<Person>,
    units: HashMap<i64, Unit>,
    held: Vec<Held>,
    may_change: bool,
    /// More match than the page holds.
    more: bool,
}

impl ListPage {
    fn unit(&self, person: &Person) -> &str {
        person.unit.and_then(|unit| self.units.get(&unit)).map_or("–", |unit| &unit.name)
    }

    fn roles(&self, person: &Person) -> String {
        let own = self.held.iter().filter(|held| held.person == person.id);
        let words: Vec<String> = own.map(|held| held.appointment.role.say(self.frame.lang)).collect();
        if words.is_empty() { "–".to_owned() } else { words.join(", ") }
    }
}

pub async fn list_people(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<PeopleQuery>,
) -> Answer {
    let below = horizon(&visitor).ok_or(Failure::NotFound)?.below();
    let q: String = asked.q.trim().chars().take(100).collect();
    let closed = !asked.closed.is_empty();
    let people = app.store.people(&PersonFilter { text: q.clone(), below, closed }).await?;
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let units: Vec<i64> = people.iter().filter_map(|person| person.unit).collect();
    let page = ListPage {
        units: app.store.units_by_id(&units).await?,
        held: app.store.held(&ids).await?,
        may_change: visitor.may(Act::ChangePeople),
        more: u64::try_from(people.len()).is_ok_and(|count| count == MAX_PEOPLE),
        frame: Frame::new(&app, &visitor),
        q,
        closed,
        people,
    };
    Ok(render(&page))
}
