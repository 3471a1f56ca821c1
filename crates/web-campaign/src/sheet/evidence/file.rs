//! A document is had back by those who may see it.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use parindex_domain::right::{Act, Subject};
use parindex_files::FileHash;

use parindex_service::campaign::load::compiled;
use parindex_service::evidence::kind::is_shown;
use parindex_service::sheet::open;
use parindex_web_shell::app::App;
use parindex_web_shell::download::attachment;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::range::{ByteRange, sent};
use parindex_web_shell::visitor::Visitor;

/// A document runs nothing and loads nothing; only our own pages show it in a frame.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'";

/// A delegated body sees the documents of its part.
async fn seen_in_part(app: &App, visitor: &Visitor, (member, criterion): (i64, &str)) -> Option<()> {
    let sheet = open(&app.service, &visitor.viewer, member).await.ok()?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block)?).await.ok()?;
    let node = set.set.find(criterion)?;
    sheet.shows(&set, node).then_some(())
}

/// Has a document back.
pub async fn download_document(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    wanted: ByteRange,
) -> Answer {
    let (document, path) = app.store.document(id).await?.ok_or(Failure::NotFound)?;
    if let Err(denied) = visitor.permit(Act::SeeSheets, &path.map_or(Subject::Everything, Subject::Unit)) {
        seen_in_part(&app, &visitor, (document.member, &document.criterion)).await.ok_or(denied)?;
    }
    let hash = document.file.as_deref().ok_or(Failure::NotFound)?;
    had(&app, (hash, document.size), (&document.kind, &document.name), &wanted).await
}

/// A file by its hash and size, as what it is, under its name; or what is wanted of it.
///
/// # Errors
/// [`Failure::NotFound`] where there is none.
pub async fn had(
    app: &App,
    (hash, size): (&str, i64),
    (kind, name): (&str, &str),
    wanted: &ByteRange,
) -> Answer {
    let hash = FileHash::parse(hash).ok_or(Failure::NotFound)?;
    let content = sent(app, (&hash, u64::try_from(size).unwrap_or(0)), wanted).await?;
    let disposition = attachment(name);
    let disposition =
        if is_shown(kind) { disposition.replacen("attachment", "inline", 1) } else { disposition };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN".to_owned()),
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, content).into_response())
}
