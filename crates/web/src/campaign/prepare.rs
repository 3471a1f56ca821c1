//! What a campaign still needs before it opens: its windows, its people, its settled sets.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::campaign::Standing;
use parindex_domain::procedure::{Life, Missing};
use parindex_domain::right::{Act, Subject};
use parindex_store::campaign::{Block, Stage, Whole};

use super::{field_moment, whole};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page_with};
use crate::visitor::Visitor;

/// A window that was typed and is none.
pub struct WrongWindow {
    /// The place of the stage.
    pub stage: i64,
    /// What was typed.
    pub typed: (String, String),
    /// What is wrong.
    pub sentence: String,
}

#[derive(Template)]
#[template(path = "campaign/prepare.html")]
struct PreparePage {
    frame: Frame,
    of: Whole,
    missing: Vec<Missing>,
    wrong: Option<WrongWindow>,
}

impl PreparePage {
    fn windows(&self) -> impl Iterator<Item = &Stage> {
        self.of.stages.iter()
    }

    fn wrong(&self, stage: &Stage) -> Option<&WrongWindow> {
        self.wrong.as_ref().filter(|wrong| wrong.stage == stage.place)
    }

    fn problem(&self, stage: &Stage) -> Option<&str> {
        self.wrong(stage).map(|wrong| wrong.sentence.as_str())
    }

    fn opens(&self, stage: &Stage) -> String {
        let typed = self.wrong(stage).map(|wrong| wrong.typed.0.clone());
        typed.or(stage.round.window.map(|window| field_moment(window.opens()))).unwrap_or_default()
    }

    fn closes(&self, stage: &Stage) -> String {
        let typed = self.wrong(stage).map(|wrong| wrong.typed.1.clone());
        typed.or(stage.round.window.map(|window| field_moment(window.closes()))).unwrap_or_default()
    }

    fn blocking(&self) -> usize {
        self.missing.iter().filter(|each| !each.can_wait()).count()
    }

    fn is_draft(&self) -> bool {
        self.of.campaign.life == Life::Draft
    }

    fn counts(&self, block: &Block) -> (usize, usize) {
        let of_block = self.of.members.iter().filter(|member| member.block == block.id);
        let exempt = of_block.clone().filter(|member| matches!(member.standing, Standing::Exempt(_)));
        (of_block.clone().count() - exempt.clone().count(), exempt.count())
    }
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    show(&app, &visitor, id, None).await
}

/// The page, with a window that was typed and is none.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    id: i64,
    wrong: Option<WrongWindow>,
) -> Result<Response, Failure> {
    visitor.permit(Act::RunCampaigns, &Subject::Everything)?;
    let of = whole(app, id).await?;
    let missing = app.store.missing(&of, app.now()).await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page_with(status, &PreparePage { frame: Frame::new(app, visitor), of, missing, wrong }))
}
