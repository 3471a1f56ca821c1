//! Login and password. Failures rest an account at the place where they were made, then everywhere; a place rests only where many
//! accounts failed and none of them got in after all, so that nobody who forgot a password rests the office that shares his address.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use parindex_store::Actor;
use parindex_store::person::Credentials;
use parindex_store::session::SignIn;
use serde::Deserialize;

use super::provider::ProviderTrouble;
use super::{WINDOW, failed_too_often, signed_in, with_form_cookie};
use parindex_service::token::Token;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::next::{local, onwards};
use parindex_web_shell::place::place;
use parindex_web_shell::protected::{Protected, same_origin};
use parindex_web_shell::sign_in_form::{Ended, Over};
use parindex_web_shell::visitor::Visitor;

/// One account from one place.
const MAX_BOTH: i64 = 5;
/// One account from anywhere.
const MAX_LOGIN: i64 = 30;
/// Accounts that fail at one place, there or not: a whole office may mistype on the last evening, but gets in then.
const MAX_PLACE: u64 = 100;

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct PasswordPage {
    frame: Frame,
    login: String,
    next: String,
    wrong: Option<String>,
    /// The name of the sign-in service, where there is one.
    provider: Option<String>,
    /// Whether somebody has just signed out.
    out: bool,
    /// Whether a session ended before a form came.
    over: Over,
    /// What was typed and cannot be kept.
    missing: String,
}

/// Where to go on to, and why one is here again.
#[derive(Deserialize)]
pub struct SignInQuery {
    #[serde(default)]
    next: String,
    #[serde(default)]
    trouble: String,
    #[serde(default)]
    out: String,
}

#[derive(Deserialize)]
pub struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn show_sign_in(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    Query(onwards): Query<SignInQuery>,
) -> Answer {
    if visitor.complete().is_some() {
        return Ok(Redirect::to(local(&onwards.next)).into_response());
    }
    // A half session binds the forms to itself; a new sign-in begins from nothing.
    let (jar, csrf) = with_form_cookie(&app, jar)?;
    let csrf = visitor.form_token.clone().filter(|_| visitor.viewer.session.is_some()).unwrap_or(csrf);
    let frame = Frame { csrf, ..Frame::new(&app, &visitor) };
    let wrong = ProviderTrouble::of(&onwards.trouble).map(|trouble| trouble.say(frame.lang).to_owned());
    let provider = provider(&app);
    let (next, out) = (local(&onwards.next).to_owned(), !onwards.out.is_empty());
    let (login, over, missing) = (String::new(), Over::No, String::new());
    let page = PasswordPage { frame, login, next, wrong, provider, out, over, missing };
    Ok((jar, page_with(StatusCode::OK, &page)).into_response())
}

/// The same form in the place of an answer that needs a session.
///
/// # Errors
/// When the operating system has no randomness.
pub fn form(
    app: &App,
    visitor: &Visitor,
    jar: CookieJar,
    ended: Ended,
) -> Result<(CookieJar, Response), Failure> {
    let Ended { next, over, missing } = ended;
    let (jar, csrf) = with_form_cookie(app, jar)?;
    let csrf = visitor.form_token.clone().filter(|_| visitor.viewer.session.is_some()).unwrap_or(csrf);
    let frame = Frame { csrf, ..Frame::new(app, visitor) };
    let (login, next, provider) = (String::new(), local(&next).to_owned(), provider(app));
    let page = PasswordPage { frame, login, next, wrong: None, provider, out: false, over, missing };
    Ok((jar, page_with(StatusCode::UNAUTHORIZED, &page)))
}

