//! A document is taken away.

use axum::extract::{Path, State};
use parindex_store::evidence::Detach;

use parindex_service::campaign::load::compiled;
use parindex_service::sheet::open;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// Takes it away.
pub async fn remove_document(
    State(app): State<App>,
    visitor: Visitor,
    Path(evidence): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    let (document, _) = app.store.document(evidence).await?.ok_or(Failure::NotFound)?;
    let sheet = open(&app.service, &visitor.viewer, document.member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let within = set.set.find(&document.criterion).map(|node| set.path_codes(node)).unwrap_or_default();
    let detach = Detach { evidence, within };
    let to = |(member, criterion): &(i64, String)| format!("/sheets/{member}/{criterion}#documents");
    Ok(once(&app, &visitor, detach, to).await?)
}
