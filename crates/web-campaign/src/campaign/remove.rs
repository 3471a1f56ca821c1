//! A draft goes, once its code was typed.

use axum::extract::{Path, State};
use parindex_store::campaign::RemoveCampaign;
use serde::Deserialize;

use super::prepare::show;
use parindex_service::campaign::campaign_detail;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::Answer;
use parindex_web_shell::mistake::Mistake;
use parindex_web_shell::once::once;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Deserialize)]
pub struct RemoveForm {
    /// The code of the campaign: nobody removes one by a slip.
    #[serde(default)]
    code: String,
}

pub async fn remove_campaign(
    State(app): State<App>,
    visitor: Visitor,
    Path(campaign): Path<i64>,
    Protected(typed): Protected<RemoveForm>,
) -> Answer {
    let code = campaign_detail(&app.service, campaign).await?.campaign.about.code;
    if typed.code.trim() != code {
        let sentence = visitor.lang.pick(
            format!("Để xóa, hãy gõ đúng mã «{code}»; chưa xóa gì."),
            format!("To remove it, type its code “{code}”; nothing was removed."),
        );
        return show(
            &app,
            &visitor,
            campaign,
            Mistake::new("remove", sentence).with("code", typed.code).into(),
        )
        .await;
    }
    Ok(once(&app, &visitor, RemoveCampaign { campaign }, |()| "/campaigns".to_owned()).await?)
}
