//! The chair approves the result: from then on nothing changes but by a recorded act.

use axum::extract::{Path, State};
use parindex_rulebook::lang::Lang;
use parindex_store::Refusal;
use parindex_store::campaign::{Approve, Known};
use parindex_store::unlogged::Unlogged;
use serde::Deserialize;

use super::show::undecided;
use parindex_service::campaign::approved::result;
use parindex_service::campaign::campaign_detail;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// What was looked at.
#[derive(Deserialize)]
pub struct ApproveForm {
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
pub async fn approve_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<ApproveForm>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let undecided = undecided(&app, &of).await?.into_iter().map(|(_, left)| left).sum();
    let undecided = Known { left: undecided, told: typed.knowing };
    let external_points = Known {
        left: parindex_service::campaign::external_points::missing(&app.service, &of).await?,
        told: typed.without,
    };
    let beside = app.store.campaign_beside_the_log(campaign).await?;
    if beside.count > 0 {
        return Err(Failure::Impossible(changed(&beside, visitor.lang)));
    }
    // Scored outside of the change; inside, only the revision that was scored and seen is approved.
    let result = result(&app.store, &of).await?;
    let approve = Approve { campaign, seen: Some(typed.seen), undecided, external_points, result };
    match once(&app, &visitor, approve, move |()| format!("/campaigns/{campaign}")).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Stale) => {
            let sentence = visitor.lang.pick(
                "Điểm vừa thay đổi sau khi bạn mở trang, nên chưa phê duyệt. Hãy mở lại trang đợt đánh giá, xem điểm rồi phê duyệt.",
                "Points have changed since you opened the page, so nothing was approved. Open the campaign again, look at the points, then approve.",
            );
            Err(Failure::Impossible(sentence.to_owned()))
        }
        Err(other) => Err(other.into()),
    }
}

/// Differences that are said in the sentence; `parindex audit verify` says all.
const SAID: usize = 5;

/// Something was changed beside the log: whose, and what.
fn changed(beside: &Unlogged, lang: Lang) -> String {
    let (units, first) = (beside.units().join(", "), beside.first(SAID, lang));
    let whose = if units.is_empty() { String::new() } else { format!(" ({units})") };
    lang.pick(
        format!("Chưa phê duyệt: có dữ liệu bị sửa ngoài nhật ký{whose}. {first}. Giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin."),
        format!("Nothing was approved: something was changed beside the log{whose}. {first}. Leave the database as it is and tell whoever is in charge of security."),
    )
}
