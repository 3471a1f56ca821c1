//! A unit is changed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::refusal::{NotNow, UnitRefusal};
use parindex_domain::unit::LEVELS;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::unit::{ChangeUnit, KeepUnit, Unit};

use super::form::{UnitForm, UnitMistakes};
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::once;
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

pub async fn show_unit_form(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
    let form = UnitForm::from(&unit);
    show(&app, &visitor, &unit, form, None).await
}

pub async fn change_unit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Protected(form): Protected<UnitForm>,
) -> Answer {
    let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
    let to = match form.read(app.today(), visitor.lang) {
        Ok(to) => to,
        Err(wrong) => return show(&app, &visitor, &unit, form, Some(*wrong)).await,
    };
    let Some(parent) = above(&app, &unit, &form).await? else {
        let sentence = visitor.lang.pick(
            "không có đơn vị nào mang mã này hiện nay; để trống nếu là cấp trên cùng",
            "no unit has this code today; leave it empty for a topmost one",
        );
        let wrong = UnitMistakes { above: Some(sentence.to_owned()), ..UnitMistakes::default() };
        return show(&app, &visitor, &unit, form, Some(wrong)).await;
    };
    let to = KeepUnit { parent, ..to };
    let seen = form.seen.clone();
    match once(&app, &visitor, ChangeUnit { id, seen, to }, move |()| format!("/units/{id}")).await {
        Ok(answer) => Ok(answer),
        Err(in_use @ Refusal::Taken(_)) => {
            let wrong = UnitMistakes { code: Some(in_use.say(visitor.lang)), ..UnitMistakes::default() };
            show(&app, &visitor, &unit, form, Some(wrong)).await
        }
        Err(Refusal::NotNow(why @ NotNow::Unit(UnitRefusal::BelowItself))) => {
            let wrong = UnitMistakes { above: Some(why.say(visitor.lang)), ..UnitMistakes::default() };
            show(&app, &visitor, &unit, form, Some(wrong)).await
        }
        Err(Refusal::Stale) => {
            let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
            let form = UnitForm { seen: unit.seen(), ..form };
            let wrong = UnitMistakes { between: Some(now_is(&unit)), ..UnitMistakes::default() };
            show(&app, &visitor, &unit, form, Some(wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The unit above that was typed; none where nothing has that code. One that was not changed stays, whatever its code means today.
async fn above(app: &App, unit: &Unit, form: &UnitForm) -> Result<Option<Option<i64>>, Failure> {
    let Some(code) = form.above.as_deref().map(str::trim) else { return Ok(Some(unit.parent)) };
    let stands = match unit.parent {
        Some(parent) => app.store.unit(parent).await?.map(|parent| parent.code),
        None => None,
    };
    if code == stands.as_deref().unwrap_or_default() {
        return Ok(Some(unit.parent));
    }
    if code.is_empty() {
        return Ok(Some(None));
    }
    // A unit that has ended stands below one of its own time.
    let day = unit.valid_to.clone().unwrap_or_else(|| app.today().to_string());
    Ok(app.store.unit_of_code(code, &day).await?.map(|above| Some(above.id)))
}

/// What a unit is now, for whoever wanted to change what it was.
fn now_is(unit: &Unit) -> String {
    let days = [&unit.valid_from, &unit.valid_to]
        .map(|day| day.as_deref().map_or("…".to_owned(), parindex_service::day::stored));
    format!("{} · {} · {} · {}", unit.code, unit.name, unit.kind, days.join(" – "))
}

async fn show(
    app: &App,
    visitor: &Visitor,
    unit: &Unit,
    form: UnitForm,
    wrong: Option<UnitMistakes>,
) -> Result<Response, Failure> {
    visitor.permit(
        parindex_domain::right::Act::ChangeUnits,
        &parindex_domain::right::Subject::Unit(unit.path.clone()),
    )?;
    let frame = Frame::new(app, visitor);
    let above = match unit.parent {
        Some(parent) => app.store.unit(parent).await?,
        None => None,
    };
    let typed = form.above.clone();
    let stands = above.as_ref().map(|above| above.code.clone()).unwrap_or_default();
    let form = UnitForm { above: Some(typed.unwrap_or(stands)), ..form };
    let heading = frame.lang.pick(format!("Sửa {}", unit.name), format!("Change {}", unit.name));
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (action, back) = (format!("/units/{}/edit", unit.id), format!("/units/{}", unit.id));
    let wrong = wrong.unwrap_or_default();
    Ok(page_with(
        status,
        &FormPage { frame, heading, action, back, above, new: false, form, wrong, levels: &LEVELS },
    ))
}
