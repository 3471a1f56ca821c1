//! The draft of a round is shown to the units.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::Release;
use serde::Deserialize;

use super::show::undecided;
use super::{typed_moment, whole};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    explain_until: String,
    /// So many criteria that are not decided were shown, and are to stay as they are.
    #[serde(default)]
    knowing: usize,
}

/// Shows it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, stage)): Path<(i64, i64)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let explain_until = typed_moment(&typed.explain_until);
    if !typed.explain_until.trim().is_empty() && explain_until.is_none_or(|until| until <= app.now()) {
        let sentence = visitor.lang.pick(
            "Hạn giải trình phải là một thời điểm sau lúc này. Hãy quay lại và chọn ngày, giờ.",
            "The deadline of explanations has to be after now. Go back and choose day and time.",
        );
        return Err(Failure::Impossible(sentence.to_owned()));
    }
    let undecided = undecided(&app, &whole(&app, campaign).await?).await?;
    let undecided = undecided.into_iter().find(|(place, _)| *place == stage).map_or(0, |(_, left)| left);
    let release = Release { campaign, stage, explain_until, undecided, knowing: typed.knowing };
    app.store.commit(&visitor.actor(), app.now(), release).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}")).into_response())
}
