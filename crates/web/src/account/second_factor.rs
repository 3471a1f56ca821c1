//! The second factor: a code from the phone, by RFC 6238.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use parindex_rulebook::lang::Say;
use parindex_store::NotNow;
use parindex_store::person::{DropSecondFactor, EnrolSecondFactor};
use serde::Deserialize;
use totp_rs::{Builder, Totp};

use super::show::{Enrolling, Extra, show};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::sign_in::code::{WrongCode, wrong};
use crate::sign_in::out::Nothing;
use crate::token::hash_of;
use crate::visitor::Visitor;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

fn totp(secret: &str) -> Option<Totp> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

/// The step in which a code is good, half a minute before and after counted in.
pub fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let seconds = u64::try_from(now / 1_000_000).ok()?;
    i64::try_from(totp(secret)?.check(code, seconds)?).ok()
}

fn enrolling(plain: String, login: &str, title: &str, wrong: Option<String>) -> Enrolling {
    let groups: Vec<String> =
        plain.chars().collect::<Vec<_>>().chunks(4).map(|four| four.iter().collect()).collect();
    let plain_title: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
    let link = format!("otpauth://totp/{plain_title}:{login}?secret={plain}&issuer={plain_title}");
    Enrolling { secret: groups.join(" "), plain, link, wrong }
}

/// Shows a new secret. Nothing is kept until a code proves that the phone has it.
pub async fn begin(State(app): State<App>, visitor: Visitor, _form: Protected<Nothing>) -> Answer {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes)?;
    let enrolling = enrolling(BASE32_NOPAD.encode(&bytes), &session.person.login, &app.settings.title, None);
    show(&app, &visitor, StatusCode::OK, Extra { enrolling: Some(enrolling), ..Extra::default() }).await
}

/// What came back.
#[derive(Deserialize)]
pub struct Typed {
    secret: String,
    code: String,
    /// A code of the phone so far, where there is one.
    #[serde(default)]
    old: String,
}

/// A second factor that is on is moved or dropped by whoever has it, not by whoever finds an open browser.
async fn unproven(app: &App, visitor: &Visitor, old: &str) -> Result<Option<WrongCode>, Failure> {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    let known = app.store.credentials_of(session.person.id).await?.ok_or(Failure::SignIn)?;
    if known.second_factor.is_none() { Ok(None) } else { wrong(app, visitor, &known, old).await }
}

/// Switches it on.
pub async fn enrol(State(app): State<App>, visitor: Visitor, Protected(typed): Protected<Typed>) -> Answer {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    let code: String = typed.code.chars().filter(char::is_ascii_digit).collect();
    let Some(step) = step_of(&typed.secret, &code, app.now()) else {
        let wrong = Some(NotNow::WrongCode.say(visitor.lang));
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, wrong);
        let extra = Extra { enrolling: Some(enrolling), ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    };
    if let Some(wrong) = unproven(&app, &visitor, &typed.old).await? {
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, None);
        let wrong_old = Some(wrong.say(visitor.lang));
        let extra = Extra { enrolling: Some(enrolling), wrong_old, ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let codes = recovery_codes()?;
    let recovery = codes.iter().map(|code| hash_of(&code.replace('-', ""))).collect();
    let change = EnrolSecondFactor {
        person: session.person.id,
        secret: typed.secret,
        step,
        recovery,
        keep: session.id,
    };
    app.store.commit(&visitor.actor(), app.now(), change).await?;
    show(&app, &visitor, StatusCode::OK, Extra { codes, ..Extra::default() }).await
}

/// What proves the second factor once more.
#[derive(Deserialize)]
pub struct Again {
    #[serde(default)]
    old: String,
}

/// Switches it off.
pub async fn drop(State(app): State<App>, visitor: Visitor, Protected(again): Protected<Again>) -> Answer {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    if let Some(wrong) = unproven(&app, &visitor, &again.old).await? {
        let extra = Extra { wrong_old: Some(wrong.say(visitor.lang)), ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    app.store.commit(&visitor.actor(), app.now(), DropSecondFactor { person: session.person.id }).await?;
    Ok(Redirect::to("/account").into_response())
}

/// 64 bits each, in groups that can be read aloud.
fn recovery_codes() -> Result<Vec<String>, getrandom::Error> {
    let code = || {
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes)?;
        let text = HEXLOWER.encode(&bytes);
        let groups: Vec<String> =
            text.chars().collect::<Vec<_>>().chunks(4).map(|four| four.iter().collect()).collect();
        Ok(groups.join("-"))
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}
