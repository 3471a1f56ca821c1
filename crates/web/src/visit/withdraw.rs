//! A check that was recorded by mistake is taken out of sight, with a reason in the log.

use axum::extract::{Path, State};
use parindex_rulebook::lang::Say;
use parindex_store::visit::WithdrawVisit;
use serde::Deserialize;

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::once::once;
use crate::protected::Protected;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    reason: String,
}

/// Takes it out of sight.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(visit): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let reason = one_line(("Lý do", "The reason"), &typed.reason, 500)
        .map_err(|long| Failure::Impossible(format!("{}.", long.say(visitor.lang))))?;
    if reason.is_empty() {
        let needed = visitor.lang.pick(
            "Hãy ghi lý do rút biên bản; lý do vào nhật ký.",
            "Say why the check is withdrawn; the log keeps it.",
        );
        return Err(Failure::Impossible(needed.to_owned()));
    }
    Ok(once(&app, &visitor, WithdrawVisit { visit, reason }, move |campaign| {
        format!("/campaigns/{campaign}/visits")
    })
    .await?)
}
