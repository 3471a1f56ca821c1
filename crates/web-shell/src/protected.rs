//! Forms: no check against forgery, no content.

use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use crate::failure::{Failure, of_library};
use crate::form::{record_parts, short};
use crate::route::MAX_FORM;
use crate::sending::Content;
use crate::sent::record_all;
use crate::visitor::Visitor;

/// The content of a form that came from a page of ours, in the browser to which we gave it.
pub struct Protected<T>(pub T);

/// A form that carries nothing but its token.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

#[derive(Deserialize)]
struct Guarded {
    #[serde(default)]
    csrf: String,
    /// Which form; none where sending it twice does no harm.
    once: Option<String>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Protected<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or(Failure::CsrfMismatch)?;
        same_origin(request.headers())?;
        let (parts, body) = request.into_parts();
        let again = |body: Bytes| Request::from_parts(parts.clone(), Body::from(body));
        let body = heard(Request::from_parts(parts.clone(), body), state).await?;
        let Form(guarded) = Form::<Guarded>::from_request(again(body.clone()), state)
            .await
            .map_err(|error| refused(error.status()))?;
        check(&visitor, &guarded.csrf)?;
        if guarded.once.is_some() {
            let fields = Form::<Vec<(String, String)>>::from_request(again(body.clone()), state).await;
            let Form(fields) = fields.map_err(|error| refused(error.status()))?;
            let mut content = Content::default();
            for (name, text) in &fields {
                content.field(name, text);
            }
            visitor.sends(content);
        }
        let Form(content) =
            Form::<T>::from_request(again(body), state).await.map_err(|error| refused(error.status()))?;
        Ok(Self(content))
    }
}

/// The body of a form, and its fields for whoever brings it back when it is refused; one that is too long is read so far, too.
async fn heard<S: Send + Sync>(mut request: Request, state: &S) -> Result<Bytes, Failure> {
    DefaultBodyLimit::max(4 * MAX_FORM).apply(&mut request);
    let (parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let body = Bytes::from_request(whole, state).await.map_err(|error| refused(error.status()))?;
    let fields = Request::from_parts(parts, Body::from(body.clone()));
    if let Ok(Form(fields)) = Form::<Vec<(String, String)>>::from_request(fields, state).await {
        record_all(&fields);
    }
    if body.len() > MAX_FORM { Err(Failure::TooLarge) } else { Ok(body) }
}

fn refused(status: StatusCode) -> Failure {
    of_library(status, false).unwrap_or(Failure::BadRequest)
}

/// Whether a token is the one of this browser's forms.
///
/// # Errors
/// [`Failure::CsrfMismatch`].
pub fn check(visitor: &Visitor, token: &str) -> Result<(), Failure> {
    let expected = visitor.form_token.as_deref().ok_or(Failure::CsrfMismatch)?;
    if bool::from(expected.as_bytes().ct_eq(token.as_bytes())) { Ok(()) } else { Err(Failure::CsrfMismatch) }
}

/// Browsers say where a form stands; another site is refused before anything is read.
///
/// # Errors
/// [`Failure::CsrfMismatch`].
pub fn same_origin(headers: &HeaderMap) -> Result<(), Failure> {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    match site {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(Failure::CsrfMismatch),
    }
}

impl From<MultipartError> for Failure {
    fn from(error: MultipartError) -> Self {
        refused(error.status())
    }
}

/// Reads the token of a form in parts; it stands first, so that nothing of a forged form is carried out.
///
/// # Errors
/// [`Failure::CsrfMismatch`]; a form that cannot be read.
pub async fn token_first(
    visitor: &Visitor,
    headers: &HeaderMap,
    parts: &mut Multipart,
) -> Result<(), Failure> {
    same_origin(headers)?;
    let mut first = parts.next_field().await?.ok_or(Failure::CsrfMismatch)?;
    if first.name() != Some("csrf") {
        return Err(Failure::CsrfMismatch);
    }
    let checked = check(visitor, &short(&mut first).await?);
    drop(first);
    if checked.is_err() {
        // A page that is too old: nothing is done with it, and what was typed comes back.
        record_parts(parts).await;
    }
    checked
}
