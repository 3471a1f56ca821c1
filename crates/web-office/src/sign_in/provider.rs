//! Sign-in by a service that the administration has already (`OpenID` Connect: code flow with PKCE). It stands beside the
//! passwords, so that an administrator of ours still gets in when the service does not answer.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use parindex_domain::refusal::{AccountRefusal, NotNow};
use parindex_rulebook::lang::Lang;
use parindex_store::person::{FromProvider, Granted, LinkProvider};
use parindex_store::{Actor, Refusal};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::{failed_too_often, password, signed_in};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::next::{leading_on, local, onwards};
use parindex_web_shell::place::place;
use parindex_web_shell::visitor::Visitor;

/// The cookie that waits for the way back. Over HTTPS its name binds it to this host, so that no neighbour can plant one.
fn cookie_name(app: &App) -> &'static str {
    if app.settings.secure() { "__Host-provider" } else { "provider" }
}

/// Ways back that lead nowhere, from one place in a quarter of an hour; a whole office may share it.
const MAX: i64 = 300;

/// Why somebody is back on the sign-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderTrouble {
    /// The service does not answer or says something that cannot be trusted.
    Service,
    /// The way back does not fit the way there: too old, or begun in another browser.
    Stale,
    /// The service knows the person, we do not.
    NoAccount,
    /// The account is closed.
    Closed,
    /// The person stopped at the service.
    Stopped,
    /// The service has no address for signing out.
    NoWayOut,
}

impl ProviderTrouble {
    const ALL: [Self; 6] =
        [Self::Service, Self::Stale, Self::NoAccount, Self::Closed, Self::Stopped, Self::NoWayOut];

    fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Stale => "stale",
            Self::NoAccount => "no-account",
            Self::Closed => "closed",
            Self::Stopped => "stopped",
            Self::NoWayOut => "no-way-out",
        }
    }

    /// The trouble of a word in an address.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.word() == word)
    }

    /// What the page says.
    #[must_use]
    pub fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::Service => lang.pick(
                "Dịch vụ đăng nhập không trả lời hoặc trả lời sai. Hãy thử lại sau ít phút; ai có mật khẩu ở đây vẫn đăng nhập được bên dưới.",
                "The sign-in service does not answer as it should. Try again in a few minutes; whoever has a password here can still sign in below.",
            ),
            Self::Stale => lang.pick(
                "Lần đăng nhập này đã quá lâu hoặc bắt đầu ở trình duyệt khác. Hãy bấm đăng nhập lại.",
                "This sign-in took too long or began in another browser. Begin it again.",
            ),
            Self::NoAccount => lang.pick(
                "Bạn chưa có tài khoản ở đây gắn với dịch vụ. Ai đã có mật khẩu: đăng nhập bên dưới rồi vào Tài khoản để gắn. Ai chưa có: báo người quản trị mở tài khoản trùng tên đăng nhập của dịch vụ.",
                "No account here is linked with the service. With a password: sign in below and link it on the account page. Without one: ask the administrator to open an account with the login of the service.",
            ),
            Self::Stopped => lang.pick(
                "Bạn đã dừng ở dịch vụ đăng nhập. Hãy bấm đăng nhập lại khi cần.",
                "You stopped at the sign-in service. Begin again when you like.",
            ),
            Self::NoWayOut => lang.pick(
                "Dịch vụ đăng nhập không cho đăng xuất từ đây. Trên máy dùng chung, hãy mở trang của dịch vụ để đăng xuất, hoặc đóng trình duyệt.",
                "The sign-in service cannot be signed out of from here. On a shared computer, do so on its own page, or close the browser.",
            ),
            Self::Closed => lang.pick(
                "Tài khoản của bạn ở đây đã khóa. Hãy báo người quản trị của cơ quan bạn.",
                "Your account here is closed. Ask the administrator of your office.",
            ),
        }
    }
}

fn back(trouble: ProviderTrouble) -> Redirect {
    back_to(trouble, "/")
}

/// Back to the sign-in page, which still leads on to `next`.
fn back_to(trouble: ProviderTrouble, next: &str) -> Redirect {
    Redirect::to(&leading_on(&format!("/sign-in?trouble={}", trouble.word()), next))
}

/// What has to fit on the way back.
#[derive(Deserialize, Serialize)]
struct Waiting {
    state: String,
    nonce: String,
    verifier: String,
    next: String,
    /// What only forms of the session carry whose owner links the account, when that is what this is for.
    link: Option<String>,
}

fn cookie(app: &App, value: String) -> Cookie<'static> {
    Cookie::build((cookie_name(app), value))
        .path("/")
        .http_only(true)
        .secure(app.settings.secure())
        // The way back comes from the service's pages.
        .same_site(SameSite::Lax)
        .build()
}

/// Where to go on to.
#[derive(Deserialize)]
pub struct ProviderQuery {
    #[serde(default)]
    next: String,
}

/// Leads to the service.
pub async fn begin_provider_sign_in(
    State(app): State<App>,
    jar: CookieJar,
    Query(onwards): Query<ProviderQuery>,
) -> Answer {
    match begin(&app, jar, local(&onwards.next), None).await? {
        Ok((jar, address)) => Ok((jar, Redirect::to(&address)).into_response()),
        Err(trouble) => Ok(back_to(trouble, &onwards.next).into_response()),
    }
}

type Begun = Result<(CookieJar, String), ProviderTrouble>;

