//! A sheet goes back to its unit, with what is to be mended.

use axum::extract::{Path, State};
use parindex_domain::moment::Moment;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::sheet::Return;
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
pub struct GiveBackForm {
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

impl GiveBackForm {
    fn read(&self, member: i64, now: (i16, Moment), lang: Lang) -> Result<Return, String> {
        let said = |long: TooLong| format!("{}.", long.say(lang));
        let remark = one_line(("Điều cần sửa", "What to correct"), &self.remark, 1_000).map_err(said)?;
        let signer = one_line(("Người ký", "The signer"), &self.signer, 200).map_err(said)?;
        let until = day::read_later(("Nộp lại trước", "Submit again by"), &self.until, now, lang)?;
        match until.filter(|_| !remark.is_empty() && !signer.is_empty()) {
            Some(until) => Ok(Return { member, remark, until, signer }),
            None => Err(lang.pick(
                "Trả lại phiếu cần điều phải sửa, hạn nộp lại sau lúc này và người ký; cả ba đều công khai với các đơn vị trong khối.",
                "A sheet is returned with what to correct, a deadline after now and a signer; all units of the block see them.",
            )
            .to_owned()),
        }
    }

    fn mistaken(&self, sentence: impl Into<String>) -> Mistake {
        Mistake::new("give-back", sentence)
            .with("remark", &self.remark)
            .with("until", &self.until)
            .with("signer", &self.signer)
    }
}

pub async fn give_back_sheet(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<GiveBackForm>,
) -> Answer {
    let year = year_of(&app.service, member).await?;
    let back = match typed.read(member, (year, app.now()), visitor.lang) {
        Ok(back) => back,
        Err(sentence) => {
            return mistaken(&app, &visitor, (member, &typed.at), typed.mistaken(sentence)).await;
        }
    };
    match make(&app, &visitor, back, move |()| format!("/sheets/{member}")).await {
        Ok(answer) => Ok(answer),
        Err(lock @ Refusal::Locked(_)) => {
            let mistake = typed.mistaken(lock.say(visitor.lang));
            mistaken(&app, &visitor, (member, &typed.at), mistake).await
        }
        Err(other) => Err(other.into()),
    }
}
