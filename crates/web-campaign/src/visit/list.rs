//! The on-site checks of a campaign, and the form for another one.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::procedure::{CampaignDetail, Member};
use parindex_domain::right::{Act, Subject};
use parindex_store::visit::Visit;
use serde::Deserialize;

use parindex_service::campaign::campaign_detail;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::mistake::{Mistake, Mistakes};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

/// What was typed, or what a link asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct VisitFields {
    /// The row of the sheet.
    #[serde(default)]
    pub member: String,
    /// The code of the criterion.
    #[serde(default)]
    pub criterion: String,
    #[serde(default)]
    pub on_day: String,
    #[serde(default)]
    pub people: String,
    /// What was found.
    #[serde(default)]
    pub finding: String,
}

#[derive(Template)]
#[template(path = "visit/list.html")]
struct ListPage {
    frame: Frame,
    of: CampaignDetail,
    visits: Vec<Visit>,
    may_record: bool,
    typed: VisitFields,
    wrong: Option<String>,
    /// In the form that withdraws a check.
    mistakes: Mistakes,
}

impl ListPage {
    fn unit(&self, visit: &Visit) -> &str {
        self.of.member(visit.member).map_or("", |member| &member.name)
    }

    fn assessed(&self) -> Vec<&Member> {
        self.of.members.iter().filter(|member| member.standing.is_assessed()).collect()
    }

    fn is_chosen(&self, member: &Member) -> bool {
        self.typed.member == member.id.to_string()
    }
}

pub async fn list_visits(
    Snapshot(app): Snapshot,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Query(typed): Query<VisitFields>,
) -> Answer {
    show(&app, &visitor, campaign, typed, None).await
}

/// Whether somebody may put checks on record.
pub fn may_record(visitor: &Visitor) -> bool {
    visitor.permit(Act::Appraise, &Subject::Everything).is_ok()
        || visitor.permit(Act::RunCampaigns, &Subject::Everything).is_ok()
}

/// The page with what was typed and what is wrong with it.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn show(
    app: &App,
    visitor: &Visitor,
    campaign: i64,
    typed: VisitFields,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = list(app, visitor, campaign, Mistakes::default()).await?;
    Ok(page_with(status, &ListPage { typed, wrong, ..page }))
}

/// The page with what was wrong in the form that withdraws a check.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn show_with(
    app: &App,
    visitor: &Visitor,
    campaign: i64,
    mistake: Mistake,
) -> Result<Response, Failure> {
    let page = list(app, visitor, campaign, mistake.into()).await?;
    Ok(page_with(page.mistakes.status(), &page))
}

async fn list(app: &App, visitor: &Visitor, campaign: i64, mistakes: Mistakes) -> Result<ListPage, Failure> {
    let of = campaign_detail(&app.service, campaign).await?;
    let all = of.ids();
    Ok(ListPage {
        visits: app.store.visits(&all).await?,
        may_record: may_record(visitor) && of.running().is_ok(),
        frame: Frame::new(app, visitor),
        of,
        typed: VisitFields::default(),
        wrong: None,
        mistakes,
    })
}