pub async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    headers: HeaderMap,
    Query(onwards_of_page): Query<SignInQuery>,
    typed: Result<Protected<SignInForm>, Failure>,
) -> Answer {
    let typed = match typed {
        Ok(Protected(typed)) => typed,
        // Signed in meanwhile in another window: this one goes on to where it was.
        Err(Failure::CsrfMismatch) if visitor.complete().is_some() && same_origin(&headers).is_ok() => {
            return Ok(Redirect::to(local(&onwards_of_page.next)).into_response());
        }
        Err(failure) => return Err(failure),
    };
    let login: String = typed.login.trim().to_lowercase().chars().take(80).collect();
    let here = here(&visitor.address);
    // Asked first, so that names that somebody makes up fill no table.
    if app.store.failing(&here, app.now() - WINDOW).await? >= MAX_PLACE {
        return Ok(again(&app, &visitor, typed, Wrong::TooManyHere));
    }
    let (own, everywhere) = (format!("{here}{login}"), format!("login:{login}"));
    for (key, most) in [(&own, MAX_BOTH), (&everywhere, MAX_LOGIN)] {
        // What one browser tries beyond its own count does not rest the login elsewhere.
        if failed_too_often(&app, key, most).await? {
            return Ok(again(&app, &visitor, typed, Wrong::TooMany));
        }
    }
    let known = app.store.credentials(&login).await?;
    let kept = known
        .as_ref()
        .filter(|known| known.person.closed_at.is_none())
        .and_then(|known| known.password.clone());
    if !app.hasher.verify(typed.password.clone(), kept).await.map_err(Failure::Internal)? {
        // What is no login may be a password in the wrong field.
        let login = known.as_ref().map_or("unknown", |known| known.person.login.as_str());
        tracing::warn!(event = "sign_in.failed", login, address = %visitor.address, "a sign-in failed");
        return Ok(again(&app, &visitor, typed, Wrong::NoMatch));
    }
    let Some(known) = known else { return Err(Failure::NotFound) };
    app.store.take_failure_back(&everywhere).await?;
    app.store.forget_failures(&own).await?;
    let (token, complete) = begin(&app, &visitor, &headers, &known).await?;
    let onwards = onwards(complete, &typed.next);
    Ok((signed_in(&app, jar, &token), Redirect::to(&onwards)).into_response())
}

/// Begins a session: a new secret each time, so that none from before is of use.
pub async fn begin(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    known: &Credentials,
) -> Result<(Token, bool), Failure> {
    let token = Token::new()?;
    let complete = known.second_factor.is_none();
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let session = SignIn {
        hash: token.hash(),
        person: known.person.id,
        complete,
        address: visitor.address.clone(),
        agent: agent.chars().take(200).collect(),
    };
    let actor = Actor::person(known.person.id, known.person.name.clone(), Vec::new());
    app.store.commit(&actor, app.now(), session).await?;
    Ok((token, complete))
}

/// How everything begins under which the failures of one place are counted, account by account.
fn here(address: &str) -> String {
    format!("both:{} ", place(address))
}

#[derive(Clone, Copy)]
enum Wrong {
    NoMatch,
    TooMany,
    TooManyHere,
}

fn again(app: &App, visitor: &Visitor, typed: SignInForm, wrong: Wrong) -> Response {
    let frame = Frame::new(app, visitor);
    let (status, sentence) = match wrong {
        Wrong::NoMatch => (
            StatusCode::UNPROCESSABLE_ENTITY,
            frame.t(
                "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.",
                "Login or password is wrong. Check Caps Lock and the Vietnamese keyboard.",
            ),
        ),
        Wrong::TooMany => (
            StatusCode::TOO_MANY_REQUESTS,
            frame.t(
                "Sai nhiều lần liên tiếp, tạm dừng 15 phút cho tên đăng nhập này từ máy này. Quên mật khẩu: xin người quản trị một liên kết mới.",
                "Too many failures; this login rests for 15 minutes from here. Forgot the password? Ask the administrator for a new link.",
            ),
        ),
        Wrong::TooManyHere => (
            StatusCode::TOO_MANY_REQUESTS,
            frame.t(
                "Từ địa chỉ mạng này vừa có quá nhiều tên đăng nhập nhập sai, như khi có người dò mật khẩu, nên tạm dừng 15 phút cho mọi người ở đây. Cần ngay: đăng nhập từ mạng khác, và báo người quản trị.",
                "Too many different logins have just failed from this address, as when somebody guesses passwords; everybody here rests for 15 minutes. If it cannot wait: sign in from another network, and tell the administrator.",
            ),
        ),
    };
    let wrong = Some(sentence.to_owned());
    let (next, provider) = (local(&typed.next).to_owned(), provider(app));
    let (login, out, over, missing) = (typed.login, false, Over::No, String::new());
    page_with(status, &PasswordPage { frame, login, next, wrong, provider, out, over, missing })
}

fn provider(app: &App) -> Option<String> {
    app.provider.as_ref().map(|client| client.settings.name.clone())
}
