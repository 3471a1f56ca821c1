//! A draft is settled.

use axum::extract::{Path, State};
use parindex_rulebook::finding::Severity;
use parindex_rulebook::lang::Say;
use parindex_store::criteria_set::Settle;

use parindex_service::criteria_set::{advice, open, unnamed};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Settles it: campaigns may take it from now on, and nobody edits it any more.
pub async fn settle_criteria_set(
    State(app): State<App>,
    visitor: Visitor,
    Path((set, number)): Path<(i64, i64)>,
    _form: Protected<Nothing>,
) -> Answer {
    let opened = open(&app.store, set, number).await?;
    let (_, mut findings) = advice(&opened.content, &opened.places);
    findings.retain(|finding| finding.severity == Severity::Error);
    let unnamed = unnamed(&opened.content, &opened.places);
    let wrong: Vec<String> =
        unnamed.iter().chain(&findings).map(|finding| finding.say(visitor.lang)).collect();
    if !wrong.is_empty() {
        let wrong = wrong.join("; ");
        return Err(Failure::Impossible(visitor.lang.pick(
            format!("Chưa chốt được, bộ tiêu chí còn lỗi: {wrong}. Hãy sửa các lỗi này rồi chốt."),
            format!("Cannot be finalised yet, something is wrong: {wrong}. Correct it, then finalise it."),
        )));
    }
    Ok(once(&app, &visitor, Settle { set, number }, move |()| format!("/criteria-sets/{set}/{number}"))
        .await?)
}
