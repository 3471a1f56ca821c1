//! A form that came after its session had ended: nothing is done, and what was typed waits until its writer has signed in again.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use parindex_store::unsent::Unsent;

use super::page;
use super::show::listed;
use crate::address::with;
use crate::app::App;
use crate::failure::Failure;
use crate::form::read_form;
use crate::identify::cookie_name;
use crate::next::with_next;
use crate::protected::same_origin;
use crate::sent::SentFields;
use crate::sent::has_secrets;
use crate::sign_in_form::{Ended, Over};
use crate::visitor::Visitor;
use parindex_service::token::{Token, form_token, hash_of};

/// What is kept of one form, in bytes.
const MAX: usize = 256 * 1024;
/// What comes with a form in parts, and is not kept.
const MAX_PARTS: usize = 2049 * 1024 * 1024;
/// A form is sent in less, and one with documents too.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(30);
/// The header that says where to sign in, with the way back.
const SIGN_IN: HeaderName = HeaderName::from_static("x-sign-in");
/// Sessions of a browser that are remembered after they ended.
const MAX_FORMER: usize = 3;

/// The cookie by which a browser gets back what was typed in it. It comes along when a sign-in service sends somebody back.
pub fn browser_cookie(app: &App) -> &'static str {
    if app.settings.secure() { "__Host-unsent" } else { "unsent" }
}

/// The cookie that says which sessions this browser had: not their secrets, only by what they and their forms are known.
fn former_cookie(app: &App) -> &'static str {
    if app.settings.secure() { "__Host-former" } else { "former" }
}

/// A session that this browser had.
struct Former {
    hash: String,
    token: String,
}

impl Former {
    fn of(secret: &str) -> Self {
        Self { hash: hash_of(secret), token: form_token(secret) }
    }
}

/// The sessions that a browser had; the last one first.
fn former(app: &App, jar: &CookieJar) -> Vec<Former> {
    let last = jar.get(cookie_name(app)).map(|secret| Former::of(secret.value()));
    let kept = jar.get(former_cookie(app)).map(|kept| kept.value().to_owned()).unwrap_or_default();
    let each = |pair: &str| {
        let (hash, token) = pair.split_once(':')?;
        Some(Former { hash: hash.to_owned(), token: token.to_owned() })
    };
    last.into_iter().chain(kept.split('.').filter_map(each)).take(MAX_FORMER).collect()
}

/// Remembers the session that a browser is about to lose, so that its open pages can still say whose they were.
pub fn remember(app: &App, jar: CookieJar) -> CookieJar {
    let pair = |of: &Former| format!("{}:{}", of.hash, of.token);
    let kept = former(app, &jar).iter().map(pair).collect::<Vec<_>>().join(".");
    if kept.is_empty() { jar } else { jar.add(cookie(app, former_cookie(app), kept)) }
}

fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    let cookie = Cookie::build((name, value)).path("/").http_only(true).secure(app.settings.secure());
    cookie.same_site(SameSite::Lax).build()
}

/// Whether a request without a session is answered here: what was sent, and what a script asks for.
#[must_use]
pub fn is_sent(method: &Method, headers: &HeaderMap) -> bool {
    *method != Method::GET && *method != Method::HEAD || super::is_by_script(headers)
}

/// The sign-in form in the place of an answer, and whatever was typed for the way back.
///
/// # Errors
/// When the operating system has no randomness.
pub async fn answer(app: &App, visitor: &Visitor, request: Request) -> Result<Response, Failure> {
    let jar = CookieJar::from_headers(request.headers());
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let page =
        page::of(app.pages.routes, &headers, &uri, &app.settings.base_url).unwrap_or_else(|| "/".to_owned());
    let former = former(app, &jar);
    let ours = same_origin(&headers).is_ok() && !has_secrets(uri.path());
    let (sent, token) = if ours { read(request, &former).await } else { Default::default() };
    let whose = former.iter().find(|former| former.token == token && !token.is_empty());
    let mut late = Late { page, over: Over::Plain, jar, missing: String::new() };
    if let Some(former) = whose.filter(|_| sent.typed(uri.path()).next().is_some())
        && let Err(failure) = late.keep(app, former, uri.path(), &sent).await
    {
        // Where nothing can be kept, it is shown all the same.
        tracing::warn!(
            event = "form.not_kept",
            ?failure,
            "a form that came after its session had ended is not kept"
        );
    }
    // What cannot be kept is shown, where a page of ours sent it.
    let same = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    if late.over == Over::Plain && sent.typed(uri.path()).next().is_some() && (whose.is_some() || same) {
        late.over = Over::Shown;
        late.missing = listed(app, visitor, &sent.written(uri.path()).collect::<Vec<_>>());
    }
    let Late { page, over, jar, missing } = late;
    let (jar, form) =
        (app.pages.sign_in_form)(app, visitor, jar, Ended { next: page.clone(), over, missing })?;
    let mut answer = (jar, form).into_response();
    // A script that saves by itself leads there.
    if let Ok(to) = HeaderValue::try_from(with_next(&page)) {
        answer.headers_mut().insert(SIGN_IN, to);
    }
    Ok(answer)
}

async fn read(request: Request, former: &[Former]) -> (SentFields, String) {
    let known = |token: &str| former.iter().any(|former| former.token == token);
    tokio::time::timeout(PATIENCE, read_form(request, MAX_PARTS, known)).await.unwrap_or_default()
}

/// What a form that came too late leads to.
struct Late {
    page: String,
    over: Over,
    jar: CookieJar,
    missing: String,
}

impl Late {
    async fn keep(
        &mut self,
        app: &App,
        whose: &Former,
        action: &str,
        sent: &SentFields,
    ) -> Result<(), Failure> {
        let Some(person) = app.store.session_owner(&whose.hash).await? else { return Ok(()) };
        let content = serde_json::to_string(sent).map_err(|error| Failure::Internal(Box::new(error)))?;
        if content.len() > MAX {
            return Ok(());
        }
        let name = browser_cookie(app);
        let secret = match self.jar.get(name) {
            Some(cookie) => cookie.value().to_owned(),
            None => Token::new()?.text().to_owned(),
        };
        let content = app.settings.keys.encrypt(person, &content).map_err(Failure::Internal)?;
        let browser = hash_of(&secret);
        let (action, at) = (action.to_owned(), app.now());
        let kept = app.store.keep_unsent(Unsent { browser, person, action, content, at }).await?;
        if let Some(id) = kept {
            self.jar = self.jar.clone().add(cookie(app, name, secret));
            self.page = with(&self.page, "unsent", id);
            self.over = Over::Kept;
        }
        Ok(())
    }
}
