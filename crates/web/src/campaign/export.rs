//! A campaign as a package: taken in elsewhere, it gives the same results to the last digit.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_domain::right::{Act, Subject};
use parindex_package::{archive, export};
use parindex_rulebook::lang::Say;

use super::scored::load_all;
use super::whole;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::visitor::Visitor;

/// Sends it.
pub async fn file(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let of = whole(&app, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let loaded = load_all(&app, &of).await?;
    // Packing takes a while; pages are served meanwhile.
    let packed = tokio::task::spawn_blocking(move || archive::zip(&export::files(&loaded.campaign)?));
    let bytes = packed.await.map_err(|error| Failure::Inside(Box::new(error)))?.map_err(|findings| {
        let said: Vec<String> = findings.iter().map(|finding| finding.say(visitor.lang)).collect();
        Failure::Impossible(said.join("; "))
    })?;
    let plain: String =
        of.campaign.code.chars().map(|each| if each.is_ascii_alphanumeric() { each } else { '-' }).collect();
    let disposition = format!("attachment; filename=\"{plain}.zip\"");
    let headers =
        [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
