//! A new link, for a lost one or a forgotten password.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use parindex_store::person::NewLink;

use super::invite::link;
use super::show::{Extra, show};
use crate::app::App;
use crate::failure::Answer;
use crate::protected::Protected;
use crate::sign_in::out::Nothing;
use crate::token::Token;
use crate::visitor::Visitor;

/// Makes it; earlier ones stop working.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let token = Token::new()?;
    app.store.commit(&visitor.actor(), app.now(), NewLink { person, link: token.hash() }).await?;
    let extra = Extra { link: Some(link(&app, &token)), ..Extra::default() };
    show(&app, &visitor, person, StatusCode::OK, extra).await
}
