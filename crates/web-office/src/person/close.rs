//! An account is closed, opened again, or freed of a lost second factor.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use parindex_store::person::{Close, DropSecondFactor, Reopen};

use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

fn place(person: i64) -> String {
    format!("/people/{person}")
}

fn back(person: i64) -> Response {
    Redirect::to(&place(person)).into_response()
}

pub async fn close_account(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), Close { person }).await?;
    Ok(back(person))
}

/// Opens it again.
pub async fn reopen_account(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    app.store.commit(&visitor.actor(), app.now(), Reopen { person }).await?;
    Ok(back(person))
}

/// Drops the second factor of somebody who lost the phone and the codes.
pub async fn drop_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, DropSecondFactor { person }, move |()| place(person)).await?)
}
