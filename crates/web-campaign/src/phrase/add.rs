//! A reason is added; the first one brings the common ones with it, so that none is lost.

use axum::extract::State;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::phrase::AddPhrases;
use serde::Deserialize;

use super::common;
use super::list::show;
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// More are chosen from by nobody.
const MAX: usize = 60;

#[derive(Deserialize)]
pub struct PhraseForm {
    #[serde(default)]
    text: String,
}

/// Adds it.
pub async fn add_phrase(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<PhraseForm>,
) -> Answer {
    let text = match one_line(("Lý do", "The reason"), &typed.text, 200) {
        Ok(text) => text,
        Err(long) => return show(&app, &visitor, typed.text, Some(long.say(visitor.lang))).await,
    };
    let own = app.store.phrases().await?.len();
    if text.is_empty() || own >= MAX {
        let wrong = visitor.lang.pick(
            "Hãy ghi lý do, nhiều nhất 200 ký tự; một cơ quan giữ nhiều nhất 60 lý do.",
            "Write the reason in at most 200 characters; an office keeps at most 60 of them.",
        );
        return show(&app, &visitor, typed.text, Some(wrong.to_owned())).await;
    }
    let mut texts = if own == 0 { common(Lang::Vi) } else { Vec::new() };
    texts.push(text);
    Ok(make(&app, &visitor, AddPhrases { texts }, |()| "/phrases".to_owned()).await?)
}
