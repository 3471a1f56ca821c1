//! A new password; the old one is asked for.

use axum::extract::State;
use axum::http::StatusCode;
use parindex_rulebook::lang::Say;
use parindex_store::person::ChangePassword;
use serde::Deserialize;

use super::show::{AccountNotice, show};
use crate::sign_in::code::WrongCode;
use crate::sign_in::failed_too_often;
use parindex_service::password::acceptable;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::Frame;
use parindex_web_shell::once::{before, shown};
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Wrong passwords in a quarter of an hour, from whoever sits at an open browser.
const MAX: i64 = 10;

#[derive(Deserialize)]
pub struct PasswordForm {
    old: String,
    password: String,
    again: String,
}

pub async fn change_password(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<PasswordForm>,
) -> Answer {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let frame = Frame::new(&app, &visitor);
    // Sent twice, the old password is none any more; what the first send did is told again.
    if before(&app, &visitor).await?.is_none() {
        let wrong = match not_the_password(&app, &visitor, typed.old).await? {
            Some(wrong) => Some(wrong),
            None => acceptable(&session.person, &typed.password, &typed.again)
                .err()
                .map(|wrong| wrong.say(frame.lang)),
        };
        if wrong.is_some() && before(&app, &visitor).await?.is_none() {
            let extra = AccountNotice { wrong_password: wrong, ..AccountNotice::default() };
            return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
        }
        let password = app.hasher.hash(typed.password).await.map_err(Failure::Internal)?;
        let change = ChangePassword { person: session.person.id, password, keep: session.id };
        shown(&app, &visitor, change, |()| String::new()).await?;
    }
    let done = frame.t(
        "Đã đổi mật khẩu; các trình duyệt khác đã đăng xuất.",
        "The password is changed; other browsers are signed out.",
    );
    show(
        &app,
        &visitor,
        StatusCode::OK,
        AccountNotice { done: Some(done.to_owned()), ..AccountNotice::default() },
    )
    .await
}

/// Why what was typed is not the present password; a right one forgets the wrong ones before it.
pub async fn not_the_password(
    app: &App,
    visitor: &Visitor,
    typed: String,
) -> Result<Option<String>, Failure> {
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    let key = format!("own:{}", session.person.id);
    if failed_too_often(app, &key, MAX).await? {
        return Ok(Some(WrongCode::TooMany.say(visitor.lang)));
    }
    let known = app.store.credentials_of(session.person.id).await?.ok_or(Failure::NotFound)?;
    if app.hasher.verify(typed, known.password).await.map_err(Failure::Internal)? {
        app.store.forget_failures(&key).await?;
        return Ok(None);
    }
    let sentence = visitor.lang.pick("Mật khẩu hiện nay không đúng.", "The present password is wrong.");
    Ok(Some(sentence.to_owned()))
}
