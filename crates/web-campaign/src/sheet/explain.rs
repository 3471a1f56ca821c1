//! A unit explains itself about one criterion, after the draft of a round was released.

use axum::extract::{Path, State};
use parindex_domain::procedure::Side;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::remark::Remarked;
use serde::Deserialize;

use super::show::mistaken;
use parindex_service::campaign::load::compiled;
use parindex_service::sheet::open;
use parindex_service::typed::lines;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct ExplainForm {
    #[serde(default)]
    text: String,
    #[serde(default)]
    round: i64,
}

pub async fn explain_criterion(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, criterion)): Path<(i64, String)>,
    Protected(typed): Protected<ExplainForm>,
) -> Answer {
    let needed = visitor.lang.pick("Hãy ghi nội dung giải trình.", "Write the explanation.");
    let text = match lines(("Nội dung giải trình", "The explanation"), &typed.text) {
        Ok(text) if text.is_empty() => Err(needed.to_owned()),
        other => other.map_err(|long| format!("{}.", long.say(visitor.lang))),
    };
    let text = match text {
        Ok(text) => text,
        Err(sentence) => {
            let mistake = Mistake::new(format!("explain-{}", typed.round), sentence);
            return mistaken(&app, &visitor, (member, &criterion), mistake.with("text", typed.text)).await;
        }
    };
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    set.set.find(&criterion).ok_or(Failure::NotFound)?;
    let to = format!("/sheets/{member}/{criterion}#round-{}", typed.round);
    let about = criterion.clone();
    let said = Remarked { member, stage: typed.round, criterion, side: Side::Unit, text };
    match make(&app, &visitor, said, move |()| to).await {
        Ok(answer) => Ok(answer),
        // What was written a minute too late is not lost: it can be copied.
        Err(lock @ Refusal::Locked(_)) => {
            let mistake = Mistake::new(format!("explain-{}", typed.round), lock.say(visitor.lang));
            let mistake = mistake.with("text", typed.text);
            mistaken(&app, &visitor, (member, &about), mistake).await
        }
        Err(other) => Err(other.into()),
    }
}
