//! The account and the sign-in service: linked and unlinked by its owner, who gives the password once more.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use parindex_store::person::UnlinkProvider;
use serde::Deserialize;

use super::password::not_the_password;
use super::show::{AccountNotice, show};
use crate::sign_in::provider::begin;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    old: String,
}

/// Shows the way to the service. It is a link and not a redirect, because no form of ours may lead elsewhere.
pub async fn link_provider(
    State(app): State<App>,
    visitor: Visitor,
    jar: CookieJar,
    Protected(typed): Protected<LinkForm>,
) -> Answer {
    if let Some(wrong) = not_the_password(&app, &visitor, typed.old).await? {
        let extra = AccountNotice { wrong_link: Some(wrong), ..AccountNotice::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    match begin(&app, jar, "/account", visitor.form_token.clone()).await? {
        Ok((jar, address)) => {
            let extra = AccountNotice { way_there: Some(address), ..AccountNotice::default() };
            Ok((jar, show(&app, &visitor, StatusCode::OK, extra).await?).into_response())
        }
        Err(trouble) => {
            let extra = AccountNotice {
                wrong_link: Some(trouble.say(visitor.lang).to_owned()),
                ..AccountNotice::default()
            };
            show(&app, &visitor, StatusCode::BAD_GATEWAY, extra).await
        }
    }
}

pub async fn unlink_provider(
    State(app): State<App>,
    visitor: Visitor,
    Protected(typed): Protected<LinkForm>,
) -> Answer {
    if let Some(wrong) = not_the_password(&app, &visitor, typed.old).await? {
        let extra = AccountNotice { wrong_link: Some(wrong), ..AccountNotice::default() };
        return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, extra).await;
    }
    let session = visitor.complete().ok_or(Failure::NotSignedIn)?;
    Ok(once(&app, &visitor, UnlinkProvider { person: session.person.id }, |()| "/account".to_owned()).await?)
}
