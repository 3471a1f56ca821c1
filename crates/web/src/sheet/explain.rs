//! A unit explains itself about one criterion, after the draft of a round was released.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::remark::{Remarked, Side};
use serde::Deserialize;

use super::open;
use crate::app::App;
use crate::campaign::scored::compiled;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::typed::lines;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    text: String,
    #[serde(default)]
    round: i64,
}

/// Says it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, criterion)): Path<(i64, String)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let text = lines(&typed.text);
    if text.is_empty() {
        let sentence = visitor.lang.pick("Hãy ghi nội dung giải trình.", "Write the explanation.");
        return Err(Failure::Impossible(sentence.to_owned()));
    }
    let sheet = open(&app, &visitor, member).await?;
    let set = compiled(&app, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    set.set.find(&criterion).ok_or(Failure::NotFound)?;
    let to = format!("/sheets/{member}/{criterion}#said");
    let said = Remarked { member, stage: typed.round, criterion, side: Side::Unit, text };
    app.store.commit(&visitor.actor(), app.now(), said).await?;
    Ok(Redirect::to(&to).into_response())
}
