//! The first password, by a link that works once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use parindex_domain::refusal::AccountRefusal;
use parindex_rulebook::lang::Say;
use parindex_store::Actor;
use parindex_store::person::{AcceptInvitation, Person};
use serde::Deserialize;

use super::{password, signed_in, with_form_cookie};
use parindex_service::password::acceptable;
use parindex_service::token::hash_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::next::onwards;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "sign_in/invitation.html")]
struct InvitationPage {
    frame: Frame,
    name: String,
    login: String,
    link: String,
    wrong: Option<String>,
}

#[derive(Deserialize)]
pub struct InvitationForm {
    password: String,
    again: String,
}

async fn invited(app: &App, link: &str) -> Result<Person, Failure> {
    let person = app.store.invited(&hash_of(link), app.now()).await?;
    person.ok_or(Failure::Refused(AccountRefusal::LinkSpent.into()))
}

fn show(
    app: &App,
    visitor: &Visitor,
    csrf: String,
    person: &Person,
    link: &str,
    wrong: Option<String>,
) -> Response {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { csrf, ..Frame::new(app, visitor) };
    let (name, login) = (person.name.clone(), person.login.clone());
    page_with(status, &InvitationPage { frame, name, login, link: link.to_owned(), wrong })
}

/// The page. Looking at it does not use the link up, because mail programs look first.
pub async fn show_invitation(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    Path(link): Path<String>,
) -> Answer {
    let person = invited(&app, &link).await?;
    let (jar, csrf) = with_form_cookie(&app, jar)?;
    let csrf = visitor.form_token.clone().filter(|_| visitor.viewer.session.is_some()).unwrap_or(csrf);
    let page = show(&app, &visitor, csrf, &person, &link, None);
    Ok((jar, page).into_response())
}

/// Sets the password and signs in.
pub async fn accept_invitation(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    Path(link): Path<String>,
    headers: HeaderMap,
    Protected(typed): Protected<InvitationForm>,
) -> Answer {
    let person = invited(&app, &link).await?;
    if let Err(wrong) = acceptable(&person, &typed.password, &typed.again) {
        let csrf = visitor.form_token.clone().unwrap_or_default();
        return Ok(show(&app, &visitor, csrf, &person, &link, Some(wrong.say(visitor.lang))));
    }
    let password = app.hasher.hash(typed.password).await.map_err(Failure::Internal)?;
    let actor = Actor::person(person.id, person.name.clone(), Vec::new());
    app.store.commit(&actor, app.now(), AcceptInvitation { link: hash_of(&link), password }).await?;
    let known = app.store.credentials_of(person.id).await?.ok_or(Failure::NotFound)?;
    let (token, complete) = password::begin(&app, &visitor, &headers, &known).await?;
    let onwards = onwards(complete, "/");
    Ok((signed_in(&app, jar, &token), Redirect::to(&onwards)).into_response())
}
