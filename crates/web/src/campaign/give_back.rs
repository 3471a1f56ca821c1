//! A sheet goes back to its unit, with what is to be mended.

use axum::extract::{Path, State};
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::sheet::Return;
use serde::Deserialize;

use super::typed_moment;
use crate::app::App;
use crate::failure::Answer;
use crate::mistake::Mistake;
use crate::once::make;
use crate::protected::Protected;
use crate::sheet::show::mistaken;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    remark: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    signer: String,
    /// The criterion at which the sheet was open.
    #[serde(default)]
    at: String,
}

impl Typed {
    fn mistaken(&self, sentence: impl Into<String>) -> Mistake {
        Mistake::new("give-back", sentence)
            .with("remark", &self.remark)
            .with("until", &self.until)
            .with("signer", &self.signer)
    }
}

/// Gives it back.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let (remark, signer) = (one_line(&typed.remark, 1_000), one_line(&typed.signer, 200));
    let until = typed_moment(&typed.until).filter(|until| *until > app.now());
    let Some(until) = until.filter(|_| !remark.is_empty() && !signer.is_empty()) else {
        let sentence = visitor.lang.pick(
            "Trả lại phiếu cần điều phải sửa, hạn nộp lại sau lúc này và người ký; cả ba đều công khai với các đơn vị trong khối.",
            "A sheet goes back with what is to be mended, a deadline after now and a signer; all units of the block see them.",
        );
        let mistake = typed.mistaken(sentence);
        return mistaken(&app, &visitor, (member, &typed.at), mistake).await;
    };
    let back = Return { member, remark, until, signer };
    match make(&app, &visitor, back, move |()| format!("/sheets/{member}")).await {
        Ok(answer) => Ok(answer),
        Err(lock @ Refusal::Locked(_)) => {
            let mistake = typed.mistaken(lock.say(visitor.lang));
            mistaken(&app, &visitor, (member, &typed.at), mistake).await
        }
        Err(other) => Err(other.into()),
    }
}
