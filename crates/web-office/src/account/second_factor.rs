//! The second factor: a code from the phone, by RFC 6238.

use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::BASE32_NOPAD;
use parindex_rulebook::lang::{Lang, Say};
use parindex_store::person::{DropSecondFactor, EncryptSecondFactors, Encryption, EnrolSecondFactor};
use parindex_store::{Actor, NotNow, Store, StoreError};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use totp_rs::{Builder, Totp};

use super::show::{Enrolling, Extra, show};
use crate::sign_in::code::{WrongCode, wrong};
use parindex_service::cipher::Keys;
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

fn totp(secret: &str) -> Option<Totp> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

/// The step in which a code is good by the clock of the machine, as the phone has no other, half a minute before and after counted in.
pub fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let seconds = u64::try_from(now / 1_000_000).ok()?;
    i64::try_from(totp(secret)?.check(code, seconds)?).ok()
}

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
pub async fn enrol_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    let code: String = typed.code.chars().filter(char::is_ascii_digit).collect();
    // Sent twice, it is proven by the first send, whose codes are shown again.
    let known = before(&app, &visitor).await?.is_some();
    let step = step_of(&typed.secret, &code, app.host_now());
    let Some(step) = step.or(known.then_some(0)) else {
        let wrong = Some(NotNow::WrongCode.say(visitor.lang));
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, wrong);
        let extra = Extra { enrolling: Some(enrolling), ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    };
    let wrong = if known { None } else { unproven(&app, &visitor, &typed.old).await? };
    if let Some(wrong) = wrong
        && before(&app, &visitor).await?.is_none()
    {
        let enrolling = enrolling(typed.secret, &session.person.login, &app.settings.title, None);
        let wrong_old = Some(wrong.say(visitor.lang));
        let extra = Extra { enrolling: Some(enrolling), wrong_old, ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let codes = recovery_codes(&visitor.sending)?;
    let recovery = codes.iter().map(|code| hash_of(&code.replace('-', ""))).collect();
    let secret = app.settings.keys.encrypt(session.person.id, &typed.secret).map_err(Failure::Inside)?;
    let change = EnrolSecondFactor { person: session.person.id, secret, step, recovery, keep: session.id };
    shown(&app, &visitor, change, |()| String::new()).await?;
    show(&app, &visitor, StatusCode::OK, Extra { codes, ..Extra::default() }).await
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
    let session = visitor.complete().ok_or(Failure::SignIn)?;
    if let Some(wrong) = unproven(&app, &visitor, &again.old).await? {
        let extra = Extra { wrong_old: Some(wrong.say(visitor.lang)), ..Extra::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let change = DropSecondFactor { person: session.person.id };
    Ok(once(&app, &visitor, change, |()| "/account".to_owned()).await?)
}

/// What was found when the secrets were looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encrypted {
    /// So many are written with the key in use now, and were not before.
    pub newly: usize,
    /// So many are read by no key that is there; their owners need a recovery code.
    pub unreadable: usize,
}

/// Whether secrets stand there that a key wrote. What a phone shares is Base32, which has no colon; what a key wrote has one.
///
/// # Errors
/// When the database fails.
pub async fn is_encrypted(store: &Store) -> Result<bool, StoreError> {
    Ok(store.second_factors().await?.iter().any(|(_, secret)| secret.contains(':')))
}

/// Secrets that none of the keys reads: how many, and by which names the keys are known that wrote them.
///
/// # Errors
/// When the database fails.
pub async fn unreadable(store: &Store, keys: &Keys) -> Result<(usize, Vec<String>), StoreError> {
    let secrets = store.second_factors().await?.into_iter().filter(|(_, secret)| secret.contains(':'));
    let lost: Vec<String> = secrets
        .filter(|(person, secret)| keys.decrypt(*person, secret).is_err())
        .filter_map(|(_, secret)| Some(secret.split_once(':')?.0.to_owned()))
        .collect();
    let mut names = lost.clone();
    names.sort();
    names.dedup();
    Ok((lost.len(), names))
}

/// Writes secrets of former keys, and of the time before there was a key, with the key in use.
///
/// # Errors
/// When the database or the operating system's randomness fails.
pub async fn encrypt_old(app: &App) -> Result<Encrypted, Box<dyn std::error::Error + Send + Sync>> {
    let keys = &app.settings.keys;
    let (mut anew, mut unreadable) = (Vec::new(), 0);
    for (person, was) in app.store.second_factors().await? {
        if keys.decrypt(person, &was).is_ok() && keys.is_current(&was) {
            continue;
        }
        // Without a colon it stands here as the phone has it.
        let plain = if was.contains(':') { keys.decrypt(person, &was).ok() } else { Some(was.clone()) };
        match plain {
            Some(plain) => anew.push(Encryption { person, becomes: keys.encrypt(person, &plain)?, was }),
            None => unreadable += 1,
        }
    }
    let newly = anew.len();
    if newly > 0 {
        let change = EncryptSecondFactors(anew);
        let done = app.store.commit(&Actor::console("parindex"), app.now(), change).await;
        done.map_err(|refusal| refusal.say(Lang::En))?;
    }
    Ok(Encrypted { newly, unreadable })
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
