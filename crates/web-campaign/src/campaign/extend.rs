//! One unit gets more time: with a reason and a signer, for all to see.

use axum::extract::{Path, State};
use parindex_domain::moment::Moment;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::campaign::Extend;
use serde::Deserialize;

use crate::sheet::show::mistaken;
use parindex_service::campaign::year_of;
use parindex_service::day;
use parindex_service::typed::{TooLong, one_line};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct ExtendForm {
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

impl ExtendForm {
    fn read(&self, member: i64, now: (i16, Moment), lang: Lang) -> Result<Extend, String> {
        let said = |long: TooLong| format!("{}.", long.say(lang));
        let reason = one_line(("Lý do", "The reason"), &self.reason, 500).map_err(said)?;
        let signer = one_line(("Người ký", "The signer"), &self.signer, 200).map_err(said)?;
        let until = day::read_later(("Đến", "Until"), &self.until, now, lang)?;
        match until.filter(|_| !reason.is_empty() && !signer.is_empty()) {
            Some(until) => Ok(Extend { member, until, reason, signer }),
            None => Err(lang.pick(
                "Gia hạn cần một thời điểm sau lúc này, lý do và người ký; cả ba đều công khai với các đơn vị trong khối.",
                "More time needs a moment after now, a reason and a signer; all units of the block see them.",
            )
            .to_owned()),
        }
    }

    fn mistaken(&self, sentence: impl Into<String>) -> Mistake {
        Mistake::new("extend", sentence)
            .with("until", &self.until)
            .with("reason", &self.reason)
            .with("signer", &self.signer)
    }
}

/// Gives it.
pub async fn extend_deadline(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<ExtendForm>,
) -> Answer {
    let year = year_of(&app.service, member).await?;
    let extend = match typed.read(member, (year, app.now()), visitor.lang) {
        Ok(extend) => extend,
        Err(sentence) => {
            return mistaken(&app, &visitor, (member, &typed.at), typed.mistaken(sentence)).await;
        }
    };
    match make(&app, &visitor, extend, move |()| format!("/sheets/{member}")).await {
        Ok(answer) => Ok(answer),
        Err(lock @ Refusal::Locked(_)) => {
            let mistake = typed.mistaken(lock.say(visitor.lang));
            mistaken(&app, &visitor, (member, &typed.at), mistake).await
        }
        Err(other) => Err(other.into()),
    }
}
