//! A unit is added.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::unit::LEVELS;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::unit::{Added, Unit};
use serde::Deserialize;

use super::form::{UnitForm, UnitMistakes};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

#[derive(Template)]
#[template(path = "unit/form.html")]
struct FormPage {
    frame: Frame,
    heading: String,
    action: String,
    back: String,
    above: Option<Unit>,
    new: bool,
    form: UnitForm,
    wrong: UnitMistakes,
    levels: &'static [(&'static str, &'static str, &'static str)],
}

/// Below which unit.
#[derive(Deserialize)]
pub struct NewUnitQuery {
    #[serde(default)]
    parent: String,
}

pub async fn show_new_unit(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<NewUnitQuery>,
) -> Answer {
    let form = UnitForm { parent: asked.parent, level: "department".to_owned(), ..UnitForm::default() };
    show(&app, &visitor, form, None).await
}

/// Adds it.
pub async fn add_unit(
    State(app): State<App>,
    visitor: Visitor,
    Protected(form): Protected<UnitForm>,
) -> Answer {
    let unit = match form.read(app.today(), visitor.lang) {
        Ok(unit) => unit,
        Err(wrong) => return show(&app, &visitor, form, Some(*wrong)).await,
    };
    match make(&app, &visitor, Added(unit), |id| format!("/units/{id}")).await {
        Ok(answer) => Ok(answer),
        Err(in_use @ Refusal::Taken(_)) => {
            let wrong = UnitMistakes { code: Some(in_use.say(visitor.lang)), ..UnitMistakes::default() };
            show(&app, &visitor, form, Some(wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(
    app: &App,
    visitor: &Visitor,
    form: UnitForm,
    wrong: Option<UnitMistakes>,
) -> Result<Response, Failure> {
    let frame = Frame::new(app, visitor);
    let above = match form.parent.parse() {
        Ok(id) => app.store.unit(id).await?,
        Err(_) => None,
    };
    let back = above.as_ref().map_or("/units".to_owned(), |above| format!("/units/{}", above.id));
    let heading = frame.t("Thêm đơn vị", "Add a unit").to_owned();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (wrong, action) = (wrong.unwrap_or_default(), "/units/new".to_owned());
    Ok(page_with(
        status,
        &FormPage { frame, heading, action, back, above, new: true, form, wrong, levels: &LEVELS },
    ))
}
