//! An appraiser asks the unit about a criterion, while explanations are open.

use axum::extract::{Path, State};
use parindex_domain::procedure::Side;
use parindex_rulebook::lang::Say;
use parindex_store::remark::Remarked;
use serde::Deserialize;

use super::decide::show;
use super::ruling::DecideForm;
use parindex_service::appraisal::{QueueItem, waiting};
use parindex_service::typed::lines;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct AskForm {
    #[serde(default)]
    text: String,
}

/// Asks it; it belongs to the draft of the round before.
pub async fn ask_unit(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, place, member, criterion)): Path<(i64, i64, i64, String)>,
    Protected(typed): Protected<AskForm>,
) -> Answer {
    let needed = visitor.lang.pick("Hãy ghi điều cần hỏi.", "Write the question.");
    let text = match lines(("Câu hỏi", "The question"), &typed.text) {
        Ok(text) if text.is_empty() => Err(needed.to_owned()),
        other => other.map_err(|long| long.say(visitor.lang)),
    };
    let text = match text {
        Ok(text) => text,
        Err(sentence) => {
            let asked = DecideForm::with_question(typed.text);
            return show(&app, &visitor, (campaign, place, member, criterion), asked, Some(sentence)).await;
        }
    };
    let queue = waiting(&app.service, &visitor.viewer, (campaign, place)).await?;
    let here = |item: &QueueItem| item.member == member && item.criterion == criterion;
    if !queue.items.iter().any(here) {
        return Err(Failure::NotFound);
    }
    let to = format!("/appraisal/{campaign}/{place}/{member}/{criterion}");
    let asked = Remarked { member, stage: place - 1, criterion, side: Side::Appraiser, text };
    Ok(make(&app, &visitor, asked, move |()| to).await?)
}
