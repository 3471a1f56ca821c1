//! The chair approves the result: from then on nothing changes but by a recorded act.

use axum::extract::{Path, State};
use parindex_store::Refusal;
use parindex_store::campaign::{Approve, Known};
use serde::Deserialize;

use super::show::undecided;
use super::whole;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::once::once;
use crate::protected::Protected;
use crate::visitor::Visitor;

/// What was looked at.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    seen: i64,
    /// So many criteria that are not decided were shown, and are to stay as they are.
    #[serde(default)]
    knowing: usize,
    /// So many points from other sources were shown as open, and stay so.
    #[serde(default)]
    without: usize,
}

/// Does it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let of = whole(&app, campaign).await?;
    let undecided = undecided(&app, &of).await?.into_iter().map(|(_, left)| left).sum();
    let undecided = Known { left: undecided, told: typed.knowing };
    let awards = Known { left: crate::award::missing(&app, &of).await?, told: typed.without };
    let approve = Approve { campaign, seen: Some(typed.seen), undecided, awards };
    match once(&app, &visitor, approve, move |()| format!("/campaigns/{campaign}")).await {
        Ok(answer) => Ok(answer),
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
