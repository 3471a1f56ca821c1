//! Large files come in part by part, by the protocol tus 1.0 (tus.io): after a broken line the browser asks how far the server
//! is, and sends the rest. The form that follows names the upload, and only then does it become a document.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, options, patch, post};
use data_encoding::BASE64;
use parindex_domain::right::Act;
use parindex_files::{FilesError, Upload, UploadId};
use parindex_rulebook::lang::Say;

use parindex_service::evidence::keep::{MAX, Refused};
use parindex_service::evidence::kind::may_be;
use parindex_service::evidence::quota::room_for;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::file_name::plain;
use parindex_web_shell::protected::{check, same_origin};
use parindex_web_shell::route::{Limit, Needs, Route, Scope};
use parindex_web_shell::visitor::Visitor;

pub static ROUTES: &[Route<App>] = &[
    Route::options("/uploads", Needs::Session, Scope::Shared, || options(describe_uploads)),
    Route::post("/uploads", Needs::Either(Act::FillSheets, Act::FillParts), Scope::Shared, || {
        post(begin_upload)
    }),
    Route::get("/uploads/{upload}", Needs::Either(Act::FillSheets, Act::FillParts), Scope::Shared, || {
        get(show_upload)
    }),
    Route::patch("/uploads/{upload}", Needs::Either(Act::FillSheets, Act::FillParts), Scope::Shared, || {
        patch(receive_upload_part)
    })
    .limit(Limit::Part),
    Route::delete("/uploads/{upload}", Needs::Either(Act::FillSheets, Act::FillParts), Scope::Shared, || {
        delete(discard_upload)
    }),
];

/// Files that one person sends at a time; what nobody ends goes after a day.
const MAX_AT_ONCE: usize = 30;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const CSRF: &str = "x-csrf";

/// An answer of the protocol.
fn answer(status: StatusCode, headers: &[(HeaderName, String)]) -> Response {
    let mut answer = status.into_response();
    answer.headers_mut().insert(RESUMABLE, HeaderValue::from_static("1.0.0"));
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// One of the pairs `key BASE64,key BASE64`.
fn said(headers: &HeaderMap, key: &str) -> Option<String> {
    let pairs = headers.get(METADATA)?.to_str().ok()?;
    let value = pairs.split(',').find_map(|pair| pair.trim().strip_prefix(key)?.strip_prefix(' '))?;
    String::from_utf8(BASE64.decode(value.as_bytes()).ok()?).ok()
}

/// What the file is called.
fn name(headers: &HeaderMap) -> Option<String> {
    Some(plain(&said(headers, "filename")?)).filter(|name| !name.is_empty())
}

/// Scripts of ours alone can set the header, and only in the browser to which we gave the token.
fn ours(visitor: &Visitor, headers: &HeaderMap) -> Result<i64, Failure> {
    same_origin(headers)?;
    check(visitor, headers.get(CSRF).and_then(|value| value.to_str().ok()).unwrap_or_default())?;
    Ok(visitor.complete().ok_or(Failure::NotSignedIn)?.person.id)
}

/// What we can do.
pub async fn describe_uploads() -> Response {
    let headers = [
        (HeaderName::from_static("tus-version"), "1.0.0".to_owned()),
        (HeaderName::from_static("tus-extension"), "creation,termination".to_owned()),
        (HeaderName::from_static("tus-max-size"), MAX.to_string()),
    ];
    answer(StatusCode::NO_CONTENT, &headers)
}

pub async fn begin_upload(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Answer {
    let owner = ours(&visitor, &headers)?;
    let (Some(size), Some(name)) = (number(&headers, &LENGTH), name(&headers)) else {
        return Err(Failure::BadRequest);
    };
    if size > MAX {
        return Err(Failure::TooLarge);
    }
    if !may_be(&name) {
        return Err(Failure::Impossible(Refused::Kind.say(visitor.lang)));
    }
    // Whoever says nothing of the sheet is told by the form in the end.
    if let Some(sheet) = said(&headers, "sheet").and_then(|sheet| sheet.parse().ok()) {
        room_for(&app.service, &visitor.viewer, (sheet, size)).await?;
    }
    match app.files.begin(owner, &Upload { name, size }, MAX_AT_ONCE).await {
        Ok(id) => {
            let place = (header::LOCATION, format!("/uploads/{id}"));
            Ok(answer(StatusCode::CREATED, &[place, (OFFSET, "0".to_owned())]))
        }
        Err(error @ FilesError::TooManyBegun(_)) => Err(Failure::Impossible(error.say(visitor.lang))),
        Err(error) => Err(error.into()),
    }
}

/// How far one is.
pub async fn show_upload(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let owner = visitor.complete().ok_or(Failure::NotSignedIn)?.person.id;
    let id = UploadId::parse(&id).ok_or(Failure::NotFound)?;
    let (about, there) = app.files.upload(owner, &id).await?.ok_or(Failure::NotFound)?;
    let (size, there) = (about.size.to_string(), there.to_string());
    Ok(answer(StatusCode::OK, &[(LENGTH, size), (OFFSET, there)]))
}

/// Takes the next part in.
pub async fn receive_upload_part(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let owner = ours(&visitor, &headers)?;
    let id = UploadId::parse(&id).ok_or(Failure::NotFound)?;
    let at = number(&headers, &OFFSET).ok_or(Failure::BadRequest)?;
    app.files.upload(owner, &id).await?.ok_or(Failure::NotFound)?;
    match app.files.receive(owner, &id, at, body.into_data_stream()).await {
        Ok(there) => Ok(answer(StatusCode::NO_CONTENT, &[(OFFSET, there.to_string())])),
        Err(FilesError::OffsetMismatch(there)) => {
            Ok(answer(StatusCode::CONFLICT, &[(OFFSET, there.to_string())]))
        }
        Err(FilesError::TooManyAtOnce) => Err(Failure::TooManyRequests(5)),
        Err(error) => Err(error.into()),
    }
}

/// Gives one up.
pub async fn discard_upload(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let owner = ours(&visitor, &headers)?;
    let id = UploadId::parse(&id).ok_or(Failure::NotFound)?;
    app.files.upload(owner, &id).await?.ok_or(Failure::NotFound)?;
    app.files.discard(owner, &id).await?;
    Ok(answer(StatusCode::NO_CONTENT, &[]))
}
