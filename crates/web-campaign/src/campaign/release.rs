//! The draft of a round is shown to the units.

use axum::extract::{Path, State};
use parindex_domain::moment::Moment;
use parindex_rulebook::lang::Lang;
use parindex_store::campaign::Release;
use serde::Deserialize;

use super::show::{show, undecided};
use parindex_service::campaign::campaign_detail;
use parindex_service::day;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct ReleaseForm {
    #[serde(default)]
    pub explain_until: String,
    /// So many criteria that are not decided were shown, and are to stay as they are.
    #[serde(default)]
    knowing: usize,
}

impl ReleaseForm {
    /// The deadline in a campaign of this year that was typed, or none; it has to be after now.
    ///
    /// # Errors
    /// What is no moment, too far off, or over, as a sentence.
    pub fn until(&self, now: (i16, Moment), lang: Lang) -> Result<Option<i64>, String> {
        let called = ("Hạn giải trình", "The deadline of explanations");
        match day::read_later(called, &self.explain_until, now, lang)? {
            None if !self.explain_until.trim().is_empty() => Err(lang
                .pick(
                    "Hạn giải trình phải là một thời điểm sau lúc này.",
                    "The deadline of explanations has to be after now.",
                )
                .to_owned()),
            until => Ok(until),
        }
    }
}

/// Shows it.
pub async fn release_draft(
    State(app): State<App>,
    visitor: Visitor,
    Path((campaign, stage)): Path<(i64, i64)>,
    Protected(typed): Protected<ReleaseForm>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    let explain_until = match typed.until((of.campaign.year, app.now()), visitor.lang) {
        Ok(until) => until,
        Err(sentence) => {
            let nothing = visitor.lang.pick("Chưa công bố gì.", "Nothing was released.");
            let mistake = Mistake::new("release", format!("{sentence} {nothing}"));
            let mistake = mistake.with("explain_until", typed.explain_until);
            return show(&app, &visitor, campaign, mistake.into()).await;
        }
    };
    let undecided = undecided(&app, &of).await?;
    let undecided = undecided.into_iter().find(|(place, _)| *place == stage).map_or(0, |(_, left)| left);
    let release = Release { campaign, stage, explain_until, undecided, knowing: typed.knowing };
    Ok(once(&app, &visitor, release, move |()| format!("/campaigns/{campaign}")).await?)
}
