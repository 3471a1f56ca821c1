//! A round of appraisal more, or one less.

use axum::extract::{Path, State};
use parindex_rulebook::lang::Say;
use parindex_store::campaign::{AddRound, RemoveRound};
use serde::Deserialize;

use super::prepare::show;
use parindex_service::campaign::campaign_detail;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::{make, once};
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct RoundForm {
    #[serde(default)]
    name: String,
}

/// Adds one after the last.
pub async fn add_round(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<RoundForm>,
) -> Answer {
    let mut name = match one_line(("Tên vòng", "The name of the round"), &typed.name, 200) {
        Ok(name) => name,
        Err(long) => {
            let mistake = Mistake::new("round", long.say(visitor.lang)).with("name", typed.name);
            return show(&app, &visitor, campaign, mistake.into()).await;
        }
    };
    if name.is_empty() {
        let number = campaign_detail(&app.service, campaign).await?.rounds().count() + 1;
        name = visitor.lang.pick(format!("Thẩm định lần {number}"), format!("Appraisal {number}"));
    }
    Ok(make(&app, &visitor, AddRound { campaign, name }, move |()| {
        format!("/campaigns/{campaign}/prepare#windows")
    })
    .await?)
}

/// Takes the last one away.
pub async fn remove_round(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, RemoveRound { campaign }, move |()| {
        format!("/campaigns/{campaign}/prepare#windows")
    })
    .await?)
}
