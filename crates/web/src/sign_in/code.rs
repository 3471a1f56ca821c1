//! The second factor.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::person::{Credentials, PassSecondFactor, Proof};
use parindex_store::session::SignOut;
use serde::Deserialize;

use super::{password, session_cookie};
use crate::account::second_factor::step_of;
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::frame::{Frame, page_with};
use crate::protected::Protected;
use crate::token::hash_of;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodePage {
    frame: Frame,
    wrong: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
}

/// Failures are counted like those of passwords.
const WINDOW: i64 = 15 * 60 * 1_000_000;
const MOST: i64 = 10;

/// The page.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    if visitor.complete().is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(page_with(StatusCode::OK, &CodePage { frame: Frame::new(&app, &visitor), wrong: None }))
}

/// Takes the code of the phone or one of the recovery codes.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    headers: HeaderMap,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let Some(session) = visitor.session.clone() else { return Err(Failure::SignIn) };
    let known = app.store.credentials_of(session.person.id).await?.ok_or(Failure::SignIn)?;
    let key = format!("code:{}", session.person.id);
    app.store.count_failure(&key, app.now(), app.now() - WINDOW).await?;
    if app.store.failures(&key, app.now() - WINDOW).await? > MOST {
        return Ok(again(&app, &visitor, StatusCode::TOO_MANY_REQUESTS));
    }
    let Some(proof) = proof(&known, &typed.code, app.now()) else {
        return Ok(again(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let pass = PassSecondFactor { person: session.person.id, proof };
    match app.store.commit(&visitor.actor(), app.now(), pass).await {
        Ok(()) => {}
        Err(Refusal::NotNow(_)) => {
            return Ok(again(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY));
        }
        Err(other) => return Err(other.into()),
    }
    app.store.forget_failures(&key).await?;
    // The half session ends and a whole one begins, under a new secret.
    app.store.commit(&visitor.actor(), app.now(), SignOut { session: session.id }).await?;
    let whole = Credentials { second_factor: None, ..known };
    let (token, _complete) = password::begin(&app, &visitor, &headers, &whole).await?;
    Ok((jar.add(session_cookie(&app, &token)), Redirect::to("/")).into_response())
}

fn proof(known: &Credentials, typed: &str, now: i64) -> Option<Proof> {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if code.len() == 6 {
        return step_of(known.second_factor.as_deref()?, &code, now).map(Proof::Step);
    }
    (code.len() == 16).then(|| Proof::Recovery(hash_of(&code)))
}

fn again(app: &App, visitor: &Visitor, status: StatusCode) -> Response {
    let frame = Frame::new(app, visitor);
    let wrong = if status == StatusCode::TOO_MANY_REQUESTS {
        frame
            .t(
                "Sai nhiều lần liên tiếp; hãy thử lại sau 15 phút.",
                "Too many failures; try again in 15 minutes.",
            )
            .to_owned()
    } else {
        parindex_store::NotNow::WrongCode.say(frame.lang)
    };
    page_with(status, &CodePage { frame, wrong: Some(wrong) })
}
