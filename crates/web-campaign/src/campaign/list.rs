//! All campaigns, newest first.

use askama::Template;
use parindex_domain::procedure::{Campaign, Life};
use parindex_domain::right::{Act, Subject, Within};

use parindex_web_shell::failure::Answer;
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    frame: Frame,
    campaigns: Vec<Campaign>,
    may_begin: bool,
}

/// The page; a draft is seen by those who prepare it.
pub async fn list_campaigns(Snapshot(app): Snapshot, visitor: Visitor) -> Answer {
    let prepares = |campaign: &Campaign| {
        let there = visitor.within(Within::Campaign(campaign.id));
        there.permit(Act::RunCampaigns, &Subject::Everything).is_ok()
    };
    let mut campaigns = app.store.campaigns().await?;
    campaigns.retain(|campaign| campaign.life != Life::Draft || prepares(campaign));
    let may_begin = visitor.permit(Act::BeginCampaigns, &Subject::Everything).is_ok();
    Ok(render(&ListPage { frame: Frame::new(&app, &visitor), campaigns, may_begin }))
}
