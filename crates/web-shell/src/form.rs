//! Forms as a request brings them: with a file in parts, or without.

use axum::Form;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::failure::Failure;
use crate::sent::{MAX, SentFields, record, record_instead};

/// More than any field beside a file has, in bytes.
const MAX_FIELD: usize = 64 * 1024;

/// The text of a part of a form with a file: its route takes large files, no large texts.
///
/// # Errors
/// [`Failure::TooLarge`], [`Failure::BadRequest`].
pub async fn short(part: &mut Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(|_broken| Failure::BadRequest)? {
        bytes.extend_from_slice(&more);
        if bytes.len() > MAX_FIELD {
            return Err(Failure::TooLarge);
        }
    }
    let text = String::from_utf8(bytes).map_err(|_not_text| Failure::BadRequest)?;
    record(part.name().unwrap_or_default(), &text);
    Ok(text)
}

/// Whether a request is a form.
fn is_form(request: &Request) -> Option<bool> {
    let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    match kind.split(';').next()?.trim() {
        "application/x-www-form-urlencoded" => Some(false),
        "multipart/form-data" => Some(true),
        _ => None,
    }
}

/// Reads a form that no handler gets, with what binds it to its session. Of a form in parts nothing is read unless that is `known`.
pub async fn read_form(
    mut request: Request,
    most: usize,
    known: impl Fn(&str) -> bool,
) -> (SentFields, String) {
    match is_form(&request) {
        Some(true) => {
            DefaultBodyLimit::max(most).apply(&mut request);
            read_parts(request, known).await.unwrap_or_default()
        }
        Some(false) => {
            DefaultBodyLimit::max(MAX).apply(&mut request);
            let fields = Form::<Vec<(String, String)>>::from_request(request, &()).await;
            let Form(fields) = fields.unwrap_or_else(|_unreadable| Form(Vec::new()));
            let mut sent = SentFields::default();
            for (name, text) in &fields {
                sent.push(name, text);
            }
            let token = fields.into_iter().find(|(name, _)| name == "csrf").map(|(_, text)| text);
            (sent, token.unwrap_or_default())
        }
        None => Default::default(),
    }
}

/// What stands beside the files; a browser shows the answer only once it has sent them.
async fn read_parts(request: Request, known: impl Fn(&str) -> bool) -> Option<(SentFields, String)> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut first = parts.next_field().await.ok()??;
    let token = match first.name() {
        Some("csrf") => short(&mut first).await.ok()?,
        _ => return None,
    };
    drop(first);
    if !known(&token) {
        return None;
    }
    Some((rest(&mut parts).await, token))
}

/// What is still to come of a form in parts.
async fn rest(parts: &mut Multipart) -> SentFields {
    let mut sent = SentFields::default();
    while let Ok(Some(mut part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            sent.push_file(&file);
            while let Ok(Some(_content)) = part.chunk().await {}
        } else if let Ok(text) = short(&mut part).await {
            sent.push(&name, &text);
        }
    }
    sent
}

/// Reads what a handler leaves of a form in parts.
pub async fn record_parts(parts: &mut Multipart) {
    let sent = rest(parts).await;
    record_instead(sent);
}
