//! The chair approves the result: from then on nothing changes but by a recorded act.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::Refusal;
use parindex_store::campaign::Approve;
use serde::Deserialize;

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::visitor::Visitor;

/// What was looked at.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    seen: i64,
}

/// Does it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let approve = Approve { campaign, seen: Some(typed.seen) };
    match app.store.commit(&visitor.actor(), app.now(), approve).await {
        Ok(()) => Ok(Redirect::to(&format!("/campaigns/{campaign}")).into_response()),
        Err(Refusal::Outdated) => {
            let sentence = visitor.lang.pick(
                "Điểm vừa thay đổi sau khi bạn mở trang, nên chưa phê duyệt. Hãy mở lại trang cuộc chấm điểm, xem điểm rồi phê duyệt.",
                "Points have changed since you opened the page, so nothing was approved. Open the campaign again, look at the points, then approve.",
            );
            Err(Failure::Impossible(sentence.to_owned()))
        }
        Err(other) => Err(other.into()),
    }
}
