//! Until when all units explain themselves about a draft is corrected.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::SetExplanation;

use super::release::ReleaseForm;
use super::show::show;
use parindex_service::campaign::campaign_detail;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Sets it.
pub async fn set_explanation_deadline(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, stage)): Path<(i64, i64)>,
    Protected(typed): Protected<ReleaseForm>,
) -> Answer {
    let year = campaign_detail(&app.service, campaign).await?.campaign.year;
    let until = typed.until((year, app.now()), visitor.lang).and_then(|until| {
        let needed = "Hãy nhập hạn giải trình.";
        until.ok_or_else(|| visitor.lang.pick(needed, "Enter the deadline of explanations.").to_owned())
    });
    let until = match until {
        Ok(until) => until,
        Err(sentence) => {
            let mistake = Mistake::new(format!("explanation-{stage}"), sentence);
            let mistake = mistake.with("explain_until", typed.explain_until);
            return show(&app, &visitor, campaign, mistake.into()).await;
        }
    };
    app.store.commit(&visitor.actor(), app.now(), SetExplanation { campaign, stage, until }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}#steps")).into_response())
}
