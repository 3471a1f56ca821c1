//! A version as a file: the workbook that officials edit, or the CSV that diffs well.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_package::set;
use parindex_rulebook::lang::Say;

use super::open;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::visitor::Visitor;

/// Sends it as an attachment.
pub async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number, kind)): Path<(i64, i64, String)>,
) -> Answer {
    let known = app.store.criteria_set(id).await?.ok_or(Failure::NotFound)?;
    let opened = open(&app, id, number).await?;
    let (name, mime) = match kind.as_str() {
        "xlsx" => ("criteria.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
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
