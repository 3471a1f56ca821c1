//! The second factor: a code from the phone, by RFC 6238.

use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::BASE32_NOPAD;
use parindex_domain::refusal::AccountRefusal;
use parindex_rulebook::lang::Say;
use parindex_service::second_factor::step_of;
use parindex_store::person::{DropSecondFactor, EnrolSecondFactor};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;

use super::show::{AccountNotice, Enrolling, show};
use crate::sign_in::code::{WrongCode, wrong};
use parindex_service::token::hash_of;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::{before, once, shown};
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::sending::Sending;
use parindex_web_shell::visitor::Visitor;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

fn enrolling(plain: String, login: &str, title: &str, wrong: Option<String>) -> Enrolling {
    let groups: Vec<String> =
        plain.chars().collect::<Vec<_>>().chunks(4).map(|four| four.iter().collect()).collect();
    let plain_title: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
    let link = format!("otpauth://totp/{plain_title}:{login}?secret={plain}&issuer={plain_title}");
    let picture = picture(&link);
    Enrolling { secret: groups.join(" "), plain, link, picture, wrong }
}

/// The link as dark squares for the camera of a phone: how wide the picture is, and its path; none for a link that is too long.
fn picture(link: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(link, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let dark =
        (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    // Four squares of light round it, as readers expect.
    let squares: Vec<String> = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + 4, y + 4)).collect();
    Some((size + 8, squares.concat()))
}

/// Shows a new secret. Nothing is kept until a code proves that the phone has it.
pub async fn begin_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    _form: Protected<Nothing>,
) -> Answer {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes)?;
    let enrolling = enrolling(BASE32_NOPAD.encode(&bytes), &session.person.login, &app.settings.title, None);
    show(
        &app,
        &visitor,
        StatusCode::OK,
        AccountNotice { enrolling: Some(enrolling), ..AccountNotice::default() },
    )
    .await
}

#[derive(Deserialize)]
pub struct SecondFactorForm {
    secret: String,
    code: String,
    /// A code of the phone so far, where there is one.
    #[serde(default)]
    old: String,
}

/// A second factor that is on is moved or dropped by whoever has it, not by whoever finds an open browser.
async fn unproven(app: &App, visitor: &Visitor, old: &str) -> Result<Option<WrongCode>, Failure> {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let known = app.store.credentials_of(session.person.id).await?.ok_or(Failure::NotSignedIn)?;
    if known.second_factor.is_none() { Ok(None) } else { wrong(app, visitor, &known, old).await }
}

/// Switches it on.
pub async fn enrol_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<SecondFactorForm>,
) -> Answer {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let code: String = typed.code.chars().filter(char::is_ascii_digit).collect();
    // Sent twice, it is proven by the first send, whose codes are shown again.
    let known = before(&app, &visitor).await?.is_some();
    let step = step_of(&typed.secret, &code, app.host_now());
    let Some(step) = step.or(known.then_some(0)) else {
        let wrong = Some(AccountRefusal::WrongCode.say(visitor.lang));
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, wrong);
        let extra = AccountNotice { enrolling: Some(enrolling), ..AccountNotice::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    };
    let wrong = if known { None } else { unproven(&app, &visitor, &typed.old).await? };
    if let Some(wrong) = wrong
        && before(&app, &visitor).await?.is_none()
    {
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, None);
        let wrong_old = Some(wrong.say(visitor.lang));
        let extra = AccountNotice { enrolling: Some(enrolling), wrong_old, ..AccountNotice::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let codes = recovery_codes(&visitor.sending)?;
    let recovery = codes.iter().map(|code| hash_of(&code.replace('-', ""))).collect();
    let secret = app.settings.keys.encrypt(session.person.id, &typed.secret).map_err(Failure::Internal)?;
    let change = EnrolSecondFactor { person: session.person.id, secret, step, recovery, keep: session.id };
    shown(&app, &visitor, change, |()| String::new()).await?;
    show(&app, &visitor, StatusCode::OK, AccountNotice { codes, ..AccountNotice::default() }).await
}

/// What proves the second factor once more.
#[derive(Deserialize)]
pub struct Again {
    #[serde(default)]
    old: String,
}

/// Switches it off.
pub async fn drop_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Protected(again): Protected<Again>,
) -> Answer {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    if let Some(wrong) = unproven(&app, &visitor, &again.old).await? {
        let extra = AccountNotice { wrong_old: Some(wrong.say(visitor.lang)), ..AccountNotice::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let change = DropSecondFactor { person: session.person.id };
    Ok(once(&app, &visitor, change, |()| "/account".to_owned()).await?)
}

/// 64 bits each, in groups that can be read aloud; the same ones for the same form.
fn recovery_codes(sending: &Sending) -> Result<Vec<String>, getrandom::Error> {
    let code = |number| {
        let text: Vec<char> = sending.token(number)?.hash().chars().take(16).collect();
        let groups: Vec<String> = text.chunks(4).map(|four| four.iter().collect()).collect();
        Ok(groups.join("-"))
    };
    (0..RECOVERY_CODES).map(code).collect()
}
