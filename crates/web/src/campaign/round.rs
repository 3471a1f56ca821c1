//! A round of appraisal more, or one less.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::campaign::{AddRound, RemoveRound};
use serde::Deserialize;

use super::whole;
use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
}

/// Adds one after the last.
pub async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let mut name = one_line(&typed.name, 200);
    if name.is_empty() {
        let number = whole(&app, campaign).await?.rounds().count() + 1;
        name = visitor.lang.pick(format!("Thẩm định lần {number}"), format!("Appraisal {number}"));
    }
    app.store.commit(&visitor.actor(), app.now(), AddRound { campaign, name }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#windows")).into_response())
}

/// Takes the last one away.
pub async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), RemoveRound { campaign }).await?;
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare#windows")).into_response())
}
