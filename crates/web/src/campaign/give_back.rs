//! A sheet goes back to its unit, with what is to be mended.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use parindex_store::sheet::Return;
use serde::Deserialize;

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::protected::Protected;
use crate::typed::one_line;
use crate::visitor::Visitor;

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    remark: String,
}

/// Gives it back.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(member): Path<i64>,
    Protected(typed): Protected<Typed>,
) -> Answer {
    let remark = one_line(&typed.remark, 1_000);
    if remark.is_empty() {
        let sentence = visitor.lang.pick(
            "Hãy ghi điều đơn vị cần sửa khi trả lại phiếu.",
            "Say what the unit has to mend when you give its sheet back.",
        );
        return Err(Failure::Impossible(sentence.to_owned()));
    }
    app.store.commit(&visitor.actor(), app.now(), Return { member, remark }).await?;
    Ok(Redirect::to(&format!("/sheets/{member}")).into_response())
}
