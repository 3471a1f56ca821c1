//! All campaigns, newest first.

use askama::Template;
use axum::extract::State;
use parindex_domain::procedure::Life;
use parindex_domain::right::Act;
use parindex_store::campaign::Campaign;

use crate::app::App;
use crate::failure::Answer;
use crate::frame::{Frame, page as render};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    frame: Frame,
    campaigns: Vec<Campaign>,
    may_run: bool,
}

/// The page; a draft is seen by those who prepare it.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let may_run = visitor.may(Act::RunCampaigns);
    let mut campaigns = app.store.campaigns().await?;
    campaigns.retain(|campaign| may_run || campaign.life != Life::Draft);
    Ok(render(&ListPage { frame: Frame::new(&app, &visitor), campaigns, may_run }))
}
