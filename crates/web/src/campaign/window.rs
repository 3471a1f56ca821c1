//! A stage gets its window.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_domain::procedure::Window;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::campaign::SetWindow;
use serde::Deserialize;

use super::prepare::show;
use super::{typed_moment, whole};
use crate::app::App;
use crate::failure::Answer;
use crate::mistake::Mistake;
use crate::protected::Protected;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    opens: String,
    #[serde(default)]
    closes: String,
    /// The code of the stage that the page showed there.
    #[serde(default)]
    code: String,
}

impl Typed {
    fn read(&self, lang: Lang) -> Result<Window, String> {
        let (Some(opens), Some(closes)) = (typed_moment(&self.opens), typed_moment(&self.closes)) else {
            let needed = lang.pick("cần ngày và giờ của cả hai đầu", "day and time of both ends are needed");
            return Err(needed.to_owned());
        };
        Window::new(opens, closes).map_err(|wrong| wrong.say(lang))
    }
}

/// Sets it.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, stage)): Path<(i64, i64)>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let of = whole(&app, id).await?;
    let same = typed.code.is_empty() || of.stage(stage).is_ok_and(|there| there.code == typed.code);
    let read = if same { typed.read(visitor.lang) } else { Err(other_stage(visitor.lang)) };
    let window = match read {
        Ok(window) => window,
        Err(sentence) => {
            let mistake = Mistake::new(format!("window-{stage}"), sentence);
            let mistake = mistake.with("opens", typed.opens).with("closes", typed.closes);
            return show(&app, &visitor, id, mistake.into()).await;
        }
    };
    app.store.commit(&visitor.actor(), app.now(), SetWindow { campaign: id, stage, window }).await?;
    Ok(Redirect::to(&format!("/campaigns/{id}/prepare#stage-{stage}")).into_response())
}

/// A round was added or removed since the page was made.
fn other_stage(lang: Lang) -> String {
    lang.pick(
        "các bước vừa được thêm hoặc bớt nên chưa đặt gì; đây là danh sách mới, hãy đặt lại ở đúng bước",
        "stages were added or removed meanwhile, so nothing was set; these are the stages now",
    )
    .to_owned()
}
