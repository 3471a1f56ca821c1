//! A version as a file: the workbook that officials edit, or the CSV that diffs well.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_files::FileHash;
use parindex_package::set;
use parindex_rulebook::lang::Say;

use parindex_service::criteria_set::open;
use parindex_web_shell::app::App;
use parindex_web_shell::download::{WORKBOOK, attachment};
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::range::{ByteRange, sent};
use parindex_web_shell::visitor::Visitor;

/// Sends it as an attachment.
pub async fn download_criteria_set(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number, kind)): Path<(i64, i64, String)>,
    wanted: ByteRange,
) -> Answer {
    let known = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    if kind == "original" {
        return original(&app, (id, number), &wanted).await;
    }
    let opened = open(&app.store, id, number).await?;
    let (name, mime) = match kind.as_str() {
        "xlsx" => ("criteria.xlsx", WORKBOOK),
        "csv" => ("criteria.csv", "text/csv; charset=utf-8"),
        _ => return Err(Failure::NotFound),
    };
    let bytes = set::write(name, &opened.content).map_err(|findings| {
        Failure::Impossible(
            findings.iter().map(|finding| finding.say(visitor.lang)).collect::<Vec<_>>().join("; "),
        )
    })?;
    let plain: String =
        known.code.chars().map(|each| if each.is_ascii_alphanumeric() { each } else { '-' }).collect();
    let disposition = format!("attachment; filename=\"{plain}-{number}.{kind}\"");
    Ok(([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// The file from which a version was read, byte for byte.
async fn original(app: &App, (set, number): (i64, i64), wanted: &ByteRange) -> Answer {
    let file = app.store.version_file(set, number).await?.ok_or(Failure::NotFound)?;
    let hash = FileHash::parse(&file.hash).ok_or(Failure::NotFound)?;
    let content = sent(app, (&hash, file.size), wanted).await?;
    let headers = [(header::CONTENT_TYPE, file.kind), (header::CONTENT_DISPOSITION, attachment(&file.name))];
    Ok((headers, content).into_response())
}
