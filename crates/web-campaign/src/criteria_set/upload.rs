//! A workbook or CSV comes into the library; what the linter finds stands at its row.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use parindex_package::{Bounds, set};
use parindex_rulebook::finding::{Finding, Text};
use parindex_rulebook::lang::Say;
use parindex_store::criteria_set::UploadSet as Store;
use parindex_store::file::Filed;

use super::place;
use parindex_service::criteria_set::{advice, unnamed};
use parindex_service::typed::one_line;
use parindex_web_shell::app::App;
use parindex_web_shell::download::WORKBOOK;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::make;
use parindex_web_shell::upload::UploadedFile;
use parindex_web_shell::visitor::Visitor;

/// Characters of a note.
const MAX_NOTE: usize = 500;

#[derive(Template)]
#[template(path = "criteria_set/upload.html")]
struct UploadPage {
    frame: Frame,
    note: String,
    /// What is wrong with the note.
    long: Option<String>,
    wrong: Vec<Finding<Text>>,
}

fn show(
    app: &App,
    visitor: &Visitor,
    (note, long): (String, Option<String>),
    wrong: Vec<Finding<Text>>,
) -> Response {
    let fine = wrong.is_empty() && long.is_none();
    let status = if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &UploadPage { frame: Frame::new(app, visitor), note, long, wrong })
}

pub async fn show_criteria_set_upload(State(app): State<App>, visitor: Visitor) -> Answer {
    Ok(show(&app, &visitor, (String::new(), None), Vec::new()))
}

/// Takes it in when it can be scored with; advice does not stand in the way.
pub async fn upload_criteria_set(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let upload = UploadedFile::read((&app, &visitor), &headers, parts).await?;
    let called = upload.name.clone();
    let note = match one_line(("lý do", "the reason"), &upload.note, MAX_NOTE) {
        Ok(note) => note,
        Err(long) => {
            let long = Some(long.say(visitor.lang));
            return Ok(show(&app, &visitor, (upload.note, long), Vec::new()));
        }
    };
    let check = |name: &str, content: Vec<u8>| {
        let original = Bytes::from(content.clone());
        let read = set::read_within(name, content, &Bounds::SERVER)?;
        let mut wrong = unnamed(&read.set, &read.places);
        if let (None, findings) = advice(&read.set, &read.places) {
            wrong.extend(findings);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok((set::write("criteria.csv", &read.set)?, read.set.about, original))
    };
    let (checked, _turn) = upload.in_turn(&app, check).await?;
    let (bytes, about, original) = match checked {
        Ok(checked) => checked,
        Err(findings) => return Ok(show(&app, &visitor, (note, None), findings)),
    };
    let text = String::from_utf8(bytes).map_err(|error| Failure::Internal(Box::new(error)))?;
    let file = Some(keep(&app, called, original).await?);
    let upload = Store { code: about.code, title: about.title, text, note, file };
    Ok(make(&app, &visitor, upload, place).await?)
}

/// The file as it came, beside what was read from it: who doubts the one can look at the other.
async fn keep(app: &App, name: String, content: Bytes) -> Result<Filed, Failure> {
    let kind = if content.starts_with(b"PK") { WORKBOOK } else { "text/csv" };
    let kept = app.files.keep(stream::iter([Ok::<_, std::io::Error>(content)]), u64::MAX).await?;
    Ok(Filed { hash: kept.hash.to_string(), size: kept.size, kind: kind.to_owned(), name })
}
