//! A photograph of a check is seen by those who see all points, and by the unit once a draft is released.

use axum::extract::{Path, State};
use parindex_domain::right::{Act, Subject};
use parindex_store::visit::Visit;

use crate::sheet::evidence::file::had;
use parindex_service::campaign::campaign_detail;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::range::ByteRange;
use parindex_web_shell::visitor::Visitor;

/// Has it back.
pub async fn download_photo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    wanted: ByteRange,
) -> Answer {
    let (photo, visit) = app.store.photo(id).await?.ok_or(Failure::NotFound)?;
    if let Err(denied) = visitor.permit(Act::SeeScores, &Subject::Everything) {
        of_the_unit(&app, &visitor, &visit).await?.then_some(()).ok_or(denied)?;
    }
    had(&app, (&photo.file, photo.size), (&photo.kind, &photo.name), &wanted).await
}

async fn of_the_unit(app: &App, visitor: &Visitor, visit: &Visit) -> Result<bool, Failure> {
    let (member, path) = app.store.member(visit.member).await?.ok_or(Failure::NotFound)?;
    let subject = path.map_or(Subject::Everything, Subject::Unit);
    let released = campaign_detail(&app.service, member.campaign).await?.last_released() > 0;
    Ok(released && visitor.permit(Act::SeeSheets, &subject).is_ok())
}
