//! A campaign as a package: taken in elsewhere, it gives the same results to the last digit. The files of its documents go with it
//! when somebody asks for them.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_domain::right::{Act, Subject};
use parindex_package::archive::zip;
use parindex_rulebook::lang::Say;
use serde::Deserialize;

use super::send::sent;
use parindex_service::campaign::campaign_detail;
use parindex_service::export::{NotExported, documents, files};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::visitor::Visitor;

/// What is asked for.
#[derive(Default, Deserialize)]
pub struct PackageQuery {
    /// `1`: with the files of the documents.
    #[serde(default)]
    files: String,
}

/// Sends it.
pub async fn download_package(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<PackageQuery>,
) -> Answer {
    let of = campaign_detail(&app.service, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let with_documents = asked.files == "1";
    if with_documents {
        visitor.permit(Act::SeeSheets, &Subject::Everything)?;
    }
    let failed = |not: NotExported| Failure::Impossible(not.say(visitor.lang));
    let files = files(&app.service, &of).await?.map_err(failed)?;
    let documents =
        if with_documents { documents(&app.service, &of).await?.map_err(failed)? } else { Vec::new() };
    let plain: String =
        of.campaign.code.chars().map(|each| if each.is_ascii_alphanumeric() { each } else { '-' }).collect();
    let name = if with_documents { format!("{plain}-files.zip") } else { format!("{plain}.zip") };
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    if with_documents {
        return Ok((headers, sent(&app, files, documents).await?).into_response());
    }
    let packed = tokio::task::spawn_blocking(move || zip(&files));
    let bytes = packed
        .await
        .map_err(|error| Failure::Internal(Box::new(error)))?
        .map_err(|findings| failed(NotExported::Findings(findings)))?;
    Ok((headers, bytes).into_response())
}
