//! A check that was recorded by mistake is taken out of sight, with a reason in the log.

use axum::extract::{Path, State};
use parindex_domain::right::{Act, Subject};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::visit::WithdrawVisit;
use serde::Deserialize;

use super::list::show_with;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct WithdrawForm {
    #[serde(default)]
    reason: String,
}

/// Takes it out of sight.
pub async fn withdraw_visit(
    State(app): State<App>,
    visitor: Visitor,
    Path(visit): Path<i64>,
    Protected(typed): Protected<WithdrawForm>,
) -> Answer {
    let reason = match reason(&typed.reason, visitor.lang) {
        Ok(reason) => reason,
        Err(wrong) => {
            visitor.permit(Act::SeeScores, &Subject::Everything)?;
            let campaign = app.store.campaign_of_visit(visit).await?.ok_or(Failure::NotFound)?;
            let mistake = Mistake::new(format!("withdraw-{visit}"), wrong).with("reason", typed.reason);
            return show_with(&app, &visitor, campaign, mistake).await;
        }
    };
    Ok(once(&app, &visitor, WithdrawVisit { visit, reason }, move |campaign| {
        format!("/campaigns/{campaign}/visits")
    })
    .await?)
}

fn reason(typed: &str, lang: Lang) -> Result<String, String> {
    let reason =
        one_line(("Lý do", "The reason"), typed, 500).map_err(|long| format!("{}.", long.say(lang)))?;
    if reason.is_empty() {
        let needed = lang.pick(
            "Hãy ghi lý do rút biên bản; lý do vào nhật ký.",
            "Say why the check is withdrawn; the log keeps it.",
        );
        return Err(needed.to_owned());
    }
    Ok(reason)
}
