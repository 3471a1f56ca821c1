//! An appraiser asks the unit about a criterion, while explanations are open.

use axum::extract::{Path, State};
use parindex_store::remark::{Remarked, Side};
use serde::Deserialize;

use super::{Item, waiting};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::once::make;
use crate::protected::Protected;
use crate::typed::lines;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    text: String,
}

/// Asks it; it belongs to the draft of the round before.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, place, member, criterion)): Path<(i64, i64, i64, String)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let text = lines(&typed.text);
    if text.is_empty() {
        let sentence = visitor.lang.pick("Hãy ghi điều cần hỏi.", "Write the question.");
        return Err(Failure::Impossible(sentence.to_owned()));
    }
    let queue = waiting(&app, &visitor, (campaign, place)).await?;
    let here = |item: &Item| item.member == member && item.criterion == criterion;
    if !queue.items.iter().any(here) {
        return Err(Failure::NotFound);
    }
    let to = format!("/appraisal/{campaign}/{place}/{member}/{criterion}");
    let asked = Remarked { member, stage: place - 1, criterion, side: Side::Appraiser, text };
    Ok(make(&app, &visitor, asked, move |()| to).await?)
}
