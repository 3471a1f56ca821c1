//! The reasons of an office.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::right::{Act, Subject};
use parindex_store::phrase::Phrase;

use super::common;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::snapshot::Snapshot;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "phrase/list.html")]
struct ListPage {
    frame: Frame,
    own: Vec<Phrase>,
    common: Vec<String>,
    may_change: bool,
    /// What was typed and could not be added.
    typed: String,
    wrong: Option<String>,
}

pub async fn list_phrases(Snapshot(app): Snapshot, visitor: Visitor) -> Answer {
    show(&app, &visitor, String::new(), None).await
}

/// The page with what is wrong.
///
/// # Errors
/// When the database does not answer.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    typed: String,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    let frame = Frame::new(app, visitor);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ListPage {
        own: app.store.phrases().await?,
        common: common(frame.lang),
        may_change: visitor.permit(Act::BeginCampaigns, &Subject::Everything).is_ok(),
        typed,
        wrong,
        frame,
    };
    Ok(page_with(status, &page))
}
