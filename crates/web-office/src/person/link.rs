//! A new link, for a lost one or a forgotten password.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use parindex_store::person::NewLink;

use super::invite::link;
use super::show::{PersonNotice, show};
use parindex_service::token::Token;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::shown;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Makes it; earlier ones stop working.
pub async fn renew_invitation(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let mut token = visitor.sending.token(0)?;
    let made = shown(&app, &visitor, NewLink { person, link: token.hash() }, |()| String::new()).await?;
    if made.done.is_none() && app.store.invited(&token.hash(), app.now()).await?.is_none() {
        // The one that the same form made before has been used since.
        token = Token::new()?;
        app.store.commit(&visitor.actor(), app.now(), NewLink { person, link: token.hash() }).await?;
    }
    let extra = PersonNotice { link: Some(link(&app, &token)), ..PersonNotice::default() };
    show(&app, &visitor, person, StatusCode::OK, extra).await
}
