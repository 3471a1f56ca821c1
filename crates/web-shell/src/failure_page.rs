//! A failure as a page that says what happened and where to go next. Only what is inside is logged as an error.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::App;
use crate::failure::Failure;
use crate::frame::{Frame, page_with};
use crate::visitor::Visitor;

/// What the page of a failure says; it goes with the answer.
#[derive(Clone, Debug)]
pub struct FailureText {
    /// In a few words.
    pub heading: String,
    /// What happened.
    pub sentence: String,
    /// Whether only the page was too old.
    pub too_old: bool,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    frame: Frame,
    heading: String,
    sentence: String,
}

/// The page of a failure for a visitor.
pub fn show(failure: &Failure, app: &App, visitor: &Visitor) -> Response {
    if let Failure::NotSignedIn = failure {
        let target = crate::next::with_next(&visitor.back);
        return Redirect::to(&target).into_response();
    }
    if let Failure::SecondFactorRequired = failure {
        return Redirect::to("/account?needed=1").into_response();
    }
    let path = crate::headers::shown(&visitor.path);
    match failure {
        Failure::Internal(error) => {
            tracing::error!(event = "request.failed", %error, %path, "a request failed");
        }
        Failure::Files(error) => {
            tracing::error!(event = "files.failed", %error, %path, "the place of the files is in trouble");
        }
        Failure::Trouble(_, error) => {
            tracing::error!(event = "database.failed", %error, %path, "the database is in trouble");
        }
        _ => {}
    }
    let (heading, sentence) = failure.words(visitor.lang);
    let page = FailurePage { frame: Frame::new(app, visitor), heading, sentence };
    let too_old = matches!(failure, Failure::CsrfMismatch);
    let said = FailureText { heading: page.heading.clone(), sentence: page.sentence.clone(), too_old };
    let mut answer = page_with(failure.status(), &page);
    answer.extensions_mut().insert(said);
    if let Failure::TooManyRequests(seconds) | Failure::Busy(seconds) = failure {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    answer
}
