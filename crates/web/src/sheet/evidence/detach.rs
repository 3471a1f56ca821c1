//! A document is taken away.

use axum::extract::{Path, State};
use parindex_store::evidence::Detach;

use crate::app::App;
use crate::campaign::scored::compiled;
use crate::failure::{Answer, Failure};
use crate::once::once;
use crate::protected::Protected;
use crate::sheet::{open, within};
use crate::sign_in::out::Nothing;
use crate::visitor::Visitor;

/// Takes it away.
pub async fn remove_document(
    State(app): State<App>,
    visitor: Visitor,
    Path(evidence): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let (document, _) = app.store.document(evidence).await?.ok_or(Failure::NotFound)?;
    let sheet = open(&app, &visitor, document.member).await?;
    let set = compiled(&app, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let within = set.set.find(&document.criterion).map(|node| within(&set, node)).unwrap_or_default();
    let detach = Detach { evidence, within };
    let to = |(member, criterion): &(i64, String)| format!("/sheets/{member}/{criterion}#documents");
    Ok(once(&app, &visitor, detach, to).await?)
}
