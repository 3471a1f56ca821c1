//! A unit is renamed, merged or split on a day.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use parindex_domain::campaign::DayOf;
use parindex_domain::right::{Act, Subject};
use parindex_domain::unit::LEVELS;
use parindex_rulebook::lang::Say;
use parindex_store::Refusal;
use parindex_store::unit::{Succeed, Successor, Unit};
use serde::Deserialize;

use super::form::UnitForm;
use parindex_service::day;
use parindex_web_shell::app::App;
use parindex_web_shell::failure::{Answer, Failure};
use parindex_web_shell::frame::{Frame, page_with};
use parindex_web_shell::once::make;
use parindex_web_shell::protected::Protected;
use parindex_web_shell::visitor::Visitor;

/// More units become one in no decision.
const MAX_AT_ONCE: usize = 50;

#[derive(Clone, Default, Deserialize)]
pub struct SuccessionForm {
    /// Codes of units that go with it, with commas between them.
    #[serde(default)]
    with: String,
    #[serde(default)]
    on_day: String,
    /// The code of the unit that is there and takes them in; empty for a new one.
    #[serde(default)]
    into: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    go_on: Option<String>,
    #[serde(default)]
    with_people: Option<String>,
}

#[derive(Template)]
#[template(path = "unit/succeed.html")]
struct SucceedPage {
    frame: Frame,
    unit: Unit,
    typed: SuccessionForm,
    wrong: Option<String>,
    levels: &'static [(&'static str, &'static str, &'static str)],
}

pub async fn show_succession(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> Answer {
    let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
    let typed = SuccessionForm {
        code: unit.code.clone(),
        name: unit.name.clone(),
        level: unit.level.clone(),
        kind: unit.kind.clone(),
        with_people: Some("on".to_owned()),
        ..SuccessionForm::default()
    };
    show(&app, &visitor, unit, typed, None)
}

fn show(
    app: &App,
    visitor: &Visitor,
    unit: Unit,
    typed: SuccessionForm,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    visitor.permit(Act::ChangeUnits, &Subject::Unit(unit.path.clone()))?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame::new(app, visitor);
    Ok(page_with(status, &SucceedPage { frame, unit, typed, wrong, levels: &LEVELS }))
}

/// Does it.
pub async fn succeed_unit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Protected(typed): Protected<SuccessionForm>,
) -> Answer {
    let unit = app.store.unit(id).await?.ok_or(Failure::NotFound)?;
    let succeed = match read(&app, &visitor, &unit, &typed).await? {
        Ok(succeed) => succeed,
        Err(sentence) => return show(&app, &visitor, unit, typed, Some(sentence)),
    };
    match make(&app, &visitor, succeed, |became| format!("/units/{became}")).await {
        Ok(answer) => Ok(answer),
        Err(refused @ (Refusal::Taken(_) | Refusal::NotNow(_))) => {
            show(&app, &visitor, unit, typed, Some(refused.say(visitor.lang)))
        }
        Err(other) => Err(other.into()),
    }
}

/// What is to be done, or what is wrong with it.
async fn read(
    app: &App,
    visitor: &Visitor,
    unit: &Unit,
    typed: &SuccessionForm,
) -> Result<Result<Succeed, String>, Failure> {
    let lang = visitor.lang;
    let on_day = match day::read_any_of(DayOf::Unit { today: app.today() }, &typed.on_day) {
        Ok(Some(day)) => day,
        Ok(None) => {
            let needed = lang.pick("Hãy nhập ngày hiệu lực.", "Enter the day on which it begins.");
            return Ok(Err(needed.to_owned()));
        }
        Err(wrong) => {
            let called = lang.pick("Ngày hiệu lực", "Begins on");
            return Ok(Err(format!("{called}: {}.", wrong.say(lang))));
        }
    };
    let eve = on_day.yesterday().unwrap_or(on_day).to_string();
    let mut former = vec![unit.id];
    let codes = typed.with.split([',', ';', ' ']).map(str::trim).filter(|code| !code.is_empty());
    if codes.clone().count() > MAX_AT_ONCE {
        return Ok(Err(lang.pick(
            format!("Mỗi lần gộp nhiều nhất {MAX_AT_ONCE} đơn vị; chưa ghi gì."),
            format!("At most {MAX_AT_ONCE} units go together at a time; nothing was written."),
        )));
    }
    for code in codes {
        match app.store.unit_of_code(code, &eve).await? {
            Some(other) if !former.contains(&other.id) => former.push(other.id),
            Some(_same) => {}
            None => return Ok(Err(unknown(lang, code))),
        }
    }
    let into = match typed.into.trim() {
        "" => match new(typed).read(app.today(), lang) {
            Ok(new) => Successor::New(new),
            Err(wrong) => {
                let said = [wrong.code, wrong.name, wrong.level, wrong.kind].into_iter().flatten();
                let said = said.collect::<Vec<_>>().join("; ");
                return Ok(Err(lang.pick(format!("Đơn vị mới: {said}."), format!("The new unit: {said}."))));
            }
        },
        code => match app.store.unit_of_code(code, &on_day.to_string()).await? {
            Some(there) => Successor::There(there.id),
            None => return Ok(Err(unknown(lang, code))),
        },
    };
    let (go_on, with_people) = (typed.go_on.is_some(), typed.with_people.is_some());
    Ok(Ok(Succeed { former, into, on_day, go_on, with_people }))
}

fn new(typed: &SuccessionForm) -> UnitForm {
    UnitForm {
        code: typed.code.clone(),
        name: typed.name.clone(),
        level: typed.level.clone(),
        kind: typed.kind.clone(),
        ..UnitForm::default()
    }
}

fn unknown(lang: parindex_rulebook::lang::Lang, code: &str) -> String {
    lang.pick(
        format!("Không có đơn vị nào mang mã «{code}» vào lúc ấy; hãy chép mã ở trang Đơn vị."),
        format!("No unit has the code “{code}” then; copy the code from the page of units."),
    )
}
