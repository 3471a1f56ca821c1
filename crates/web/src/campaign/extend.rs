//! One unit gets more time: with a reason and a signer, for all to see.

use axum::extract::{Path, State};
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::campaign::Extend;
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
    until: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    signer: String,
    /// The criterion at which the sheet was open.
    #[serde(default)]
    at: String,
}

impl Typed {
    fn mistaken(&self, sentence: impl Into<String>) -> Mistake {
        Mistake::new("extend", sentence)
            .with("until", &self.until)
            .with("reason", &self.reason)
            .with("signer", &self.signer)
    }
}

/// Gives it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let (reason, signer) = (one_line(&typed.reason, 500), one_line(&typed.signer, 200));
    let until = typed_moment(&typed.until).filter(|until| *until > app.now());
    let Some(until) = until.filter(|_| !reason.is_empty() && !signer.is_empty()) else {
        let sentence = visitor.lang.pick(
            "Gia hạn cần một thời điểm sau lúc này, lý do và người ký; cả ba đều công khai với các đơn vị trong khối.",
            "More time needs a moment after now, a reason and a signer; all units of the block see them.",
        );
        let mistake = typed.mistaken(sentence);
        return mistaken(&app, &visitor, (member, &typed.at), mistake).await;
    };
    let extend = Extend { member, until, reason, signer };
    match make(&app, &visitor, extend, move |()| format!("/sheets/{member}")).await {
        Ok(answer) => Ok(answer),
        Err(lock @ Refusal::Locked(_)) => {
            let mistake = typed.mistaken(lock.say(visitor.lang));
            mistaken(&app, &visitor, (member, &typed.at), mistake).await
        }
        Err(other) => Err(other.into()),
    }
}
