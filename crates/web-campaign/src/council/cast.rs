//! A member of the council votes.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::procedure::Choice;
use parindex_rulebook::lang::Say;
use parindex_store::council::Cast;
use serde::Deserialize;

use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct VoteForm {
    #[serde(default)]
    choice: String,
}

pub async fn cast_vote(
    State(app): State<App>,
    visitor: Visitor,
    Path(motion): Path<i64>,
    Protected(typed): Protected<VoteForm>,
) -> Answer {
    let choice = Choice::of(&typed.choice).ok_or(Failure::BadRequest)?;
    match app.store.commit(&visitor.actor(), app.now(), Cast { motion, choice }).await? {
        Ok(campaign) => Ok(Redirect::to(&format!("/campaigns/{campaign}/council")).into_response()),
        Err(own) => Err(Failure::Impossible(own.say(visitor.lang))),
    }
}
