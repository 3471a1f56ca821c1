//! The library.

use askama::Template;
use axum::extract::Query;
use parindex_domain::right::Act;
use parindex_domain::search::fold;
use parindex_store::criteria_set::{LibrarySet, Version};
use serde::Deserialize;

use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "criteria_set/list.html")]
struct ListPage {
    frame: Frame,
    sets: Vec<(LibrarySet, Vec<Version>)>,
    may_change: bool,
    q: String,
}

/// What is looked for.
#[derive(Deserialize)]
pub struct CriteriaSetsQuery {
    #[serde(default)]
    q: String,
}

pub async fn list_criteria_sets(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Query(asked): Query<CriteriaSetsQuery>,
) -> Answer {
    let mut sets = app.store.criteria_sets().await?;
    let q: String = asked.q.trim().chars().take(100).collect();
    let words = fold(&q);
    sets.retain(|(set, _)| {
        let text = fold(&format!("{} {}", set.code, set.title));
        words.split_whitespace().all(|word| text.contains(word))
    });
    let may_change = visitor.may(Act::ChangeSets);
    Ok(render(&ListPage { frame: Frame::new(&app, &visitor), sets, may_change, q }))
}
