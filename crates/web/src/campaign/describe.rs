//! What a campaign is called and which days it is about are said anew.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::procedure::{Base, Sight};
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::campaign::Describe;
use serde::Deserialize;

use super::prepare::show;
use crate::app::App;
use crate::day;
use crate::failure::Answer;
use crate::mistake::Mistake;
use crate::protected::Protected;
use crate::typed::{TooLong, lines, one_line};
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    title: String,
    #[serde(default)]
    legal_basis: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    sight: String,
    #[serde(default)]
    base: String,
}

impl Typed {
    fn read(&self, campaign: i64, lang: Lang) -> Result<Describe, String> {
        let said = |long: TooLong| format!("{}.", long.say(lang));
        let title = one_line(("Tên", "The title"), &self.title, 500).map_err(said)?;
        if title.is_empty() {
            return Err(lang.pick("Tên không được để trống.", "The title must not be empty.").to_owned());
        }
        let day = |text: &str, vi, en| {
            day::read(text).map_err(|wrong| format!("{}: {}.", lang.pick(vi, en), wrong.say(lang)))
        };
        let needed = lang.pick(
            "Kỳ đánh giá cần ngày đầu và ngày cuối, ngày đầu không sau ngày cuối.",
            "The assessed period needs a first and a last day, in this order.",
        );
        if self.from.trim().is_empty() || self.to.trim().is_empty() {
            return Err(needed.to_owned());
        }
        let days = (
            day(&self.from, "Kỳ đánh giá từ ngày", "Assessed from")?,
            day(&self.to, "Kỳ đánh giá đến ngày", "Assessed to")?,
        );
        if days.0 > days.1 {
            return Err(needed.to_owned());
        }
        Ok(Describe {
            campaign,
            title,
            legal_basis: one_line(("Căn cứ", "The legal basis"), &self.legal_basis, 1_000).map_err(said)?,
            days,
            note: lines(("Lưu ý", "The note"), &self.note).map_err(said)?,
            sight: Sight::of(&self.sight).unwrap_or_default(),
            base: Base::of(&self.base),
        })
    }

    fn mistaken(self, sentence: String) -> Mistake {
        let mistake = Mistake::new("describe", sentence).with("title", self.title);
        let mistake = mistake.with("legal_basis", self.legal_basis).with("from", self.from);
        mistake.with("to", self.to).with("note", self.note).with("sight", self.sight).with("base", self.base)
    }
}

/// Says it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let describe = match typed.read(campaign, visitor.lang) {
        Ok(describe) => describe,
        Err(sentence) => return show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await,
    };
    match app.store.commit(&visitor.actor(), app.now(), describe).await {
        Err(Refusal::NotNow(why)) => {
            let sentence = why.say(visitor.lang);
            return show(&app, &visitor, campaign, typed.mistaken(sentence).into()).await;
        }
        other => other?,
    }
    Ok(Redirect::to(&format!("/campaigns/{campaign}/prepare")).into_response())
}
