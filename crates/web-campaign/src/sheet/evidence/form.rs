//! The file of a form on its way into the files of the server.

use axum::extract::multipart::Field;
use axum::http::StatusCode;
use futures_util::TryStreamExt;
use parindex_files::FilesError;
use parindex_service::evidence::keep::{MAX, Received, Refused, kept};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Failure;
use parindex_web_shell::file_name::plain;
use parindex_web_shell::sending::Content;

/// Keeps the file of a form.
///
/// # Errors
/// When the line breaks, or there is too much of it.
pub async fn of_form(app: &App, part: Field<'_>) -> Result<Received, Failure> {
    let name = plain(part.file_name().unwrap_or_default());
    parindex_web_shell::sent::record_file(&name);
    let content = part.map_err(|broken| match broken.status() {
        StatusCode::PAYLOAD_TOO_LARGE => FilesError::TooLarge(MAX),
        _ => FilesError::Broken(Box::new(broken)),
    });
    match kept(&app.service, &name, content).await? {
        Received::Refused(Refused::Kind) if name.is_empty() => Ok(Received::Nothing),
        kept => Ok(kept),
    }
}

/// Adds a file that is kept to what is known of a form, so that the form is known again when it is sent twice.
pub fn tell(kept: &Received, content: &mut Content) {
    if let Received::File(file) = kept {
        content.file("file", &file.name, &file.hash);
    }
}