/// A way to the service, with what has to fit on the way back in a cookie.
pub async fn begin(app: &App, jar: CookieJar, next: &str, link: Option<String>) -> Result<Begun, Failure> {
    let client = app.provider.as_ref().ok_or(Failure::NotFound)?;
    let there = match client.way_there(link.is_some()).await {
        Ok(there) => there,
        Err(error) => {
            tracing::error!(event = "provider.unreachable", %error, "the sign-in service does not answer");
            return Ok(Err(ProviderTrouble::Service));
        }
    };
    let waiting = Waiting {
        state: there.state,
        nonce: there.nonce,
        verifier: there.verifier,
        next: next.to_owned(),
        link,
    };
    let value = serde_json::to_vec(&waiting).map_err(|error| Failure::Internal(Box::new(error)))?;
    let jar = jar.add(cookie(app, data_encoding::BASE64URL_NOPAD.encode(&value)));
    Ok(Ok((jar, there.address)))
}

/// Leads to where one signs out of the service.
pub async fn finish_provider_sign_out(State(app): State<App>) -> Answer {
    let client = app.provider.as_ref().ok_or(Failure::NotFound)?;
    match client.way_out().await {
        Ok(Some(address)) => Ok(Redirect::to(&address).into_response()),
        Ok(None) => Ok(back(ProviderTrouble::NoWayOut).into_response()),
        Err(error) => {
            tracing::error!(event = "provider.unreachable", %error, "the sign-in service does not answer");
            Ok(back(ProviderTrouble::Service).into_response())
        }
    }
}

/// What the service sends back.
#[derive(Deserialize)]
pub struct ReturnQuery {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

/// The way back.
pub async fn finish_provider_sign_in(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    headers: HeaderMap,
    Query(came): Query<ReturnQuery>,
) -> Answer {
    let Some(client) = &app.provider else { return Err(Failure::NotFound) };
    let waiting = waiting(&app, &jar);
    let jar = jar.remove(cookie(&app, String::new()));
    let Some(waiting) = waiting.filter(|waiting| same(&waiting.state, &came.state)) else {
        return Ok((jar, back(ProviderTrouble::Stale)).into_response());
    };
    if !came.error.is_empty() {
        return Ok((jar, back_to(ProviderTrouble::Stopped, &waiting.next)).into_response());
    }
    // Whoever makes up ways back makes us ask the service each time.
    let key = format!("provider:{}", place(&visitor.address));
    if failed_too_often(&app, &key, MAX).await? {
        return Ok((jar, back_to(ProviderTrouble::Service, &waiting.next)).into_response());
    }
    let claims = match client.claims(came.code, waiting.nonce, waiting.verifier).await {
        Ok(claims) => claims,
        Err(error) => {
            tracing::error!(event = "provider.sign_in_failed", %error, address = %visitor.address, "a sign-in by the service failed");
            return Ok((jar, back_to(ProviderTrouble::Service, &waiting.next)).into_response());
        }
    };
    // Whoever the service vouches for has made nothing up: an office that signs in does not slow itself down.
    app.store.take_failure_back(&key).await?;
    if waiting.link.is_some() {
        let jar = jar.clone();
        return Ok((jar, link(&app, &visitor, waiting.link, claims.subject).await?).into_response());
    }
    match admitted(&app, claims.change(&client.settings)).await? {
        Ok(person) => {
            let known = app.store.credentials_of(person).await?.ok_or(Failure::NotFound)?;
            let (token, complete) = password::begin(&app, &visitor, &headers, &known).await?;
            let onwards = onwards(complete, &waiting.next);
            Ok((signed_in(&app, jar, &token), Redirect::to(&onwards)).into_response())
        }
        Err(trouble) => Ok((jar, back_to(trouble, &waiting.next)).into_response()),
    }
}

/// Links the account of the session that began this, and of no other.
async fn link(
    app: &App,
    visitor: &Visitor,
    begun: Option<String>,
    subject: String,
) -> Result<Redirect, Failure> {
    let ours = begun.zip(visitor.form_token.as_deref()).is_some_and(|(begun, own)| same(&begun, own));
    let Some(session) = visitor.complete().filter(|_| ours) else {
        return Ok(back(ProviderTrouble::Stale));
    };
    let change = LinkProvider { person: session.person.id, subject };
    app.store.commit(&visitor.actor(), app.now(), change).await?;
    Ok(Redirect::to("/account"))
}

/// The account of whoever the service vouches for.
async fn admitted(app: &App, change: FromProvider) -> Result<Result<i64, ProviderTrouble>, Failure> {
    let service = Actor::console(change.by.as_str());
    match app.store.commit(&service, app.now(), change).await {
        Ok(Granted { person, unknown }) => {
            if !unknown.is_empty() {
                tracing::warn!(
                    event = "provider.unknown_role",
                    person,
                    ?unknown,
                    "the sign-in service names roles that it cannot give"
                );
            }
            Ok(Ok(person))
        }
        Err(Refusal::NotNow(NotNow::Account(AccountRefusal::Closed))) => Ok(Err(ProviderTrouble::Closed)),
        Err(Refusal::NotFound) => Ok(Err(ProviderTrouble::NoAccount)),
        Err(other) => Err(other.into()),
    }
}

fn waiting(app: &App, jar: &CookieJar) -> Option<Waiting> {
    let value = data_encoding::BASE64URL_NOPAD.decode(jar.get(cookie_name(app))?.value().as_bytes()).ok()?;
    serde_json::from_slice(&value).ok()
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}
