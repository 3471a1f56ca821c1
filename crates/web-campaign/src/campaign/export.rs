//! A campaign as a package: taken in elsewhere, it gives the same results to the last digit. The files of its documents go with it
//! when somebody asks for them.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_domain::right::{Act, Subject};
use parindex_files::FileHash;
use parindex_package::archive::{DOCUMENTS, zip};
use parindex_package::source::MAX_DOCUMENTS;
use parindex_package::{Findings, export};
use parindex_rulebook::lang::Say;
use parindex_store::campaign::Whole;
use parindex_store::evidence::Evidence;
use serde::Deserialize;

use super::send::{Document, sent};
use super::whole;
use crate::sheet::mismatch::that_count;
use parindex_service::campaign::load::load_all;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::visitor::Visitor;

/// The most bytes of documents that one package holds.
const MAX_BYTES: u64 = 500 << 30;

/// What is asked for.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// `1`: with the files of the documents.
    #[serde(default)]
    files: String,
}

/// Sends it.
pub async fn download_package(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let of = whole(&app, id).await?;
    visitor.permit(Act::SeeScores, &Subject::Everything)?;
    let with_documents = asked.files == "1";
    if with_documents {
        visitor.permit(Act::SeeSheets, &Subject::Everything)?;
    }
    let loaded = load_all(&app.service, &of).await?;
    let reasons = that_count(&loaded, app.store.reasons(&of.ids()).await?);
    let beside = app.store.beside(&of, reasons).await?;
    let documents = if with_documents { documents(&app, &visitor, &of).await? } else { Vec::new() };
    let failed = |findings: Findings| {
        let said: Vec<String> = findings.iter().map(|finding| finding.say(visitor.lang)).collect();
        Failure::Impossible(said.join("; "))
    };
    // Writing it takes a while; pages are served meanwhile.
    let files = tokio::task::spawn_blocking(move || export::files(&loaded.campaign, &beside));
    let files = files.await.map_err(|error| Failure::Inside(Box::new(error)))?.map_err(failed)?;
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
    let bytes = packed.await.map_err(|error| Failure::Inside(Box::new(error)))?.map_err(failed)?;
    Ok((headers, bytes).into_response())
}

/// The files of the documents on the sheets of the campaign, each once. What a package listed before is not kept here.
async fn documents(app: &App, visitor: &Visitor, of: &Whole) -> Result<Vec<Document>, Failure> {
    let mut all: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let standing = app.store.evidence(&of.ids()).await?;
    let versions = |mut newest: Evidence| {
        let former = std::mem::take(&mut newest.former);
        std::iter::once(newest).chain(former)
    };
    for document in standing.into_iter().flat_map(versions) {
        let Some(hash) = document.file else { continue };
        let path = format!("{DOCUMENTS}{hash}{}", ending(&document.name));
        all.entry(hash).or_insert((path, u64::try_from(document.size).unwrap_or(0)));
    }
    let bytes = all.values().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    if all.len() > MAX_DOCUMENTS || bytes > MAX_BYTES {
        let (count, most) = (all.len(), MAX_BYTES >> 30);
        return Err(Failure::Impossible(visitor.lang.pick(
            format!("{count} tài liệu, quá mức của một gói ({MAX_DOCUMENTS} tệp, {most} GB); hãy tải gói không kèm tệp, và lấy tệp từ bản sao lưu"),
            format!("{count} documents, over what a package holds ({MAX_DOCUMENTS} files, {most} GB); download it without them, and take them from a backup"),
        )));
    }
    let document =
        |(hash, (path, _)): (String, (String, u64))| Some(Document { hash: FileHash::parse(&hash)?, path });
    Ok(all.into_iter().filter_map(document).collect())
}

/// The ending of a name, so that whoever unpacks it can open the file.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let plain = (1..=5).contains(&ending.len()) && ending.bytes().all(|each| each.is_ascii_alphanumeric());
    if plain { format!(".{ending}") } else { String::new() }
}
