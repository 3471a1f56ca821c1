//! A part of a sheet goes to another body, and comes back.

use axum::extract::{Path, State};
use parindex_store::delegation::{Delegate, TakeBack};
use serde::Deserialize;

use super::show::mistaken;
use parindex_service::campaign::load::compiled;
use parindex_service::sheet::open;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::{make, once};
use parindex_web_shell::protected::Nothing;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct DelegateForm {
    /// The node: the criterion that is shown, or one above it.
    #[serde(default)]
    node: String,
    /// The code of the unit.
    #[serde(default)]
    unit: String,
}

/// Gives it.
pub async fn delegate_criterion(
    State(app): State<App>,
    visitor: Visitor,
    Path((member, at)): Path<(i64, String)>,
    Protected(typed): Protected<DelegateForm>,
) -> Answer {
    let sheet = open(&app.service, &visitor.viewer, member).await?;
    let set = compiled(&app.service, sheet.of.block(sheet.member.block).ok_or(Failure::NotFound)?).await?;
    let node = set.set.find(&at).ok_or(Failure::NotFound)?;
    let day = sheet.of.campaign.to.unwrap_or_else(|| app.today()).to_string();
    let unit = app.store.unit_of_code(typed.unit.trim(), &day).await?;
    let (Some(unit), true) = (unit, set.path_codes(node).contains(&typed.node)) else {
        let sentence = visitor.lang.pick(
            "Không có đơn vị nào mang mã này trong danh sách. Hãy chép mã ở trang Đơn vị.",
            "No unit of the list has this code. Copy the code from the page of units.",
        );
        let mistake = Mistake::new("delegate", sentence).with("unit", typed.unit).with("node", typed.node);
        return mistaken(&app, &visitor, (member, &at), mistake).await;
    };
    let delegate = Delegate { member, criterion: typed.node, unit: unit.id };
    Ok(make(&app, &visitor, delegate, move |()| format!("/sheets/{member}/{at}#parts")).await?)
}

/// Takes it back.
pub async fn end_delegation(
    State(app): State<App>,
    visitor: Visitor,
    Path(delegation): Path<i64>,
    _form: Protected<Nothing>,
) -> Answer {
    Ok(once(&app, &visitor, TakeBack { delegation }, |(member, _)| format!("/sheets/{member}")).await?)
}
