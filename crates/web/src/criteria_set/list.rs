//! The library.

use askama::Template;
use axum::extract::State;
use parindex_domain::right::Act;
use parindex_store::criteria_set::{CriteriaSet, Version};

use crate::app::App;
use crate::failure::Answer;
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "criteria_set/list.html")]
struct ListPage {
    frame: Frame,
    sets: Vec<(CriteriaSet, Vec<Version>)>,
    may_change: bool,
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let sets = app.store.criteria_sets().await?;
    let may_change = visitor.may(Act::ChangeSets);
    Ok(render(&ListPage { frame: Frame::new(&app, &visitor), sets, may_change }))
}
