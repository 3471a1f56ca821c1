//! All documents of a campaign that the visitor may see, found by number, title or issuer without accents.

use askama::Template;
use axum::extract::{Path, Query, State};
use parindex_domain::procedure::{CampaignDetail, Life, Member};
use parindex_domain::right::{Act, Subject};
use parindex_store::evidence::{Evidence, MAX_FOUND, Uses};
use serde::Deserialize;

use parindex_service::campaign::campaign_detail;
use parindex_service::sheet::paths_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page as render};
use parindex_web_shell::visitor::Visitor;

/// What is looked for.
#[derive(Deserialize)]
pub struct DocumentsQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    unit: String,
}

#[derive(Template)]
#[template(path = "sheet/documents.html")]
struct FindPage {
    frame: Frame,
    of: CampaignDetail,
    q: String,
    /// The sheets that may be seen, and which of them is asked for.
    seen: Vec<Member>,
    unit: i64,
    documents: Vec<Evidence>,
    /// Where else the same files prove something, among what may be seen.
    uses: Uses,
    full: bool,
}

impl FindPage {
    fn unit_of(&self, document: &Evidence) -> &str {
        self.seen.iter().find(|member| member.id == document.member).map_or("", |member| &member.name)
    }

    fn stage_of(&self, document: &Evidence) -> &str {
        let stage = self.of.stages.iter().find(|stage| stage.id == document.stage);
        stage.filter(|stage| stage.place > 0).map_or("", |stage| &stage.name)
    }
}

/// The sheets that the visitor may see.
async fn seen(app: &App, visitor: &Visitor, of: &CampaignDetail) -> Result<Vec<Member>, Failure> {
    if visitor.permit(Act::SeeSheets, &Subject::Everything).is_ok() {
        return Ok(of.members.clone());
    }
    let mut seen =
        app.store.members_below(of.campaign.id, &paths_of(&visitor.viewer, Act::SeeSheets)).await?;
    if visitor.viewer.stands_in(Act::SeeSheets) {
        let mut own = app.store.standing_bodies(&[of.campaign.id]).await?;
        own.retain(|member| seen.iter().all(|each| each.id != member.id));
        seen.extend(own);
    }
    Ok(seen)
}

pub async fn find_documents(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Query(asked): Query<DocumentsQuery>,
) -> Answer {
    let of = campaign_detail(&app.service, campaign).await?;
    if of.campaign.life == Life::Draft {
        return Err(Failure::NotFound);
    }
    let seen = seen(&app, &visitor, &of).await?;
    let q: String = asked.q.trim().chars().take(100).collect();
    let unit = asked.unit.parse().ok().filter(|id| seen.iter().any(|member| member.id == *id)).unwrap_or(0);
    let among: Vec<i64> = seen.iter().map(|member| member.id).filter(|id| unit == 0 || *id == unit).collect();
    let documents = app.store.search_documents(&among, &q).await?;
    let hashes: Vec<String> = documents.iter().filter_map(|each| each.file.clone()).collect();
    let all: Vec<i64> = seen.iter().map(|member| member.id).collect();
    let uses = app.store.uses(&hashes, unit, Some(&all)).await?;
    let full = u64::try_from(documents.len()).is_ok_and(|count| count == MAX_FOUND);
    let frame = Frame::new(&app, &visitor);
    Ok(render(&FindPage { frame, of, q, seen, unit, documents, uses, full }))
}
