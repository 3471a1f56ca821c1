//! Until when all units explain themselves about a draft is corrected.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::SetExplanation;

use super::release::Typed;
use super::show::show;
use crate::app::App;
use crate::failure::Answer;
use crate::mistake::Mistake;
use crate::protected::Protected;
use crate::visitor::Visitor;

/// Sets it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, stage)): Path<(i64, i64)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let Ok(Some(until)) = typed.until(app.now()) else {
        let sentence = visitor.lang.pick(
            "Hạn giải trình phải là một thời điểm sau lúc này.",
            "The deadline of explanations has to be after now.",
        );
        let mistake = Mistake::new(format!("explanation-{stage}"), sentence);
        return show(&app, &visitor, campaign, mistake.with("explain_until", typed.explain_until).into())
            .await;
    };
    app.store.commit(&visitor.actor(), app.now(), SetExplanation { campaign, stage, until }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}#steps")).into_response())
}
