//! The second factor.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use parindex_domain::refusal::AccountRefusal;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::Refusal;
use parindex_store::person::{Credentials, PassSecondFactor, Proof};
use parindex_store::session::SignOut;
use serde::Deserialize;

use super::{password, signed_in};
use parindex_service::cipher::OtherKey;
use parindex_service::second_factor::step_of;
use parindex_service::token::hash_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::next::local;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodePage {
    frame: Frame,
    wrong: Option<String>,
    next: String,
}

/// Where to go on to.
#[derive(Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
    #[serde(default)]
    next: String,
}

/// Failures of one person in a quarter of an hour.
const MAX: i64 = 10;

pub async fn show_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Query(onwards): Query<CodeQuery>,
) -> Answer {
    let next = local(&onwards.next).to_owned();
    if visitor.complete().is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    Ok(page_with(StatusCode::OK, &CodePage { frame: Frame::new(&app, &visitor), wrong: None, next }))
}

/// Takes the code of the phone or one of the recovery codes.
pub async fn check_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    headers: HeaderMap,
    Protected(typed): Protected<CodeForm>,
) -> Answer {
    let Some(session) = visitor.viewer.session.clone() else { return Err(Failure::NotSignedIn) };
    let known = app.store.credentials_of(session.person.id).await?.ok_or(Failure::NotSignedIn)?;
    if let Some(wrong) = wrong(&app, &visitor, &known, &typed.code).await? {
        return Ok(again(&app, &visitor, wrong, &typed.next));
    }
    // The half session ends and a whole one begins, under a new secret.
    app.store.commit(&visitor.actor(), app.now(), SignOut { session: session.id }).await?;
    let whole = Credentials { second_factor: None, ..known };
    let (token, _complete) = password::begin(&app, &visitor, &headers, &whole).await?;
    Ok((signed_in(&app, jar, &token), Redirect::to(local(&typed.next))).into_response())
}

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongCode {
    /// It is not the one that the phone shows, or was used.
    NoMatch,
    /// Too many were wrong.
    TooMany,
    /// What the phone shares was written with a key that the server does not have.
    OtherKey,
}

impl Say for WrongCode {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::NoMatch => AccountRefusal::WrongCode.say(lang),
            Self::OtherKey => lang
                .pick(
                    "Máy chủ không đọc được khóa của mã xác thực (tệp khóa đã thay). Hãy dùng một mã dự phòng để đăng nhập, rồi một mã nữa để \
                     bật lại xác thực hai lớp; hoặc nhờ quản trị viên tắt giúp.",
                    "The server cannot read the key of your codes (its key file changed). Use a recovery code to sign in and another one to \
                     switch the second factor on again, or ask an administrator to switch it off.",
                )
                .to_owned(),
            Self::TooMany => lang
                .pick(
                    "Sai nhiều lần liên tiếp; hãy thử lại sau 15 phút.",
                    "Too many failures; try again in 15 minutes.",
                )
                .to_owned(),
        }
    }
}

/// Uses a code of the phone or a recovery code up, or says why it is not taken.
pub async fn wrong(
    app: &App,
    visitor: &Visitor,
    known: &Credentials,
    typed: &str,
) -> Result<Option<WrongCode>, Failure> {
    let key = format!("code:{}", known.person.id);
    if crate::sign_in::failed_too_often(app, &key, MAX).await? {
        return Ok(Some(WrongCode::TooMany));
    }
    let proof = match proof(app, known, typed) {
        Ok(Some(proof)) => proof,
        Ok(None) => return Ok(Some(WrongCode::NoMatch)),
        Err(OtherKey) => return Ok(Some(WrongCode::OtherKey)),
    };
    let pass = PassSecondFactor { person: known.person.id, proof };
    match app.store.commit(&visitor.actor(), app.now(), pass).await {
        Ok(()) => {}
        Err(Refusal::NotNow(_)) => return Ok(Some(WrongCode::NoMatch)),
        Err(other) => return Err(other.into()),
    }
    app.store.forget_failures(&key).await?;
    Ok(None)
}

fn proof(app: &App, known: &Credentials, typed: &str) -> Result<Option<Proof>, OtherKey> {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if code.len() == 16 {
        return Ok(Some(Proof::Recovery(hash_of(&code))));
    }
    let Some(secret) = known.second_factor.as_deref().filter(|_| code.len() == 6) else { return Ok(None) };
    let secret = app.settings.keys.decrypt(known.person.id, secret)?;
    Ok(step_of(&secret, &code, app.host_now()).map(Proof::Step))
}

fn again(app: &App, visitor: &Visitor, wrong: WrongCode, next: &str) -> Response {
    let frame = Frame::new(app, visitor);
    let status = match wrong {
        WrongCode::NoMatch | WrongCode::OtherKey => StatusCode::UNPROCESSABLE_ENTITY,
        WrongCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
    };
    let (wrong, next) = (Some(wrong.say(frame.lang)), local(next).to_owned());
    page_with(status, &CodePage { frame, wrong, next })
}
