//! Two versions side by side: what changed, in words.

use askama::Template;
use axum::extract::{Path, State};
use parindex_rulebook::diff::diff;
use parindex_rulebook::lang::Say;
use parindex_store::criteria_set::LibrarySet;

use parindex_service::criteria_set::open;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "criteria_set/difference.html")]
struct DifferencePage {
    frame: Frame,
    set: LibrarySet,
    from: i64,
    to: i64,
    changes: Vec<String>,
}

pub async fn compare_criteria_sets(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, to, from)): Path<(i64, i64, i64)>,
) -> Answer {
    let set = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let (old, new) = (open(&app.store, id, from).await?, open(&app.store, id, to).await?);
    let changes = diff(&old.content, &new.content).iter().map(|change| change.say(visitor.lang)).collect();
    Ok(render(&DifferencePage { frame: Frame::new(&app, &visitor), set, from, to, changes }))
}
