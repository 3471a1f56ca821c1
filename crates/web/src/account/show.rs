//! The account page: password, second factor, browsers.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use parindex_store::session::Browser;

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page_with};
use crate::visitor::Visitor;

/// What the page shows beside the account itself.
#[derive(Default)]
pub struct Extra {
    /// A sentence under the password form.
    pub wrong_password: Option<String>,
    /// What was done.
    pub done: Option<String>,
    /// A second factor being enrolled.
    pub enrolling: Option<Enrolling>,
    /// Recovery codes, shown once.
    pub codes: Vec<String>,
}

/// A second factor that waits for its first code.
pub struct Enrolling {
    /// The secret in groups of four.
    pub secret: String,
    /// The secret as it comes back with the form.
    pub plain: String,
    /// The link that a phone understands.
    pub link: String,
    /// Why the code was not taken.
    pub wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "account/show.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    login: String,
    title: String,
    second_factor: bool,
    browsers: Vec<Browser>,
    here: i64,
    extra: Extra,
}

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, StatusCode::OK, Extra::default()).await
}

/// The page with what an act on it has to say.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    extra: Extra,
) -> Result<Response, Failure> {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    let person = app.store.person(session.person.id).await?.ok_or(Failure::NotFound)?;
    let page = AccountPage {
        frame: Frame::new(app, visitor),
        name: person.name,
        login: person.login,
        title: person.title,
        second_factor: person.has_second_factor,
        browsers: app.store.browsers(person.id, app.now()).await?,
        here: session.id,
        extra,
    };
    Ok(page_with(status, &page))
}
